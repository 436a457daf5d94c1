package mitoyen.node.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.node.keys.SigningKey;

/// The small file that a founder sends the others, signed by his key of the council.
///
/// ```
/// mitoyen founder 1
/// name town
/// reach town.example.org:26656
/// node 40 hexadecimal digits
/// validator 64 hexadecimal digits
/// council 64 or 66 hexadecimal digits
/// made 2026-11-26T06:18:41Z
/// signature 128 hexadecimal digits
/// ```
///
/// The signature is over the lines above it. It says that whoever has the council's key wrote them,
/// not who that is: that the founders tell each other.
public final class FounderFile {
    private static final String HEADER = "mitoyen founder 1";
    private static final int BYTE_LIMIT = 1 << 11;
    private static final int LAST_PORT = 65_535;
    private static final Pattern NAME = Pattern.compile("name ([A-Za-z0-9._-]{1,40})");
    private static final Pattern REACH =
            Pattern.compile("reach ([A-Za-z0-9._-]{1,253}:([0-9]{1,5}))");
    private static final Pattern NODE = Pattern.compile("node ([0-9a-f]{40})");
    private static final Pattern VALIDATOR = Pattern.compile("validator ([0-9a-f]{64})");
    private static final Pattern COUNCIL =
            Pattern.compile("council ([0-9a-f]{64}|0[23][0-9a-f]{64})");
    private static final Pattern MADE =
            Pattern.compile("made ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)");
    private static final Pattern SIGNATURE = Pattern.compile("signature ([0-9a-f]{128})");
    private static final int LINES = 8;
    private static final SignatureChecker CHECKER = SignatureChecker.forFew();

    private FounderFile() {}

    /// Whether a founder may be called so.
    public static boolean isName(String name) {
        return NAME.matcher("name " + name).matches();
    }

    /// Whether a place is written `host:port`.
    public static boolean isReach(String reach) {
        Matcher parts = REACH.matcher("reach " + reach);
        return parts.matches() && Integer.parseInt(parts.group(2)) <= LAST_PORT;
    }

    /// The bytes of a founder's file.
    ///
    /// @param key the founder's of the council
    public static byte[] write(Founder founder, SigningKey key) {
        String said =
                """
                %s
                name %s
                reach %s
                node %s
                validator %s
                council %s
                made %s
                """
                        .formatted(
                                HEADER,
                                founder.name(),
                                founder.reach(),
                                founder.node(),
                                founder.validator(),
                                founder.council(),
                                founder.made());
        return (said + "signature " + key.sign(bytes(said)) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// Whether a file begins as a founder's does.
    public static boolean isOne(Path file) throws IOException {
        return text(file).startsWith(HEADER);
    }

    /// Reads a founder's file. Line ends may have become another system's on the way.
    ///
    /// @throws IOException if it is none, or its signature does not hold; the message says what to
    ///   ask for
    public static Founder read(Path file) throws IOException {
        List<String> lines = text(file).strip().lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER) || lines.size() != LINES) {
            throw new IOException(
                    file + ": not a founder's file; ask for the one that network prepare wrote");
        }
        Founder founder =
                new Founder(
                        value(file, lines, 1, NAME),
                        value(file, lines, 2, REACH),
                        value(file, lines, 3, NODE),
                        new SignerKey(ByteString.parseHex(value(file, lines, 4, VALIDATOR))),
                        new SignerKey(ByteString.parseHex(value(file, lines, 5, COUNCIL))),
                        instant(file, value(file, lines, 6, MADE)));
        if (!isReach(founder.reach())) {
            throw new IOException(file + ":3: a port is at most " + LAST_PORT);
        }
        byte[] said = bytes(String.join("\n", lines.subList(0, LINES - 1)) + "\n");
        byte[] signature = ByteString.parseHex(value(file, lines, 7, SIGNATURE)).toBytes();
        byte[] key = founder.council().bytes().toBytes();
        if (!(founder.council().isP256()
                ? CHECKER.p256(key, said, signature)
                : CHECKER.ed25519(key, said, signature))) {
            throw new IOException(
                    file
                            + ":8: the signature does not hold: the file was changed on its way;"
                            + " ask for it again");
        }
        return founder;
    }

    private static String value(Path file, List<String> lines, int index, Pattern form)
            throws IOException {
        Matcher matcher = form.matcher(lines.get(index));
        if (!matcher.matches()) {
            throw new IOException(
                    file
                            + ":"
                            + (index + 1)
                            + ": not a line of a founder's file; ask for it again");
        }
        return matcher.group(1);
    }

    private static Instant instant(Path file, String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException noDate) {
            throw new IOException(file + ":7: no such instant: " + text, noDate);
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BYTE_LIMIT), StandardCharsets.US_ASCII);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
