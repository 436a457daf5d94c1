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

    /// Whether an account can have them (LE-120): one to so many, by rising key, each weight and
    /// the threshold in range and reached by all together.
    ///
    /// @param most how many at most
    public boolean isValid(int most) {
        return !signers.isEmpty()
                && signers.size() <= most
                && isSorted()
                && signers.stream().allMatch(Signer::isValid)
                && threshold >= 1
                && threshold <= weight();
    }

    /// Writes the signers and the threshold as one map.
    public void write(CborWriter writer) {
        writeSigners(writer.map(2).key("signers"));
        writer.key("threshold").integer(threshold);
    }

    /// Reads what [#write] wrote.
    ///
    /// @param most the most signers that are read
    /// @throws CborException if it is none
    public static SignerSet read(CborReader reader, int most) throws CborException {
        reader.beginMap();
        List<Signer> signers = readSigners(reader.key("signers"), most);
        int threshold = (int) reader.key("threshold").unsigned(Integer.MAX_VALUE);
        reader.endMap();
        return new SignerSet(signers, threshold);
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
