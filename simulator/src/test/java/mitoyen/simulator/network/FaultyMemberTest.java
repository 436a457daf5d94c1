package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.Misbehaviour;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.EngineNotice;
import mitoyen.simulator.files.Folders;
import mitoyen.simulator.network.Network.Answer;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Four real validators under load. The last one's CometBFT reaches the others through cables of
/// ours, and its application through somebody in the middle, who hears every call.
class FaultyMemberTest {
    private static final int FAULTY = 4;

    @TempDir private Path folder;

    @Test
    void cutOffItConfirmsNothingAndCatchesUpAndWhatItForgesStaysOut() throws Exception {
        try (Network network = Scenario.make(folder.resolve("network"), 4, 0);
                Cables cables = Cables.lay(network);
                SplitMember faulty = SplitMember.split(network, FAULTY)) {
            begin(network, faulty);
            try (Load load = Scenario.load(network)) {
                load.awaitMore(50);
                cutOff(network, cables, load);
                forge(network, faulty, load);
                end(network, faulty, load);
            }
        }
    }

    @Test
    void crashedBetweenAnyTwoCallsItStartsAgainWithTheSameRoots() throws Exception {
        try (Network network = Scenario.make(folder.resolve("network"), 4, 0);
                SplitMember faulty = SplitMember.split(network, FAULTY)) {
            network.start(1, 2, 3);
            faulty.startNode();
            faulty.middle().tamper(CrashPoint.AFTER_FINALIZE.tampering());
            faulty.startEngine();
            network.openAccounts();
            crash(network, faulty);
            assertThat(faulty.middle().initialized()).as("before the first Commit").isEqualTo(1);
            try (Load load = Scenario.load(network)) {
                for (CrashPoint point : CrashPoint.values()) {
                    faulty.middle().tamper(point.tampering());
                    long height = crash(network, faulty);
                    if (point == CrashPoint.AFTER_COMMIT) {
                        assertThat(faulty.middle().finalized()).doesNotContain(height);
                    } else {
                        assertThat(faulty.middle().finalized()).as(point.name()).contains(height);
                    }
                    load.awaitMore(20);
                }
                restart(network, faulty, load);
                end(network, faulty, load);
            }
        }
    }

    private static void begin(Network network, SplitMember faulty) throws Exception {
        network.start(1, 2, 3);
        faulty.start();
        network.openAccounts();
        Scenario.awaitCurrent(network, FAULTY);
    }

