package mitoyen.node.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32C;

/// A stream sealed in chunks under a passphrase (`JO-35`), one of them in memory.
final class SealedOutput extends OutputStream {
    /// The length of every chunk but the last [bytes].
    static final int CHUNK_BYTES = 1 << 16;

    /// The length of the header [bytes].
    static final int HEADER_BYTES = 8 + Integer.BYTES + BackupKey.SALT_BYTES + Integer.BYTES;

    static final int VERSION = 1;

    private final OutputStream out;
    private final BackupKey key;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int filled;
    private long number;

    SealedOutput(OutputStream out, String passphrase, SecureRandom chance) throws IOException {
        byte[] salt = new byte[BackupKey.SALT_BYTES];
        chance.nextBytes(salt);
        byte[] header = header(salt);
        this.out = out;
        this.key = BackupKey.derive(passphrase, salt, header);
        out.write(header);
        out.write(key.check());
    }

    /// The first bytes of a backup.
    static byte[] header(byte[] salt) {
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES).put(magic()).putInt(VERSION).put(salt);
        CRC32C checksum = new CRC32C();
        checksum.update(header.array(), 0, header.position());
        return header.putInt((int) checksum.getValue()).array();
    }

    static byte[] magic() {
        return "MITOYENB".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        while (from < offset + length) {
            if (filled == CHUNK_BYTES) {
                endChunk(false);
            }
            int part = Math.min(offset + length - from, CHUNK_BYTES - filled);
            System.arraycopy(bytes, from, chunk, filled, part);
            filled += part;
            from += part;
        }
    }

    /// Writes the last chunk. Closing does nothing.
    void finish() throws IOException {
        endChunk(true);
    }

    private void endChunk(boolean last) throws IOException {
        out.write(key.seal(number, last, chunk, filled));
        number++;
        filled = 0;
    }
}
