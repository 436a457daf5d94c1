package mitoyen.ledger.proof;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Stored bytes in an array, and what writes them; counts what is read.
public final class StoredInMemory implements StoredBytes {
    private final byte[] bytes;
    private long readBytes;

    /// @param bytes not copied: what is changed in them is damage
    public StoredInMemory(byte[] bytes) {
        this.bytes = bytes;
    }

    /// How many bytes were read, those that were read twice twice.
    public long readBytes() {
        return readBytes;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public byte[] read(long at, int length) {
        if (at < 0 || length < 0 || at + length > bytes.length) {
            throw new IllegalArgumentException(at + ", " + length + " of " + bytes.length);
        }
        readBytes += length;
        return Arrays.copyOfRange(bytes, (int) at, (int) at + length);
    }

    /// Gathers what is stored.
    public static final class Sink implements StoredSink {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private long copiedBytes;

        /// What was stored.
        public byte[] toBytes() {
            return out.toByteArray();
        }

        /// How much of it was copied unread.
        public long copiedBytes() {
            return copiedBytes;
        }

        @Override
        public void write(byte[] bytes) {
            out.writeBytes(bytes);
        }

        @Override
        public void copy(StoredBytes source, long from, long to) {
            copiedBytes += to - from;
            out.writeBytes(source.read(from, (int) (to - from)));
        }
    }
}
