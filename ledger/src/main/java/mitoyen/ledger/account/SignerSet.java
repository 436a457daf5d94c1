package mitoyen.ledger.account;

import java.util.List;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// Who signs for an account, and how many of them it takes (LE-120).
///
/// @param signers by strictly rising key
/// @param threshold the weight that signatures must reach together
public record SignerSet(List<Signer> signers, int threshold) {
    public SignerSet {
        signers = List.copyOf(signers);
    }

    /// One key that signs alone.
    public static SignerSet single(SignerKey key) {
        return new SignerSet(List.of(Signer.plain(key, 1)), 1);
    }

    /// The weight of all signers together.
    long weight() {
        return signers.stream().mapToLong(Signer::weight).sum();
    }

    /// Whether each key stands there once, in order.
    boolean isSorted() {
        for (int i = 1; i < signers.size(); i++) {
            if (signers.get(i - 1).key().compareTo(signers.get(i).key()) >= 0) {
                return false;
            }
        }
        return true;
    }

    /// Writes the list of signers; the threshold is a field beside it.
    public void writeSigners(CborWriter writer) {
        Fields.writeList(writer, signers, (out, signer) -> signer.write(out));
    }

    /// Reads a list of signers.
    ///
    /// @param most the most that are read
    /// @throws CborException if it is none
    public static List<Signer> readSigners(CborReader reader, int most) throws CborException {
        return Fields.list(reader, most, Signer::read);
    }
}
