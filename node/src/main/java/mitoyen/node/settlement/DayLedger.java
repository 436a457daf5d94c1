package mitoyen.node.settlement;

import java.io.IOException;
import mitoyen.node.threads.Ahead;

/// Puts days into the vault and on the ledger, on a thread of its own, in the order in which they
/// are given: while it waits for the disk, the next ones are prepared.
///
/// After a step that failed none is done any more: a day may not go on the ledger before an earlier
/// one.
///
/// While one is open, whoever else needs the folder asks it with [Folder#fetch].
final class DayLedger implements AutoCloseable {
    private final Folder folder;
    private final int mostWaiting;
    private final Ahead<Folder> writing = Ahead.on(1, "ledger-");

    /// Whether a step failed, or is being done: of the writing thread alone.
    private boolean broken;

    /// @param mostWaiting how many days may wait, which bounds the memory
    DayLedger(Folder folder, int mostWaiting) {
        this.folder = folder;
        this.mostWaiting = mostWaiting;
    }

    /// Hands over the next day.
    ///
    /// @throws IOException if one before could not be written
    void put(PreparedDay.Entry entry) throws IOException {
        give(() -> folder.put(entry));
    }

    /// Has all days that were handed over made durable, before any that is handed over later.
    ///
    /// @throws IOException if one could not be written
    void commit() throws IOException {
        give(folder::commit);
    }

    /// Waits until everything is durable that was committed.
    ///
    /// @throws IOException if it could not be written
    void finish() throws IOException {
        while (writing.waiting() > 0) {
            writing.take();
        }
    }

    /// Drops what is not written yet.
    @Override
    public void close() {
        writing.close();
    }

    private void give(Step step) throws IOException {
        while (writing.waiting() >= mostWaiting) {
            writing.take();
        }
        writing.give(() -> {
            if (broken) {
                throw new IOException("a day before could not be written");
            }
            broken = true;
            step.take();
            broken = false;
            return folder;
        });
    }

    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }
}
