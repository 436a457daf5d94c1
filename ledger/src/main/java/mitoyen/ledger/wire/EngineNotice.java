package mitoyen.ledger.wire;

import java.util.List;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.governance.Evidence;

/// What the engine of a shared ledger says of a block, the first bundle of each (LE-172). Each
/// node's adapter makes it of what the engine agreed on, so that it is the same on all; no
/// transaction holds it.
///
/// @param evidence against validators, in the engine's order, at most [#MOST_EVIDENCE]
/// @param height of the engine's block, at least 1
public record EngineNotice(List<Evidence> evidence, long height) {
    /// The most evidence: more than the engine puts into a block.
    public static final int MOST_EVIDENCE = 4_096;

    private static final int DEPTH = 3;

    public EngineNotice {
        evidence = List.copyOf(evidence);
        if (evidence.size() > MOST_EVIDENCE || height < 1) {
            throw new IllegalArgumentException(
                    evidence.size() + " times evidence at the engine's height " + height);
        }
    }

    /// The one encoding.
    public byte[] toBytes() {
        CborWriter writer = new CborWriter().map(2).key("height").integer(height);
        Fields.writeList(writer.key("evidence"), evidence, (out, each) -> each.write(out));
        return writer.toBytes();
    }

    /// The notice that these bytes are.
    ///
    /// @throws CborException if they are none
    public static EngineNotice decode(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        int start = reader.key("height").offset();
        long height = reader.unsigned(Long.MAX_VALUE);
        if (height == 0) {
            throw new CborException(start, "the engine's height 0");
        }
        List<Evidence> evidence =
                Fields.list(reader.key("evidence"), MOST_EVIDENCE, Evidence::read);
        reader.endMap();
        reader.end();
        return new EngineNotice(evidence, height);
    }
}
