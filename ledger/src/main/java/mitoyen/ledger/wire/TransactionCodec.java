package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.governance.GovernanceTransaction;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;

/// The body of a transaction as CBOR: the bytes that are signed and kept (LE-72, LE-98).
public final class TransactionCodec {
    private static final String ACTIVATE = "activate";
    private static final int DEPTH = 8;

    private TransactionCodec() {}

    /// The one encoding of a transaction.
    public static byte[] encode(Transaction transaction) {
        CborWriter writer = new CborWriter();
        switch (transaction) {
            case Transaction.Version1 first -> {
                writer.map(4).key("id").bytes(first.id().bytes());
                write(writer.key("step"), first.step());
                writer.key("ledger").bytes(first.ledger().bytes());
                writer.key("version").integer(first.version());
            }
            case Transaction.Version2 second -> write(writer, second);
        }
        return writer.toBytes();
    }

    /// The transaction that these bytes are.
    ///
    /// @param limits that it must keep
    /// @throws CborException if they are none
    public static Transaction decode(byte[] bytes, Parameters limits) throws CborException {
        return decode(new CborReader(bytes, DEPTH), limits);
    }

    /// The same of a body that came with signatures.
    static Transaction decode(ByteString body, Parameters limits) throws CborException {
        return decode(new CborReader(body, DEPTH), limits);
    }

    private static Transaction decode(CborReader reader, Parameters limits) throws CborException {
        reader.beginMap();
        var id = new TransactionId(reader.key("id").fixedBytes(TransactionId.LENGTH));
        Transaction transaction =
                reader.optionalKey("step")
                        ? readFirst(reader, id, limits)
                        : readSecond(reader, id, limits);
        reader.endMap();
        reader.end();
        return transaction;
    }

    private static Transaction readFirst(CborReader reader, TransactionId id, Parameters limits)
            throws CborException {
        int start = reader.offset();
        Step step = readStep(reader, limits);
        if (!(step instanceof Step.Energy)) {
            throw new CborException(start, "an unknown kind of transaction");
        }
        Digest ledger = Fields.digest(reader.key("ledger"));
        int version = (int) reader.key("version").unsigned(Integer.MAX_VALUE);
        return new Transaction.Version1(id, ledger, version, step);
    }

    private static void write(CborWriter writer, Transaction.Version2 transaction) {
        writer.map(8).key("id").bytes(transaction.id().bytes());
        writer.key("lane").integer(transaction.lane());
        writer.key("steps").array(transaction.steps().size());
        transaction.steps().forEach(step -> write(writer, step));
        writer.key("expiry").map(2);
        writer.key("time").integer(transaction.expiry().timeMillis());
        writer.key("height").integer(transaction.expiry().height());
        writer.key("ledger").bytes(transaction.ledger().bytes());
        writer.key("number").integer(transaction.number());
        writer.key("sender").bytes(transaction.sender().bytes());
        writer.key("version").integer(transaction.version());
    }

    private static Transaction readSecond(CborReader reader, TransactionId id, Parameters limits)
            throws CborException {
        int lane = (int) reader.key("lane").unsigned(Integer.MAX_VALUE);
        int start = reader.key("steps").offset();
        int count = reader.beginArray(limits.traffic().steps());
        if (count == 0) {
            throw new CborException(start, "a transaction without a step");
        }
        List<Step> steps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            steps.add(readStep(reader, limits));
        }
        reader.endArray();
        reader.key("expiry").beginMap();
        long time = reader.key("time").integer();
        long height = reader.key("height").unsigned(Long.MAX_VALUE);
        reader.endMap();
        Digest ledger = Fields.digest(reader.key("ledger"));
        long number = reader.key("number").unsigned(Long.MAX_VALUE);
        AccountId sender = Fields.account(reader.key("sender"));
        int versionStart = reader.key("version").offset();
        int version = (int) reader.unsigned(Integer.MAX_VALUE);
        if (version < Transaction.Version2.FIRST) {
            throw new CborException(versionStart, "a form that version " + version + " has not");
        }
        Transaction.Expiry expiry = new Transaction.Expiry(height, time);
        return new Transaction.Version2(version, id, ledger, sender, lane, number, expiry, steps);
    }

    private static void write(CborWriter writer, Step step) {
        switch (step) {
            case Step.Energy(var asked) -> EnergyCodec.write(writer, asked);
            case Step.Account(var asked) -> AccountCodec.write(writer, asked);
            case Step.Governance(var asked) -> GovernanceCodec.write(writer, asked);
            case Step.Activate activate -> {
                writer.map(1).key(ACTIVATE).map(3);
                writer.key("height").integer(activate.height());
                writer.key("version").integer(activate.version());
                activate.parameters().writeAll(writer.key("parameters"));
            }
        }
    }

    /// A step is a map with one entry, named by what is asked for (LE-73).
    private static Step readStep(CborReader reader, Parameters limits) throws CborException {
        reader.beginMap();
        int start = reader.offset();
        String kind = reader.nextKey();
        Optional<EnergyTransaction> energy = EnergyCodec.read(reader, kind, limits.claims());
        Optional<GovernanceTransaction> governance = GovernanceCodec.read(reader, kind);
        Step step;
        if (energy.isPresent()) {
            step = new Step.Energy(energy.get());
        } else if (governance.isPresent()) {
            step = new Step.Governance(governance.get());
        } else if (kind.equals(ACTIVATE)) {
            step = readActivation(reader);
        } else {
            AccountTransaction account =
                    AccountCodec.read(reader, kind)
                            .orElseThrow(() -> new CborException(start, "an unknown kind of step"));
            step = new Step.Account(account);
        }
        reader.endMap();
        return step;
    }

    private static Step readActivation(CborReader reader) throws CborException {
        reader.beginMap();
        long height = reader.key("height").unsigned(Long.MAX_VALUE);
        int version = (int) reader.key("version").unsigned(Integer.MAX_VALUE);
        Parameters parameters = Parameters.readAll(reader.key("parameters"));
        reader.endMap();
        return new Step.Activate(version, height, parameters);
    }
}
