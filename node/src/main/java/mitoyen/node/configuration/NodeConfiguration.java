package mitoyen.node.configuration;

import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import mitoyen.node.inbox.InboxOptions;
import mitoyen.node.running.Keep;

/// How a node runs.
///
/// @param folder where its ledger lies, or will: `ledger/`, `keys/`, `vault/` and the tables
/// @param beginning what a ledger that is not there yet begins with
/// @param host the name or address to listen on
/// @param port to listen on; 0 for any free one
/// @param snapshotBlocks how many blocks there are between two snapshots, at least 1
/// @param keep how many blocks are kept with their transactions
/// @param inbox the folder whose files are imported on arrival, if there is one
/// @param importing what is unusual about those files
/// @param log what is logged: this level and above
/// @param limits on what may wait or be open at once
/// @param cometbft how it takes part in the order of several nodes; empty for a ledger that this
///   node orders alone
/// @param settler how it settles as one of several; empty where it does not
public record NodeConfiguration(
        Path folder,
        Beginning beginning,
        String host,
        int port,
        int snapshotBlocks,
        Keep keep,
        Optional<Path> inbox,
        InboxOptions importing,
        Level log,
        Limits limits,
        Optional<CometSettings> cometbft,
        Optional<SettlerSettings> settler) {
    /// How a node runs that orders its ledger alone.
    public NodeConfiguration(
            Path folder,
            Beginning beginning,
            String host,
            int port,
            int snapshotBlocks,
            Keep keep,
            Optional<Path> inbox,
            InboxOptions importing,
            Level log,
            Limits limits) {
        this(
                folder,
                beginning,
                host,
                port,
                snapshotBlocks,
                keep,
                inbox,
                importing,
                log,
                limits,
                Optional.empty(),
                Optional.empty());
    }

    /// What a ledger begins with where there is none yet.
    public sealed interface Beginning {
        /// Nothing: there must be a ledger.
        record Existing() implements Beginning {}

        /// A genesis that somebody else made.
        record FromFile(Path genesis) implements Beginning {}

        /// A new one, founded by keys that are made in the folder.
        ///
        /// @param name what the ledger is called
        /// @param zone the IANA zone whose local days the ledger pins
        /// @param currency the currency of claims between members: an asset from the start
        record Founded(String name, Optional<String> zone, Optional<String> currency)
                implements Beginning {}
    }

    /// What may wait or be open at once.
    ///
    /// @param waiting transactions that wait to be verified
    /// @param waitingOfSender the same of one sender
    /// @param waitingBytes what they come to [bytes]
    /// @param connections open connections
    /// @param streams open streams of events
    /// @param requestSeconds how long a request may take to arrive, and a reader to read [s]
    public record Limits(
            int waiting,
            int waitingOfSender,
            int waitingBytes,
            int connections,
            int streams,
            int requestSeconds) {
        /// What holds where nothing is said.
        public static final Limits STANDARD = new Limits(10_000, 1_000, 64 << 20, 1_024, 64, 30);
    }
}
