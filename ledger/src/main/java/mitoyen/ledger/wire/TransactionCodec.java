package mitoyen.ledger.wire;

import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;

/// The body of a transaction as CBOR: the bytes that are signed and kept (LE-72).
public final class TransactionCodec {
    private static final int DEPTH = 5;

    private TransactionCodec() {}

    /// The one encoding of a transaction.
    public static byte[] encode(Transaction transaction) {
        CborWriter writer = new CborWriter().map(4);
        writer.key("id").bytes(transaction.id().bytes());
        writer.key("step");
        switch (transaction.step()) {
            case Step.Energy(var step) -> EnergyCodec.write(writer, step);
        }
        writer.key("ledger").bytes(transaction.ledger().bytes());
        writer.key("version").integer(transaction.version());
        return writer.toBytes();
    }

    /// The transaction that these bytes are.
    ///
    /// @param limits that it must keep
    /// @throws CborException if they are none
    public static Transaction decode(byte[] bytes, Parameters limits) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        var id = new TransactionId(reader.key("id").fixedBytes(TransactionId.LENGTH));
        var step = new Step.Energy(EnergyCodec.read(reader.key("step"), limits.claims()));
        var ledger = Fields.digest(reader.key("ledger"));
        int version = (int) reader.key("version").unsigned(Integer.MAX_VALUE);
        reader.endMap();
        reader.end();
        return new Transaction(id, ledger, version, step);
    }
}
