package mitoyen.ledger.wire;

import java.util.Optional;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.governance.GovernanceTransaction;
import mitoyen.ledger.governance.GovernanceTransaction.SetValidator;
import mitoyen.ledger.governance.Validator;

/// The steps of governance as CBOR: a map with one entry, named by what is asked for (LE-173).
final class GovernanceCodec {
    private static final String SET_VALIDATOR = "validator-set";

    private GovernanceCodec() {}

    static void write(CborWriter writer, GovernanceTransaction transaction) {
        writer.map(1);
        switch (transaction) {
            case SetValidator setting -> {
                writer.key(SET_VALIDATOR).map(3).key("key").bytes(setting.key().bytes());
                writer.key("name").text(setting.name());
                writer.key("power").integer(setting.power());
            }
        }
    }

    /// Reads what governance is asked for under a name; nothing where the name is none of its own.
    static Optional<GovernanceTransaction> read(CborReader reader, String kind)
            throws CborException {
        if (!kind.equals(SET_VALIDATOR)) {
            return Optional.empty();
        }
        reader.beginMap();
        SignerKey key = new SignerKey(reader.key("key").fixedBytes(SignerKey.LENGTH));
        String name = reader.key("name").text(Validator.LONGEST_NAME);
        long power = reader.key("power").integer();
        reader.endMap();
        return Optional.of(new SetValidator(key, power, name));
    }
}
