package mitoyen.simulator.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A running SHA-256 over all that happens in a run: two runs of the same trace were the same.
final class Trace {
    private final MessageDigest sha256;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    Trace() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    void add(String what) {
        byte[] bytes = what.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        sha256.update(bytes);
    }

    void add(byte[] what) {
        add(what.length);
        sha256.update(what);
    }

    void add(long what) {
        sha256.update(number.putLong(0, what).array());
    }

    /// The hash over everything so far; the trace ends with it.
    String end() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
