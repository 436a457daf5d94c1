package mitoyen.node;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Standard output, which remembers why it failed: the printers above it swallow that, and a result
/// that was written to a full disk would be lost without a word.
final class StandardOutput extends OutputStream {
    private static final int BUFFER_BYTES = 1 << 13;

    /// "Broken pipe", "Relais brisé (pipe)": the system says it in the language of the machine.
    private static final String NOBODY_READS = "pipe";

    private final OutputStream out;
    private @Nullable IOException failure;

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    /// Puts itself in the place of the platform's.
    static StandardOutput install() {
        StandardOutput standard = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        OutputStream buffered = new BufferedOutputStream(standard, BUFFER_BYTES);
        System.setOut(new PrintStream(buffered, true, System.out.charset()));
        return standard;
    }

    /// Why not everything was written; nothing where all was, or where whoever read it wanted no
    /// more, such as `head`.
    Optional<String> findFailure() {
        return Optional.ofNullable(failure)
                .map(found -> String.valueOf(found.getMessage()))
                .filter(why -> !why.toLowerCase(Locale.ROOT).contains(NOBODY_READS));
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException lost) {
            failure = lost;
            throw lost;
        }
    }
}
