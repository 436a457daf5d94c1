package mitoyen.consensus.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// The search for what cannot stand behind a torn record: the beginning of a later one (`JO-10`).
///
/// Each block is durable before the next is written, so a crash leaves nothing of a later block.
/// Its beginning is enough: the rest may be damaged in turn, or a disk may have put a part of it in
/// a wrong place.
final class LaterRecord {
    /// What shows a record: its head, and the height with which the header begins [bytes].
    private static final int BEGINNING_BYTES = BlockRecord.HEAD_BYTES + Long.BYTES;

    private static final int MIN_RECORD_BYTES =
            BlockRecord.HEAD_BYTES + BlockRecord.MIN_PAYLOAD_BYTES;
    private static final int WINDOW_BYTES = 1 << 16;

    private final long height;
    private final long highest;

    private LaterRecord(long height, long bytes) {
        this.height = height;
        this.highest = height + 1 + bytes / MIN_RECORD_BYTES;
    }

    /// Looks at every offset for the beginning of a record above a height, no higher than as many
    /// records as fit.
    ///
    /// @param in from where on, at the first byte that may be one
    /// @param bytes how many bytes are looked at, or all there are [bytes]
    /// @param height the height of the block that should be here
    /// @return how many bytes before it [bytes]; empty if there is none
    static OptionalLong find(InputStream in, long bytes, long height) throws IOException {
        LaterRecord search = new LaterRecord(height, bytes);
        byte[] window = new byte[WINDOW_BYTES];
        long windowStart = 0;
        int kept = 0;
        while (true) {
            long left = bytes - windowStart - kept;
            int read = in.readNBytes(window, kept, (int) Math.min(left, WINDOW_BYTES - kept));
            int end = kept + read;
            for (int at = 0; at + BEGINNING_BYTES <= end; at++) {
                if (search.isAt(window, at)) {
                    return OptionalLong.of(windowStart + at);
                }
            }
            if (read == 0) {
                return OptionalLong.empty();
            }
            kept = Math.min(end, BEGINNING_BYTES - 1);
            System.arraycopy(window, end - kept, window, 0, kept);
            windowStart += end - kept;
        }
    }

    /// The checksum comes last: it takes the longest.
    private boolean isAt(byte[] window, int at) {
        ByteBuffer fields = ByteBuffer.wrap(window, at, BEGINNING_BYTES);
        int length = fields.getInt(at);
        long found = fields.getLong(at + BlockRecord.HEAD_BYTES);
        return BlockRecord.isLength(length)
                && found > height
                && found <= highest
                && fields.getInt(at + 2 * Integer.BYTES)
                        == BlockRecord.checksum(window, at, 2 * Integer.BYTES);
    }
}
