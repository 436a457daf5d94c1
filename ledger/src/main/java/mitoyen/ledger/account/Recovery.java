package mitoyen.ledger.account;

import java.util.List;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// New signers that guardians gave an account, until they hold (LE-125).
///
/// @param lost keys that count for nothing from now on, by rising key
/// @param signers who will sign
/// @param dueMillis when they will [ms since 1970]
public record Recovery(List<SignerKey> lost, SignerSet signers, long dueMillis) {
    private static final int MOST = 64;

    public Recovery {
        lost = List.copyOf(lost);
    }

    void write(CborWriter writer) {
        writer.map(4);
        writer.key("due").integer(dueMillis);
        Fields.writeList(writer.key("lost"), lost, (out, key) -> out.bytes(key.bytes()));
        signers.writeSigners(writer.key("signers"));
        writer.key("threshold").integer(signers.threshold());
    }

    static Recovery read(CborReader reader) throws CborException {
        reader.beginMap();
        long due = reader.key("due").integer();
        List<SignerKey> lost = Fields.list(reader.key("lost"), MOST, Fields::key);
        List<Signer> signers = SignerSet.readSigners(reader.key("signers"), MOST);
        int threshold = (int) reader.key("threshold").unsigned(Integer.MAX_VALUE);
        reader.endMap();
        return new Recovery(lost, new SignerSet(signers, threshold), due);
    }
}
