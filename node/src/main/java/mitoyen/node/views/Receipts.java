package mitoyen.node.views;

import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// A block's receipts in one row: a CBOR array of byte strings.
final class Receipts {
    private Receipts() {}

    static byte[] write(List<ByteString> receipts) {
        CborWriter writer = new CborWriter().array(receipts.size());
        receipts.forEach(writer::bytes);
        return writer.toBytes();
    }

    /// @throws CborException if they are damaged
    static List<ByteString> read(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, 1);
        int count = reader.beginArray(bytes.length);
        List<ByteString> receipts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            receipts.add(reader.bytes(bytes.length));
        }
        reader.endArray();
        reader.end();
        return receipts;
    }
}
