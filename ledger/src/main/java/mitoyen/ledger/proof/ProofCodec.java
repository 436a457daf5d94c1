package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// Proofs as bytes: `proof` in `ledger.cddl`, strictly (LE-164).
public final class ProofCodec {
    /// The longest value of an entry [bytes]: more than the longest that a state holds, which are
    /// claims that wait, 16,384 of them with 31 bytes each.
    public static final int MAX_VALUE_LENGTH = 524_288;

    /// The longest proof [bytes]: such a value, and what leads from it to a root.
    public static final int MAX_LENGTH = MAX_VALUE_LENGTH + 65_536;

    /// The longest receipt [bytes].
    public static final int MAX_RECEIPT_LENGTH = 16_384;

    /// The longest key of an entry [bytes].
    public static final int MAX_KEY_LENGTH = 256;

    /// The longest name of a part [bytes of UTF-8].
    public static final int MAX_PART_LENGTH = 64;

    private static final int MAX_DEPTH = 5;
    private static final int MAX_LOG_DEPTH = 63;
    private static final long MAX_SIDES = (1L << SidedPath.MAX_LENGTH) - 1;

    private ProofCodec() {}

    /// The bytes of a proof.
    public static byte[] encode(Proof proof) {
        CborWriter out = new CborWriter().map(1);
        switch (proof) {
            case Proof.Entry entry -> write(out.key("entry"), entry);
            case Proof.Growth(List<Digest> hashes) -> write(out.key("growth"), hashes);
            case Proof.Receipt receipt -> write(out.key("receipt"), receipt);
        }
        return out.toBytes();
    }

    /// The proof with these bytes.
    ///
    /// @throws CborException if they are too many, or not the encoding of a proof
    public static Proof decode(byte[] bytes) throws CborException {
        if (bytes.length > MAX_LENGTH) {
            throw new CborException(0, bytes.length + " bytes are more than " + MAX_LENGTH);
        }
        CborReader in = new CborReader(bytes, MAX_DEPTH);
        in.beginMap();
        int start = in.offset();
        Proof proof =
                switch (in.nextKey()) {
                    case "entry" -> readEntry(in);
                    case "growth" -> new Proof.Growth(readDigests(in, MAX_LOG_DEPTH));
                    case "receipt" -> readReceipt(in);
                    default -> throw new CborException(start, "an unknown kind of proof");
                };
        in.endMap();
        in.end();
        return proof;
    }

    private static void write(CborWriter out, Proof.Entry proof) {
        out.map(proof.entry().isPresent() ? 5 : 4);
        out.key("key").bytes(proof.key());
        out.key("part").text(proof.part());
        write(out.key("block"), proof.block());
        proof.entry().ifPresent(entry -> write(out.key("entry"), entry));
        write(out.key("state"), proof.state());
    }

    private static Proof.Entry readEntry(CborReader in) throws CborException {
        in.beginMap();
        ByteString key = in.key("key").bytes(MAX_KEY_LENGTH);
        String part = in.key("part").text(MAX_PART_LENGTH);
        BlockProof block = readBlock(in.key("block"));
        Optional<MapProof> entry =
                in.optionalKey("entry") ? Optional.of(readMap(in)) : Optional.empty();
        MapProof state = readMap(in.key("state"));
        in.endMap();
        return new Proof.Entry(part, key, entry, state, block);
    }

    private static void write(CborWriter out, MapProof proof) {
        out.map(3);
        out.key("end").map(1);
        switch (proof.end()) {
            case MapProof.Held(ByteString value) -> out.key("held").bytes(value);
            case MapProof.Other(Digest place, Digest value) ->
                    out.key("other")
                            .map(2)
                            .key("place")
                            .bytes(place.bytes())
                            .key("value")
                            .bytes(value.bytes());
            case MapProof.Nothing _ -> out.key("nothing").map(0);
        }
        out.key("levels").bytes(proof.levels());
        write(out.key("siblings"), proof.siblings());
    }

    private static MapProof readMap(CborReader in) throws CborException {
        int start = in.offset();
        in.beginMap();
        MapProof.End end = readEnd(in.key("end"));
        ByteString levels = in.key("levels").bytes(Digest.LENGTH);
        List<Digest> siblings = readDigests(in.key("siblings"), MapProof.MAX_DEPTH);
        in.endMap();
        MapProof proof = new MapProof(levels, siblings, end);
        if (!proof.isWellFormed()) {
            throw new CborException(start, "levels and siblings that are not those of a way");
        }
        return proof;
    }

    private static MapProof.End readEnd(CborReader in) throws CborException {
        in.beginMap();
        int start = in.offset();
        MapProof.End end =
                switch (in.nextKey()) {
                    case "held" -> new MapProof.Held(in.bytes(MAX_VALUE_LENGTH));
                    case "other" -> readOther(in);
                    case "nothing" -> readNothing(in);
                    default -> throw new CborException(start, "an unknown end of a way");
                };
        in.endMap();
        return end;
    }

    private static MapProof.Other readOther(CborReader in) throws CborException {
        in.beginMap();
        Digest place = readDigest(in.key("place"));
        Digest value = readDigest(in.key("value"));
        in.endMap();
        return new MapProof.Other(place, value);
    }

    private static MapProof.Nothing readNothing(CborReader in) throws CborException {
        in.beginMap();
        in.endMap();
        return new MapProof.Nothing();
    }

    private static void write(CborWriter out, Proof.Receipt proof) {
        out.map(4);
        write(out.key("path"), proof.path().siblings());
        write(out.key("block"), proof.block());
        out.key("sides").integer(proof.path().sides());
        out.key("receipt").bytes(proof.receipt());
    }

    private static Proof.Receipt readReceipt(CborReader in) throws CborException {
        in.beginMap();
        List<Digest> siblings = readDigests(in.key("path"), SidedPath.MAX_LENGTH);
        BlockProof block = readBlock(in.key("block"));
        int start = in.key("sides").offset();
        long sides = in.unsigned(MAX_SIDES);
        if (sides >>> siblings.size() != 0) {
            throw new CborException(start, "sides of more hashes than there are");
        }
        ByteString receipt = in.key("receipt").bytes(MAX_RECEIPT_LENGTH);
        in.endMap();
        return new Proof.Receipt(receipt, new SidedPath(sides, siblings), block);
    }

    private static void write(CborWriter out, BlockProof block) {
        out.map(2);
        write(out.key("path"), block.path());
        out.key("header").bytes(block.header());
    }

    private static BlockProof readBlock(CborReader in) throws CborException {
        in.beginMap();
        List<Digest> path = readDigests(in.key("path"), MAX_LOG_DEPTH);
        ByteString header = in.key("header").fixedBytes(BlockProof.HEADER_LENGTH);
        in.endMap();
        return new BlockProof(header, path);
    }

    private static void write(CborWriter out, List<Digest> digests) {
        out.array(digests.size());
        digests.forEach(digest -> out.bytes(digest.bytes()));
    }

    private static List<Digest> readDigests(CborReader in, int max) throws CborException {
        int count = in.beginArray(max);
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            digests.add(readDigest(in));
        }
        in.endArray();
        return digests;
    }

    private static Digest readDigest(CborReader in) throws CborException {
        return new Digest(in.fixedBytes(Digest.LENGTH));
    }
}
