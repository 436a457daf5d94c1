package mitoyen.consensus.cometbft;

import java.io.IOException;
import java.util.Optional;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.NotesApplication;
import mitoyen.consensus.SnapshotContent;
import mitoyen.consensus.joining.JoinApplication;

/// What somebody knows of [SharedNotes] who has none of them yet.
final class NotesNewcomer implements JoinApplication {
    private final byte[] genesis;

    NotesNewcomer(byte[] genesis) {
        this.genesis = genesis.clone();
    }

    @Override
    public String ledger() {
        return new SharedNotes().ledger();
    }

    @Override
    public byte[] genesis() {
        return genesis.clone();
    }

    @Override
    public Log newLog() {
        return new Log() {
            private Optional<BlockHeader> last = Optional.empty();

            @Override
            public void add(BlockHeader header) {
                last = Optional.of(header);
            }

            @Override
            public byte[] anchor() {
                return new SharedNotes().anchor(last);
            }
        };
    }

    @Override
    public long engineHeight(byte[] notice) {
        if (notice.length != 2) {
            throw new IllegalArgumentException("no notice");
        }
        return notice[1];
    }

    @Override
    public void check(SnapshotContent content, Hash stateHash) throws IOException {
        NotesApplication notes = new NotesApplication();
        notes.readSnapshot(content);
        if (!notes.appHash().equals(stateHash)) {
            throw new IOException("other notes");
        }
    }
}
