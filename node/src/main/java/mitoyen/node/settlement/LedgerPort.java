package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Path;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.input.Refused;
import mitoyen.node.keys.CommunityKeys;

/// How a settlement comes to the ledger of its folder: by opening it, or by asking the node that
/// has it open.
public interface LedgerPort {
    /// For a process of its own: it takes the folder's lock and opens the ledger itself.
    static LedgerPort ownedBy(Disk disk) {
        return new LedgerPort() {
            @Override
            public Hold hold(Path folder) throws IOException, Refused {
                FolderLock lock = FolderLock.take(folder, disk);
                return lock::close;
            }

            @Override
            public CommunityLedger open(Path ledger, Genesis genesis, CommunityKeys keys)
                    throws IOException {
                return OwnLedger.open(disk, ledger, genesis, keys);
            }
        };
    }

    /// Makes sure that nobody else settles into a folder.
    ///
    /// @throws Refused if somebody does
    Hold hold(Path folder) throws IOException, Refused;

    /// Opens a ledger, or founds it.
    ///
    /// @param ledger the folder of its blocks
    /// @param genesis what it begins with
    /// @param keys that sign what is settled
    CommunityLedger open(Path ledger, Genesis genesis, CommunityKeys keys) throws IOException;

    /// Nobody else settles until it is closed.
    interface Hold extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
