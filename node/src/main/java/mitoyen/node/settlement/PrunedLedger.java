package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Replay;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.consensus.snapshot.Chain;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.consensus.snapshot.Snapshots;
import mitoyen.ledger.machine.Genesis;

/// The ledger of a folder whose first blocks were pruned, checked as far as it goes (`JO-38`): the
/// chain of all headers, every byte of what is kept, every snapshot against the header of its
/// block, and every block above the oldest of them executed again.
final class PrunedLedger {
    private final Path folder;
    private final Disk disk;
    private final Genesis genesis;
    private final JournalReader reader;
    private final List<Long> snapshots;
    private final LedgerApplication application;
    private Optional<EventReplay> replay = Optional.empty();

    /// @param folder the folder that `ledger/` is in
    /// @param reader of that ledger, at its beginning
    PrunedLedger(Path folder, Disk disk, Genesis genesis, JournalReader reader) throws IOException {
        this.folder = folder;
        this.disk = disk;
        this.genesis = genesis;
        this.reader = reader;
        this.snapshots =
                new SnapshotFolder(Archive.snapshots(folder))
                        .listHeights().stream()
                                .filter(height -> height >= reader.firstHeight() - 1)
                                .toList();
        this.application = new LedgerApplication(genesis);
    }

    /// What the blocks say that can be executed, each shown to a visitor as it comes.
    ///
    /// @throws IOException if anything does not hold; the message names it
    LedgerIndex audit(LedgerReader.Visitor visitor) throws IOException {
        if (genesis.version() == Genesis.PROTOCOL_VERSION) {
            throw wrong("were pruned, and a ledger that is settled needs all of them");
        }
        for (var next = reader.findNextHeader(); next.isPresent(); next = reader.findNextHeader()) {
            application.index().add(next.get());
            take(next.get());
        }
        for (var next = reader.findNext(); next.isPresent(); next = reader.findNext()) {
            if (replay.isPresent()) {
                execute(next.get(), replay.get(), visitor);
            } else {
                application.index().add(next.get().toHeader());
            }
            take(next.get().toHeader());
        }
        for (long height : snapshots) {
            if (height > reader.height()) {
                restore(height, Optional.empty(), application);
            }
        }
        replay.orElseThrow(() ->
                        wrong(
                                "were pruned, and no snapshot stands for them; restore the"
                                        + " ledger from a backup"))
                .scan();
        return application.index();
    }

    private void execute(Block block, EventReplay events, LedgerReader.Visitor visitor)
            throws IOException {
        Replay.execute(application, block);
        events.apply(block, application.nextEvents());
        visitor.visit(block, application.index(block), application.index());
    }

    /// Takes up the oldest snapshot; holds each later one against its block.
    private void take(BlockHeader header) throws IOException {
        if (snapshots.contains(header.height())) {
            if (replay.isPresent()) {
                restore(header.height(), Optional.of(header), new LedgerApplication(genesis));
            } else {
                restore(header.height(), Optional.of(header), application);
                replay = Optional.of(new EventReplay(genesis, application.state()));
            }
        }
    }

    private void restore(long height, Optional<BlockHeader> own, LedgerApplication into)
            throws IOException {
        new Snapshots(disk, Archive.snapshots(folder), reader.genesisHash(), into)
                .restore(height, new At(reader.firstHeight(), own));
    }

    private IOException wrong(String what) {
        return new IOException(
                "%s: the blocks below %d %s"
                        .formatted(Archive.ledger(folder), reader.firstHeight(), what));
    }

    /// The chain, seen from one of its blocks.
    private record At(long firstHeight, Optional<BlockHeader> own) implements Chain {
        @Override
        public Optional<BlockHeader> findHeader(long height) {
            return own.filter(header -> header.height() == height);
        }
    }
}
