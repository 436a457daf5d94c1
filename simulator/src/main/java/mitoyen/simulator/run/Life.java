package mitoyen.simulator.run;

import static mitoyen.simulator.run.Records.require;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.simulator.audit.Auditor;
import mitoyen.simulator.audit.Ending;
import mitoyen.simulator.model.Chance;
import mitoyen.simulator.workload.Parcel;
import mitoyen.simulator.workload.Signing;
import mitoyen.simulator.workload.Workload;

/// A ledger from its genesis until it is put away: its core is started again whenever it stopped,
/// lost its power or found its disk failing, and each time all it must hold is held against the
/// records.
final class Life implements AutoCloseable {
    /// Within how many operations of the disk the power goes once it is to go.
    private static final int CRASH_WITHIN = 12;

    private static final int SNAPSHOT_ONE_IN = 24;
    private static final int PRUNE_ONE_IN = 4;
    private static final int START_AT_END_ONE_IN = 3;

    /// How many of the last blocks are kept at most where it is pruned.
    private static final int KEPT_BLOCKS = 40;

    /// The protocol versions that ledgers begin with, each as often as it is there.
    private static final List<Integer> VERSIONS = List.of(1, 2, 2, 3);

    private final Surroundings around;
    private final Chance chance;
    private final Genesis genesis;
    private final StateMachine machine;
    private final Auditor auditor;
    private final Records records;
    private final Workload workload;
    private final Core core;
    private List<BlockOrder> underWay = List.of();

    /// A ledger before its first block.
    ///
    /// @param name which tells it from the run's others
    Life(Surroundings around, String name, Signing signing, Execution.Maker maker) {
        this.around = around;
        this.chance = around.chance();
        this.genesis =
                Workload.perhapsShared(
                        Workload.genesis(name, chance.oneOf(VERSIONS), chance, signing),
                        chance,
                        signing);
        this.machine = new StateMachine(genesis);
        this.auditor = new Auditor(genesis);
        this.records = new Records(auditor);
        this.workload = new Workload(chance, signing, genesis, auditor);
        this.core =
                new Core(
                        around,
                        genesis.toBytes(),
                        () ->
                                new ExecutedLedger(
                                        maker.of(genesis, signing.rule()), machine.initialState()));
    }

    Records records() {
        return records;
    }

    /// What came of what settlers proposed.
    Map<Ending, Long> endings() {
        return auditor.energy().settlers().endings();
    }

    /// Starts the core, and compares what it found with what is known.
    ///
    /// @throws Violation if something is missing, or there that should not be
    void start() throws IOException {
        List<Block> executed = core.start(records.blocks());
        records.compare(core.found(), underWay);
        require(core.height() == core.found().size(), () -> "a block was found and is not there");
        int known = records.blocks().size();
        long above = core.height() - executed.size();
        require(above <= known, () -> "its snapshot is of block " + above + " of " + known);
        for (Block block : executed) {
            if (block.height() <= known) {
                core.ledger().takeOutcome();
            } else {
                enter(block, underWay.get((int) block.height() - known - 1));
            }
        }
        underWay = List.of();
        compareState();
        around.trace().add(core.height());
    }

    /// One thing that happens to the core.
    ///
    /// @throws Violation if it does not do what it must
    void step() throws IOException {
        RunOdds odds = around.odds();
        around.clock().step();
        if (around.hits(odds.jump())) {
            around.clock().jump();
        }
        if (core.disk().isFull() && chance.happens(1, 8)) {
            core.disk().makeRoom();
        }
        if (around.hits(odds.rot())) {
            core.disk().rot(core.files().list());
        }
        if (around.hits(odds.crash())) {
            core.disk().crashIn(1 + chance.below(CRASH_WITHIN));
        }
        if (around.hits(odds.stop())) {
            if (chance.happens(1, 2)) {
                core.stop();
            } else {
                core.losePower();
            }
            start();
        } else if (chance.happens(1, SNAPSHOT_ONE_IN)) {
            keepUp();
        } else if (chance.happens(1, 100)) {
            submitTooEarly();
        } else {
            submit();
        }
    }

    /// Puts the ledger away: its events held against its transactions, and its files against ones
    /// that were never interrupted. Where the disk lied, files cannot be compared, and it is
    /// started once more instead; elsewhere seldom, since it was started often enough before.
    void end() throws IOException {
        if (!core.disk().damages().isEmpty() || chance.happens(1, START_AT_END_ONE_IN)) {
            core.stop();
            start();
            core.read(() -> records.compareBlocks(core));
        } else {
            compareState();
        }
        core.stop();
        State replayed = machine.initialState();
        for (Event event : records.events()) {
            replayed = machine.apply(replayed, event);
        }
        State state = core.ledger().state();
        require(
                replayed.root().equals(state.root()),
                () -> "the events give another state than the transactions");
        if (core.disk().damages().isEmpty()) {
            core.files().compare(records.blocks());
        }
        around.trace().add(state.root().toBytes());
    }

    @Override
    public void close() throws IOException {
        core.close();
    }

    private void submit() throws IOException {
        underWay = order();
        Optional<List<Block>> answered =
                core.submit(underWay.stream().map(BlockOrder::proposal).toList());
        if (answered.isEmpty()) {
            start();
            return;
        }
        List<Block> blocks = answered.get();
        require(blocks.size() == underWay.size(), () -> "not all that was ordered became a block");
        for (int i = 0; i < blocks.size(); i++) {
            enter(blocks.get(i), underWay.get(i));
        }
        underWay = List.of();
    }

    /// A snapshot, and now and then what it stands for is pruned.
    private void keepUp() throws IOException {
        boolean alive = core.snapshot();
        if (alive && chance.happens(1, PRUNE_ONE_IN)) {
            alive = core.prune(core.height() + 1 - chance.below(KEPT_BLOCKS));
        }
        if (!alive) {
            start();
        }
    }

    private List<BlockOrder> order() {
        List<BlockOrder> orders = new ArrayList<>();
        long lastMillis = records.lastTimeMillis();
        for (int i = chance.happens(7, 8) ? 1 : chance.below(4); i > 0; i--) {
            // Whatever the clock says, the time of blocks rises.
            long millis = Math.max(around.clock().nowMillis(), lastMillis + 1);
            List<Parcel> parcels = new ArrayList<>();
            for (int p = chance.happens(7, 8) ? 1 : chance.below(3); p > 0; p--) {
                parcels.add(workload.next(millis));
            }
            orders.add(new BlockOrder(millis, workload.notice(millis), parcels));
            lastMillis = millis;
        }
        return orders;
    }

    /// A block whose time does not rise: nothing may come of it.
    private void submitTooEarly() throws IOException {
        long heightBefore = core.height();
        if (heightBefore == 0) {
            return;
        }
        long millis = records.lastTimeMillis() - chance.below(3);
        BlockOrder order =
                new BlockOrder(millis, workload.notice(millis), List.of(workload.next(millis)));
        try {
            core.submit(List.of(order.proposal()));
        } catch (IllegalArgumentException refused) {
            require(
                    core.height() == heightBefore,
                    () -> "a block was refused, and made all the same");
            return;
        }
        throw new Violation("a block was made whose time does not rise");
    }

    private void compareState() {
        Optional<String> difference = auditor.findDifference(core.ledger().state());
        require(difference.isEmpty(), difference::orElseThrow);
    }

    private void enter(Block block, BlockOrder order) {
        records.enter(block, order, core.ledger().takeOutcome());
        around.trace().add(block.hash().toBytes());
    }
}
