package mitoyen.node.verify;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Takes what a file should hold and compares it with what it does hold, in no memory to speak of.
final class ComparingStream extends OutputStream {
    private final Path file;
    private final InputStream found;
    private long offset;

    ComparingStream(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new DoesNotHold(file + ": missing; settle again to have it made anew");
        }
        if (!Files.isRegularFile(file)) {
            throw new DoesNotHold(file + ": not a file; delete it and settle again");
        }
        this.file = file;
        this.found = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        byte[] there = found.readNBytes(length);
        int at = Arrays.mismatch(there, 0, there.length, bytes, from, from + length);
        if (at >= 0) {
            throw differs(offset + at);
        }
        offset += length;
    }

    /// Says that the file should end here.
    void end() throws IOException {
        if (found.read() >= 0) {
            throw differs(offset);
        }
    }

    @Override
    public void close() throws IOException {
        found.close();
    }

    private DoesNotHold differs(long at) {
        return new DoesNotHold(
                file
                        + ": differs at byte "
                        + at
                        + " from what the vault gives; it was altered, or a"
                        + " run was stopped before it was written: settle again");
    }
}
