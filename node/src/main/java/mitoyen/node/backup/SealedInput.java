package mitoyen.node.backup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import mitoyen.node.input.NamedFile;

/// What [SealedOutput] wrote: no byte is given that was not sealed under the same passphrase.
final class SealedInput extends InputStream {
    private static final int SEALED_BYTES = SealedOutput.CHUNK_BYTES + BackupKey.TAG_BYTES;

    private final Path file;
    private final InputStream in;
    private final BackupKey key;
    private byte[] chunk = new byte[0];
    private int taken;
    private long number;
    private boolean ended;

    private SealedInput(Path file, InputStream in, BackupKey key) {
        this.file = file;
        this.in = in;
        this.key = key;
    }

    /// Opens a backup.
    ///
    /// @throws BackupException if it is none, is damaged, or has another passphrase
    static SealedInput open(Path file, String passphrase) throws IOException {
        InputStream in = new BufferedInputStream(NamedFile.open(file), 2 * SEALED_BYTES);
        try {
            return new SealedInput(file, in, key(file, in, passphrase));
        } catch (IOException refused) {
            in.close();
            throw refused;
        }
    }

    private static BackupKey key(Path file, InputStream in, String passphrase) throws IOException {
        byte[] header = in.readNBytes(SealedOutput.HEADER_BYTES);
        byte[] check = in.readNBytes(BackupKey.TAG_BYTES);
        byte[] magic = SealedOutput.magic();
        if (!Arrays.equals(magic, Arrays.copyOf(header, magic.length))) {
            throw new BackupException(file, "is not a backup; name a file that backup wrote");
        }
        if (check.length < BackupKey.TAG_BYTES) {
            throw new BackupException(file, "is cut short; use another copy of it");
        }
        int version = ByteBuffer.wrap(header).getInt(magic.length);
        int from = magic.length + Integer.BYTES;
        byte[] salt = Arrays.copyOfRange(header, from, from + BackupKey.SALT_BYTES);
        if (version == SealedOutput.VERSION && !Arrays.equals(header, SealedOutput.header(salt))) {
            throw new BackupException(file, "is damaged at its beginning; use another copy of it");
        }
        if (version != SealedOutput.VERSION) {
            throw new BackupException(
                    file, "has the unknown format version " + version + "; use a newer program");
        }
        BackupKey key = BackupKey.derive(passphrase, salt, header);
        if (!key.matches(check)) {
            throw new BackupException(
                    file,
                    "is not opened by this passphrase, or was changed at its beginning; try again");
        }
        return key;
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int part = Math.min(length, chunk.length - taken);
        System.arraycopy(chunk, taken, bytes, offset, part);
        taken += part;
        return part;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        while (taken == chunk.length && !ended) {
            byte[] sealed = in.readNBytes(SEALED_BYTES);
            ended = isAtEnd();
            try {
                chunk = key.open(number, ended, sealed);
            } catch (AEADBadTagException altered) {
                throw new BackupException(
                        file,
                        "is damaged or cut short in its part %d; use another copy of it"
                                .formatted(number + 1));
            }
            number++;
            taken = 0;
        }
        return taken < chunk.length;
    }

    private boolean isAtEnd() throws IOException {
        in.mark(1);
        boolean end = in.read() < 0;
        in.reset();
        return end;
    }
}
