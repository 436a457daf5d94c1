package mitoyen.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import mitoyen.consensus.Block;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.journal.Journal;
import mitoyen.consensus.journal.JournalException;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.simulator.faults.Damage;
import mitoyen.simulator.faults.DiskOdds;
import mitoyen.simulator.faults.FaultyDisk;
import mitoyen.simulator.model.Chance;
import mitoyen.simulator.workload.CheapSigning;
import mitoyen.simulator.workload.Workload;
import org.junit.jupiter.api.Test;

/// The one thing that a journal may lose to a disk that lies, and nothing more (`JO-10`).
class CoreTest {
    private static final RunOdds SOUND = new RunOdds(DiskOdds.SOUND, 0, 0, 0, 0, 1, 1);
    private static final Genesis GENESIS =
            Workload.genesis("core", 2, Chance.of(1), new CheapSigning());
    private static final int BLOCKS = 4;
    private static final int REFUSED = -1;

    /// A bundle of zeros, so that any damage to its record looks like a sector that never came.
    private static final byte[] ZEROS = new byte[2_000];

    @Test
    void whereABitTurnedTheLedgerIsRestoredAlsoWhereItOnlyLacksTheLastBlock() throws IOException {
        int lacking = 0;
        for (int seed = 1; seed <= 40; seed++) {
            try (Core core = core(seed, SOUND)) {
                List<Block> acknowledged = acknowledge(core);
                core.stop();
                core.disk().rot(core.files().list());
                assertThat(core.disk().damages()).hasSize(1);
                Damage damage = core.disk().damages().getFirst();
                lacking += heightAlone(damage.file()) == BLOCKS - 1 ? 1 : 0;
                assertThat(core.start(acknowledged)).isEqualTo(acknowledged);
                assertThat(core.disk().damages()).isEmpty();
            }
        }
        assertThat(lacking).isBetween(1, 30);
    }

    /// A write over an earlier record was once taken for a torn end, and the blocks behind it were
    /// cut off: now it is refused, whichever record it hit.
    @Test
    void aWriteOverAnEarlierRecordIsRefusedAndCostsNothing() throws IOException {
        RunOdds misdirecting = new RunOdds(new DiskOdds(0, 0, 0, 1, 0), 0, 0, 0, 0, 1, 1);
        for (int seed = 1; seed <= 40; seed++) {
            try (Core core = core(seed, misdirecting)) {
                List<Block> acknowledged = acknowledge(core);
                core.losePower();
                Damage first = core.disk().damages().getFirst();
                assertThat(heightAlone(first.file())).as("seed %d", seed).isEqualTo(REFUSED);
                assertThat(core.start(acknowledged)).isEqualTo(acknowledged);
            }
        }
    }

    /// Where the disk kept what it said it had, a missing block is told as it is.
    @Test
    void aBlockThatIsMissingWithoutALieIsNotMadeGood() throws IOException {
        try (Core core = core(1, SOUND)) {
            List<Block> acknowledged = acknowledge(core);
            core.stop();
            Path last = core.files().list().getFirst();
            try (FileChannel channel = FileChannel.open(last, StandardOpenOption.WRITE)) {
                channel.truncate(Files.size(last) - 1);
            }
            assertThat(core.start(acknowledged)).isEqualTo(acknowledged.subList(0, BLOCKS - 1));
        }
    }

    /// The height that a journal finds without anyone to ask.
    private static long heightAlone(Path file) throws IOException {
        Path folder = file.resolveSibling("/alone");
        Files.createDirectories(folder);
        try (var all = Files.newDirectoryStream(file.getParent())) {
            for (Path each : all) {
                Files.copy(each, folder.resolve(each.getFileName()));
            }
        }
        try (Journal journal =
                Journal.open(
                        FaultyDisk.sound(), folder, GENESIS.toBytes(), LedgerFiles.SEGMENT_BYTES)) {
            return journal.height();
        } catch (JournalException refused) {
            return REFUSED;
        }
    }

    private static Core core(long seed, RunOdds odds) {
        Execution execution = Execution.Maker.OWN.of(GENESIS, new CheapSigning().rule());
        return new Core(
                Surroundings.of(seed, odds),
                GENESIS.toBytes(),
                () -> new ExecutedLedger(execution, new StateMachine(GENESIS).initialState()));
    }

    private static List<Block> acknowledge(Core core) throws IOException {
        assertThat(core.start(List.of())).isEmpty();
        List<Proposal> proposals =
                IntStream.rangeClosed(1, BLOCKS)
                        .mapToObj(i -> new Proposal(i, List.of(ZEROS)))
                        .toList();
        return core.submit(proposals).orElseThrow();
    }
}
