package mitoyen.node.api;

import java.util.concurrent.Semaphore;

/// The memory that all bodies take together while they arrive, and until JSON among them is
/// converted.
///
/// Each connection may send a body as large as any that is taken, and need never end it: without a
/// bound on all of them, strangers fill the heap before the ledger has seen a byte.
final class ArrivalRoom {
    private final Semaphore bytes;

    /// @param bytes how much there is [bytes]
    ArrivalRoom(int bytes) {
        this.bytes = new Semaphore(bytes);
    }

    /// A body's part, which has nothing yet.
    Share share() {
        return new Share();
    }

    /// What a body has of it. Only as much as has arrived counts: to say that a long one will come
    /// takes no room from others. For one thread.
    final class Share implements AutoCloseable {
        private int taken;

        /// Takes more, if there is as much left; never waits.
        ///
        /// @param more [bytes]
        boolean take(int more) {
            boolean had = bytes.tryAcquire(more);
            taken += had ? more : 0;
            return had;
        }

        @Override
        public void close() {
            bytes.release(taken);
            taken = 0;
        }
    }
}
