package mitoyen.ledger.light;

import java.util.HexFormat;
import java.util.List;
import java.util.SequencedMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.signature.SignatureChecker;

/// A light block, what is trusted, and the answer: a line of `light.txt`, which both verifiers
/// read.
///
/// @param trust `begin HASH`, or the name of a trusted block and the present time [ms], `block
///   1@1795000000000`
/// @param block the name of a block, with `^N` behind it one with its bit N flipped, counted from
///   the most significant of the first byte; or `zeros:N`; or bytes in hexadecimal
/// @param answer the verdict in a line
record LightVector(String name, String trust, String block, String answer) {
    private static final int MILLIS_AT = 1;

    static LightVector parse(String line) {
        List<String> fields = List.of(line.split(";", -1));
        return new LightVector(fields.get(0), fields.get(1), fields.get(2), fields.get(3));
    }

    /// What the Java verifier answers.
    ///
    /// @param blocks by their names
    String answered(SequencedMap<String, ByteString> blocks) {
        LightClient client = new LightClient(SignatureChecker.forFew(), TrustPolicy.STANDARD);
        byte[] bytes = bytes(blocks);
        if (trust.startsWith("begin ")) {
            Digest hash = Digest.parse(trust.substring("begin ".length()));
            return describe(client.begin(bytes, hash));
        }
        String[] at = trust.split("@", 2);
        LightBlock trusted = LightWorld.decode(LightWorld.get(blocks, at[0]));
        return describe(client.verify(trusted, bytes, Long.parseLong(at[MILLIS_AT])));
    }

    private byte[] bytes(SequencedMap<String, ByteString> blocks) {
        if (block.startsWith("zeros:")) {
            return new byte[Integer.parseInt(block.substring("zeros:".length()))];
        }
        String[] named = block.split("\\^", 2);
        if (!blocks.containsKey(named[0])) {
            return HexFormat.of().parseHex(block);
        }
        byte[] bytes = LightWorld.get(blocks, named[0]).toBytes();
        if (named.length == 2) {
            int bit = Integer.parseInt(named[1]);
            bytes[bit / Byte.SIZE] ^= (byte) (0x80 >> bit % Byte.SIZE);
        }
        return bytes;
    }

    static String describe(LightVerdict verdict) {
        return switch (verdict) {
            case LightVerdict.Refused(var reason) -> "refused," + reason.word();
            case LightVerdict.Proved(LightBlock block) ->
                    "proved,%d,%s,%d,%s"
                            .formatted(
                                    block.header().height(),
                                    block.header().hash(),
                                    block.header().anchor().size(),
                                    block.header().anchor().root());
        };
    }

    @Override
    public String toString() {
        return String.join(";", name, trust, block, answer);
    }
}
