package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.machine.Parameters;

/// What the engine orders: transactions that a node gathered (LE-74). Each is a byte string, so
/// that one that is malformed spoils only itself.
///
/// @param transactions the bytes of signed transactions, in order
public record Bundle(List<ByteString> transactions) {
    public Bundle {
        transactions = List.copyOf(transactions);
    }

    /// A bundle of these transactions.
    public static Bundle of(List<SignedTransaction> transactions) {
        return new Bundle(
                transactions.stream().map(each -> ByteString.of(each.toBytes())).toList());
    }

    /// The one encoding.
    public byte[] toBytes() {
        CborWriter writer = new CborWriter().array(transactions.size());
        transactions.forEach(writer::bytes);
        return writer.toBytes();
    }

    /// The bundle that these bytes are; its transactions are not decoded yet.
    ///
    /// @param limits that it must keep
    /// @throws CborException if they are none
    public static Bundle decode(byte[] bytes, Parameters limits) throws CborException {
        if (bytes.length > limits.bundleBytes()) {
            throw new CborException(0, "more bytes than " + limits.bundleBytes());
        }
        CborReader reader = new CborReader(bytes, 1);
        int count = reader.beginArray(limits.bundleTransactions());
        List<ByteString> transactions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            transactions.add(reader.bytes(limits.bundleBytes()));
        }
        reader.endArray();
        reader.end();
        return new Bundle(transactions);
    }
}
