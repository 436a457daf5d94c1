package mitoyen.simulator.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.simulator.audit.Answer;
import mitoyen.simulator.audit.Auditor;
import mitoyen.simulator.audit.Sent;
import mitoyen.simulator.audit.Verdict;

/// What the outside world knows of a ledger: the blocks whose answers it has, in order, and that
/// each answer was the auditor's.
final class Records {
    private final Auditor auditor;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final SortedMap<Answer, Long> answers = new TreeMap<>();

    Records(Auditor auditor) {
        this.auditor = auditor;
    }

    /// The blocks that are known to be durable.
    List<Block> blocks() {
        return Collections.unmodifiableList(blocks);
    }

    /// All that happened in them.
    List<Event> events() {
        return Collections.unmodifiableList(events);
    }

    /// How often each answer was given.
    Map<Answer, Long> answers() {
        return Collections.unmodifiableMap(answers);
    }

    /// The time of the last block [ms since 1970]; before the first, before any.
    long lastTimeMillis() {
        return blocks.isEmpty() ? Long.MIN_VALUE : blocks.getLast().timeMillis();
    }

    /// Enters the next block.
    ///
    /// @param order what it was made of
    /// @param sealed what the ledger made of it
    /// @throws Violation if it is another block, or answers otherwise than the auditor
    void enter(Block block, BlockOrder order, Draft.Sealed sealed) {
        List<Draft.Outcome> outcomes = sealed.outcomes();
        if (block.height() != blocks.size() + 1L || !order.isOf(block)) {
            throw new Violation(block + " is not what was ordered next");
        }
        List<Sent> sent = order.sent();
        events.addAll(sealed.first());
        List<Verdict> expected =
                auditor.enter(block.timeMillis(), order.notice(), order.parcels().isEmpty(), sent);
        if (outcomes.size() != expected.size()) {
            throw new Violation(
                    "%s has %d receipts, not %d"
                            .formatted(block, outcomes.size(), expected.size()));
        }
        for (int i = 0; i < expected.size(); i++) {
            Draft.Outcome outcome = outcomes.get(i);
            Verdict verdict = Verdict.of(outcome.receipt());
            if (!verdict.equals(expected.get(i))) {
                throw new Violation(
                        "receipt %d of block %d says %s, not %s: %s"
                                .formatted(i, block.height(), verdict, expected.get(i), sent));
            }
            answers.merge(verdict.answer(), 1L, Long::sum);
            events.addAll(outcome.events());
        }
        blocks.add(block);
    }

    /// Holds a ledger that was opened again against what is known: the header of every block that
    /// was acknowledged, and of those that were under way some first ones, or none.
    ///
    /// @param found the headers of all its blocks, pruned or not, by height
    /// @param underWay what had been ordered and not answered
    /// @throws Violation if a block is missing, another one, or one too many
    void compare(List<BlockHeader> found, List<BlockOrder> underWay) {
        require(
                found.size() >= blocks.size(),
                () ->
                        "%d blocks were acknowledged, and %d are there"
                                .formatted(blocks.size(), found.size()));
        require(
                found.size() <= blocks.size() + underWay.size(),
                () ->
                        "there are %d blocks, and %d were ordered"
                                .formatted(found.size(), blocks.size() + underWay.size()));
        for (Block block : blocks) {
            BlockHeader header = found.get((int) block.height() - 1);
            require(
                    header.equals(block.toHeader()),
                    () -> "%s is there, not that of %s".formatted(header, block));
        }
    }

    /// Holds the blocks that were not pruned against what is known, byte for byte, and the headers
    /// that are left of the others.
    ///
    /// @throws Violation if one differs
    void compareBlocks(Core found) throws IOException {
        long first = found.firstHeight();
        for (Block block : blocks) {
            boolean there =
                    block.height() < first
                            ? found.findHeader(block.height()).equals(Optional.of(block.toHeader()))
                            : found.findBlock(block.height()).equals(Optional.of(block));
            require(there, () -> block + " is not there");
        }
    }

    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new Violation(otherwise.get());
        }
    }
}
