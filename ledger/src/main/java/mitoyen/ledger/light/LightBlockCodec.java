package mitoyen.ledger.light;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.light.LightValidator.Vote;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.signature.Ed25519;

/// Light blocks as bytes: `light-block` in `light.cddl`, strictly (`LI-1`).
public final class LightBlockCodec {
    /// The longest light block [bytes].
    public static final int MAX_LENGTH = 32_768;

    /// The greatest height: above it a browser does not count exactly.
    public static final long MAX_HEIGHT = (1L << 53) - 1;

    private static final int MAX_DEPTH = 5;

    private LightBlockCodec() {}

    /// The bytes of a light block.
    public static byte[] encode(LightBlock block) {
        CborWriter out = new CborWriter().map(4);
        write(out.key("parts"), block.parts());
        out.key("round").integer(block.round());
        write(out.key("header"), block.header());
        out.key("validators").array(block.validators().size());
        block.validators().forEach(validator -> write(out, validator));
        return out.toBytes();
    }

    /// The light block with these bytes.
    ///
    /// @throws CborException if they are too many, or not the encoding of one
    public static LightBlock decode(byte[] bytes) throws CborException {
        if (bytes.length > MAX_LENGTH) {
            throw new CborException(0, bytes.length + " bytes are more than " + MAX_LENGTH);
        }
        CborReader in = new CborReader(bytes, MAX_DEPTH);
        try {
            in.beginMap();
            BlockParts parts = readParts(in.key("parts"));
            int round = (int) in.key("round").unsigned(Integer.MAX_VALUE);
            LightHeader header = readHeader(in.key("header"));
            List<LightValidator> validators = readValidators(in.key("validators"));
            in.endMap();
            in.end();
            return new LightBlock(header, round, parts, validators);
        } catch (IllegalArgumentException outOfRange) {
            throw new CborException(in.offset(), String.valueOf(outOfRange.getMessage()));
        }
    }

    private static void write(CborWriter out, LightHeader header) {
        out.map(14);
        out.key("app").bytes(header.app());
        write(out.key("data"), header.data());
        out.key("last").map(header.previous().isPresent() ? 2 : 0);
        header.previous()
                .ifPresent(previous -> {
                    write(out.key("hash"), previous.hash());
                    write(out.key("parts"), previous.parts());
                });
        write(out.key("next"), header.next());
        write(out.key("time"), header.time());
        out.key("chain").text(header.chain());
        write(out.key("commit"), header.commit());
        out.key("height").integer(header.height());
        write(out.key("results"), header.results());
        out.key("version").array(2);
        out.integer(header.version().block()).integer(header.version().app());
        write(out.key("evidence"), header.evidence());
        out.key("proposer").bytes(header.proposer());
        write(out.key("consensus"), header.consensus());
        write(out.key("validators"), header.validators());
    }

    private static LightHeader readHeader(CborReader in) throws CborException {
        in.beginMap();
        ByteString app = in.key("app").fixedBytes(LightHeader.ANCHOR_LENGTH);
        Digest data = readDigest(in.key("data"));
        Optional<PreviousBlock> previous = readPrevious(in.key("last"));
        Digest next = readDigest(in.key("next"));
        EngineTime time = readTime(in.key("time"));
        String chain = in.key("chain").text(LightHeader.MAX_CHAIN_LENGTH);
        Digest commit = readDigest(in.key("commit"));
        long height = in.key("height").unsigned(MAX_HEIGHT);
        Digest results = readDigest(in.key("results"));
        LightHeader.Version version = readVersion(in.key("version"));
        Digest evidence = readDigest(in.key("evidence"));
        ByteString proposer = in.key("proposer").fixedBytes(LightHeader.ADDRESS_LENGTH);
        Digest consensus = readDigest(in.key("consensus"));
        Digest validators = readDigest(in.key("validators"));
        in.endMap();
        return new LightHeader(
                version,
                chain,
                height,
                time,
                previous,
                commit,
                data,
                validators,
                next,
                consensus,
                app,
                results,
                evidence,
                proposer);
    }

    private static Optional<PreviousBlock> readPrevious(CborReader in) throws CborException {
        in.beginMap();
        if (!in.optionalKey("hash")) {
            in.endMap();
            return Optional.empty();
        }
        Digest hash = readDigest(in);
        BlockParts parts = readParts(in.key("parts"));
        in.endMap();
        return Optional.of(new PreviousBlock(hash, parts));
    }

    private static void write(CborWriter out, BlockParts parts) {
        out.map(2);
        write(out.key("hash"), parts.hash());
        out.key("total").integer(parts.total());
    }

    private static BlockParts readParts(CborReader in) throws CborException {
        in.beginMap();
        Digest hash = readDigest(in.key("hash"));
        int total = (int) in.key("total").unsigned(Integer.MAX_VALUE);
        in.endMap();
        return new BlockParts(total, hash);
    }

    private static void write(CborWriter out, LightValidator validator) {
        out.map(validator.vote().isPresent() ? 3 : 2);
        out.key("key").bytes(validator.key());
        validator
                .vote()
                .ifPresent(vote -> {
                    out.key("vote").map(2);
                    write(out.key("time"), vote.time());
                    out.key("signature").bytes(vote.signature());
                });
        out.key("power").integer(validator.power());
    }

    private static List<LightValidator> readValidators(CborReader in) throws CborException {
        int count = in.beginArray(LightBlock.MAX_VALIDATORS);
        List<LightValidator> validators = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            in.beginMap();
            ByteString key = in.key("key").fixedBytes(Ed25519.KEY_LENGTH);
            Optional<Vote> vote =
                    in.optionalKey("vote") ? Optional.of(readVote(in)) : Optional.empty();
            long power = in.key("power").unsigned(LightValidator.MAX_POWER);
            in.endMap();
            validators.add(new LightValidator(key, power, vote));
        }
        in.endArray();
        return validators;
    }

    private static Vote readVote(CborReader in) throws CborException {
        in.beginMap();
        EngineTime time = readTime(in.key("time"));
        ByteString signature = in.key("signature").fixedBytes(Ed25519.SIGNATURE_LENGTH);
        in.endMap();
        return new Vote(time, signature);
    }

    private static void write(CborWriter out, EngineTime time) {
        out.array(2).integer(time.seconds()).integer(time.nanos());
    }

    private static EngineTime readTime(CborReader in) throws CborException {
        in.beginArray(2);
        long seconds = in.unsigned(EngineTime.MAX_SECONDS);
        int nanos = (int) in.unsigned(EngineTime.MAX_NANOS);
        in.endArray();
        return new EngineTime(seconds, nanos);
    }

    private static LightHeader.Version readVersion(CborReader in) throws CborException {
        in.beginArray(2);
        int block = (int) in.unsigned(Integer.MAX_VALUE);
        int app = (int) in.unsigned(Integer.MAX_VALUE);
        in.endArray();
        return new LightHeader.Version(block, app);
    }

    private static void write(CborWriter out, Digest digest) {
        out.bytes(digest.bytes());
    }

    private static Digest readDigest(CborReader in) throws CborException {
        return new Digest(in.fixedBytes(Digest.LENGTH));
    }
}
