package mitoyen.node.output;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Memory for texts of about one length, used again and again by any threads: a year of a street is
/// half a gigabyte of rows, and fresh memory has to be cleared, and moved as long as it is in use.
public final class CsvMemory {
    private final Queue<byte[]> free = new ConcurrentLinkedQueue<>();

    /// A text that is empty.
    ///
    /// @param capacity how many bytes are expected
    CsvText text(int capacity) {
        byte[] used = free.poll();
        if (used != null && used.length >= capacity) {
            return new CsvText(used);
        }
        return new CsvText(new byte[Math.addExact(capacity, capacity / 8)]);
    }

    /// Takes back the memory of a text that was written and is not looked at again.
    public void recycle(CsvText text) {
        free.add(text.room(0));
    }
}
