package mitoyen.ledger.proof;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A proof, what is trusted, and the answer: a line of `proofs.txt`, which both verifiers read.
///
/// @param trust height and root, `9:ab…`; for growth two of them, earlier and later
/// @param proof its bytes in hexadecimal, long runs of 0 as `zeros:` and how many: `a1+zeros:9+b2`
/// @param answer the verdict in a line
record ProofVector(String name, String trust, String proof, String answer) {
    private static final String ZEROS = "zeros:";
    private static final int LONG_RUN = 1_000;

    static ProofVector parse(String line) {
        List<String> fields = List.of(line.split(";", -1));
        return new ProofVector(fields.get(0), fields.get(1), fields.get(2), fields.get(3));
    }

    /// What the Java verifier answers.
    String answered() {
        List<LogRoot> roots = Stream.of(trust.split(" ")).map(ProofVector::root).toList();
        return describe(
                roots.size() == 1
                        ? ProofVerifier.verify(bytes(), roots.getFirst())
                        : ProofVerifier.verifyGrowth(bytes(), roots.getFirst(), roots.getLast()));
    }

    /// The bytes of the proof.
    byte[] bytes() {
        String hex =
                Stream.of(proof.split("[+]"))
                        .map(part ->
                                part.startsWith(ZEROS)
                                        ? "00"
                                                .repeat(
                                                        Integer.parseInt(
                                                                part.substring(ZEROS.length())))
                                        : part)
                        .collect(Collectors.joining());
        return HexFormat.of().parseHex(hex);
    }

    /// Bytes as a vector has them.
    static String hex(byte[] bytes) {
        HexFormat hex = HexFormat.of();
        int from = 0;
        for (int to = 0; to <= bytes.length; to++) {
            if (to < bytes.length && bytes[to] == 0) {
                continue;
            }
            if (to - from >= LONG_RUN) {
                String run = "+" + ZEROS + (to - from) + "+";
                return hex.formatHex(bytes, 0, from) + run + hex.formatHex(bytes, to, bytes.length);
            }
            from = to + 1;
        }
        return hex.formatHex(bytes);
    }

    static String describe(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Held held ->
                    String.join(
                            ",",
                            "held",
                            held.part(),
                            held.key().toString(),
                            held.value().toString(),
                            "" + held.height());
            case Verdict.Absent absent ->
                    String.join(
                            ",",
                            "absent",
                            absent.part(),
                            absent.key().toString(),
                            "" + absent.height());
            case Verdict.Receipt receipt -> "receipt," + receipt.receipt() + "," + receipt.height();
            case Verdict.Grown grown -> "grown," + grown.earlier() + "," + grown.later();
            case Verdict.Refused refused -> "refused," + refused.reason().word();
        };
    }

    static String text(LogRoot root) {
        return root.size() + ":" + root.root();
    }

    private static LogRoot root(String text) {
        int colon = text.indexOf(':');
        return new LogRoot(
                Long.parseLong(text.substring(0, colon)), Digest.parse(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return String.join(";", name, trust, proof, answer);
    }
}
