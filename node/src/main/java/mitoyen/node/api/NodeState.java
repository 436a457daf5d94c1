package mitoyen.node.api;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// How the node is at this moment.
interface NodeState {
    /// The hash that names the ledger, in hexadecimal.
    String ledger();

    /// What its founder calls it.
    String name();

    /// The height of the last durable block; 0 before the first.
    long height();

    /// The time of that block [ms since 1970]; 0 before the first.
    long timeMillis();

    /// The protocol version whose rules hold for the next block.
    int version();

    /// The height up to which the tables are fed.
    long viewHeight();

    /// The height of the first block whose transactions are told; 1 unless pruned.
    long keptFrom();

    /// How many transactions wait to be verified.
    int waiting();

    /// The most bytes that a transaction has.
    int transactionBytes();

    /// The most transactions that a block has.
    int blockTransactions();

    /// Whether the node knows what others know.
    boolean isCurrent();

    /// What it works on no more, since a fault of the program ended that.
    List<String> listStopped();

    /// What it cannot do at present, by part, and why in one line each; it goes on by itself once
    /// that is mended.
    SequencedMap<String, String> listDegraded();

    /// Why the node takes nothing in any more, in one line; empty while it does.
    Optional<String> findHalt();
}