    private static void cutOff(Network network, Cables cables, Load load) throws Exception {
        load.sendTo(1, 2, 3);
        Street.Sent lone = network.street().transfers(1, 1, System.currentTimeMillis()).getFirst();
        long sent = network.height(FAULTY);
        cables.cut(FAULTY);
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> send(network, lone));
        load.awaitMore(100);
        // On a busy machine the node may have told by now that it knows nothing of it.
        assertThat(answer.isDone() && answer.join().isDone())
                .as("nobody can have ordered it")
                .isFalse();
        assertThat(network.height(FAULTY)).isBetween(sent, network.height(1) - 1);
        cables.mend(FAULTY);
        Scenario.awaitCurrent(network, FAULTY);
        Answer healed = answer.get(90, TimeUnit.SECONDS);
        if (healed.isDone()) {
            assertThat(healed.height()).isGreaterThan(sent);
            load.acknowledged().put(lone.bytes(), healed.height());
        } else {
            assertThat(healed.isFinal()).as(healed.toString()).isFalse();
        }
        load.sendTo(1, 2, 3, FAULTY);
    }

    private static Answer send(Network network, Street.Sent transfer) {
        try {
            return network.send(FAULTY, transfer);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void forge(Network network, SplitMember faulty, Load load) throws Exception {
        Forger forger = new Forger(forgeries(network));
        faulty.middle().tamper(forger);
        Network.until("it forges", forger::proposed, proposed -> proposed >= 6);
        load.awaitMore(100);
        faulty.middle().tamper(Tampering.NONE);
        assertThat(forger.executed()).isEmpty();
    }

    /// Garbage; a transfer whose signature is none; evidence from nowhere; a bundle of nothing.
    private static List<byte[]> forgeries(Network network) {
        byte[] transfer =
                network.street()
                        .transfers(1, 1, System.currentTimeMillis())
                        .getFirst()
                        .bytes()
                        .toBytes();
        transfer[transfer.length - 1] ^= 1;
        Validator accused =
                network.street().genesis().governance().orElseThrow().validators().getFirst();
        return List.of(
                new byte[] {1, 2, 3},
                new Bundle(List.of(ByteString.of(transfer))).toBytes(),
                new EngineNotice(
                                List.of(
                                        new Evidence(
                                                accused.address(),
                                                1,
                                                Misbehaviour.DOUBLE_SIGNING,
                                                Street.START_MILLIS)),
                                2)
                        .toBytes(),
                new Bundle(List.of()).toBytes());
    }

    /// Waits until the middle holds a call back, kills both sides, and starts them again.
    ///
    /// @return the height of the block at which they were killed
    private static long crash(Network network, SplitMember faulty) throws Exception {
        Network.until("a call is held back", faulty.middle()::isFrozen, held -> held);
        long height = faulty.middle().calledHeight();
        faulty.kill();
        faulty.start();
        Scenario.awaitCurrent(network, FAULTY);
        return height;
    }

    /// Every other case of a restart that can be made: the ledger older than CometBFT's blocks,
    /// also where CometBFT had stored a block and not its state behind it, or gone; CometBFT's
    /// blocks older than the ledger, or gone; both older, also where of the blocks and the state
    /// that CometBFT keeps one is not.
    private void restart(Network network, SplitMember faulty, Load load) throws Exception {
        Path ledger = network.member(FAULTY).data();
        Path blocks = network.member(FAULTY).cometbft().resolve("data");
        faulty.stop();
        Path oldLedger = folder.resolve("ledger");
        Path oldBlocks = folder.resolve("blocks");
        Folders.copy(ledger, oldLedger);
        Folders.copy(blocks, oldBlocks);
        long old = Ledgers.hashes(network.member(FAULTY)).size();
        faulty.start();
        load.awaitMore(50);
        Scenario.awaitCurrent(network, FAULTY);
        faulty.stop();

        Folders.delete(ledger);
        Folders.copy(oldLedger, ledger);
        startAgain(network, faulty);
        assertThat(faulty.middle().informedHeight()).isPositive();
        assertThat(faulty.middle().initialized()).isZero();

        faulty.middle().tamper(CrashPoint.BEFORE_COMMIT.tampering());
        Network.until("a call is held back", faulty.middle()::isFrozen, held -> held);
        long stored = faulty.middle().calledHeight();
        faulty.kill();
        Folders.delete(ledger);
        Folders.copy(oldLedger, ledger);
        startAgain(network, faulty);
        assertThat(faulty.middle().informedHeight()).isLessThan(stored - 1);
        assertThat(faulty.middle().finalized())
                .as("all above the ledger, then the block without a state")
                .contains(stored - 1, stored);

        faulty.stop();
        Folders.delete(ledger);
        startAgain(network, faulty);
        assertThat(faulty.middle().initialized()).as("InitChain, and all again").isEqualTo(1);

        faulty.stop();
        Path newBlocks = folder.resolve("new-blocks");
        Files.move(blocks, newBlocks);
        int now = Ledgers.hashes(network.member(FAULTY)).size();
        assertThat(now).isGreaterThan((int) old);
        Folders.copy(oldBlocks, blocks);
        keepSigned(newBlocks, blocks);
        refuses(faulty);
        Folders.delete(blocks);
        Files.createDirectory(blocks);
        keepSigned(newBlocks, blocks);
        refuses(faulty);
        assertThat(Ledgers.hashes(network.member(FAULTY)))
                .as("the ledger is left alone")
                .hasSize(now);

        Folders.delete(blocks);
        Folders.delete(ledger);
        Folders.copy(oldLedger, ledger);
        for (String part : List.of("state.db", "blockstore.db")) {
            Folders.copy(oldBlocks, blocks);
            keepSigned(newBlocks, blocks);
            Folders.delete(blocks.resolve(part));
            Folders.copy(newBlocks.resolve(part), blocks.resolve(part));
            refuses(faulty);
            Folders.delete(blocks);
        }
        Folders.copy(oldBlocks, blocks);
        keepSigned(newBlocks, blocks);
        startAgain(network, faulty);
    }

    private static void startAgain(Network network, SplitMember faulty) throws Exception {
        faulty.start();
        Scenario.awaitCurrent(network, FAULTY);
    }

    /// CometBFT does not go on with a ledger that is ahead of its blocks.
    private static void refuses(SplitMember faulty) throws Exception {
        faulty.start();
        assertThat(faulty.awaitEngineEnd()).isPositive();
        faulty.stop();
    }

    /// A validator that forgot what it signed last might sign twice.
    private static void keepSigned(Path from, Path to) throws IOException {
        String name = "priv_validator_state.json";
        Files.deleteIfExists(to.resolve(name));
        Files.copy(from.resolve(name), to.resolve(name));
    }

    private static void end(Network network, SplitMember faulty, Load load) throws Exception {
        Scenario.finish(network, load);
        faulty.stop();
        Scenario.check(network, load);
        assertThat(faulty.middle().outOfOrder()).isEmpty();
        assertThat(Ledgers.state(network, FAULTY).governance().validators()).hasSize(4);
    }
}
