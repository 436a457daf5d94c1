package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Replay;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.FullScan;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import mitoyen.node.settlement.Archive;
import mitoyen.node.testnet.Member;

/// What must hold of the ledgers of a network once its nodes have stopped.
final class Ledgers {
    private Ledgers() {}

    /// Fails unless all nodes have the same blocks, every acknowledged transfer is accepted in them
    /// once, nothing but accepted transfers ever moved, and `verify` gives one root on each.
    static void check(Network network, Map<ByteString, Long> acknowledged) throws IOException {
        List<Hash> first = hashes(network.member(1));
        assertThat(first).isNotEmpty();
        String root = network.verify(1);
        assertThat(root).startsWith("0 OK blocks=" + first.size() + " ");
        for (int number = 2; number <= network.size(); number++) {
            assertThat(hashes(network.member(number))).as("node %d", number).isEqualTo(first);
            assertThat(network.verify(number)).as("node %d", number).isEqualTo(root);
        }
        SortedMap<Digest, List<Long>> accepted =
                accepted(network.member(1), network.street().genesis());
        acknowledged.forEach((bytes, height) -> {
            List<Long> heights = accepted.getOrDefault(Sha256.of(bytes.toBytes()), List.of());
            assertThat(heights).as("an acknowledged transfer").hasSize(1);
            if (height > 0) {
                assertThat(heights).containsExactly(height);
            }
        });
    }

    /// The hash of each block.
    static List<Hash> hashes(Member member) throws IOException {
        List<Hash> hashes = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(Archive.ledger(member.data()))) {
            for (Optional<Block> next = reader.findNext();
                    next.isPresent();
                    next = reader.findNext()) {
                hashes.add(next.get().hash());
            }
        }
        return hashes;
    }

    /// The state after the last block of a stopped node, executed again.
    static State state(Network network, int number) throws IOException {
        ReplayedLedger ledger = new ReplayedLedger(network.street().genesis());
        try (JournalReader reader =
                JournalReader.open(Archive.ledger(network.member(number).data()))) {
            for (Optional<Block> next = reader.findNext();
                    next.isPresent();
                    next = reader.findNext()) {
                Replay.execute(ledger, next.get());
            }
        }
        return ledger.state();
    }

    /// Where each transaction was accepted, executed again; what the accounts hold at the end is
    /// what was accepted and nothing else.
    private static SortedMap<Digest, List<Long>> accepted(Member member, Genesis genesis)
            throws IOException {
        SortedMap<Digest, List<Long>> accepted = new TreeMap<>();
        SortedMap<Asset, Amount> moved = new TreeMap<>();
        ReplayedLedger ledger = new ReplayedLedger(genesis);
        try (JournalReader reader = JournalReader.open(Archive.ledger(member.data()))) {
            for (Optional<Block> next = reader.findNext();
                    next.isPresent();
                    next = reader.findNext()) {
                long height = next.get().height();
                Replay.execute(ledger, next.get());
                for (Draft.Outcome outcome : ledger.outcomes()) {
                    if (outcome.receipt() instanceof Receipt.Accepted(Digest sent)) {
                        accepted.computeIfAbsent(sent, _ -> new ArrayList<>()).add(height);
                    }
                    outcome.events().forEach(event -> add(event, moved));
                }
            }
        }
        FullScan.check(ledger.state());
        ledger.state()
                .accounts()
                .listTotals()
                .forEach((asset, totals) ->
                        assertThat(List.of(totals.debits(), totals.credits()))
                                .as("all that ever moved of %s", asset)
                                .containsOnly(moved.getOrDefault(asset, Amount.ZERO)));
        return accepted;
    }

    private static void add(Event event, SortedMap<Asset, Amount> moved) {
        if (event instanceof Event.Account(AccountEvent.Moved(Transfer transfer, _))) {
            moved.merge(transfer.asset(), transfer.amount(), Amount::plus);
        }
    }
}
