package mitoyen.consensus.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import mitoyen.consensus.Block;
import mitoyen.consensus.NotesApplication;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.journal.JournalException;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.consensus.snapshot.SnapshotException;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.consensus.snapshot.Snapshots;
import mitoyen.consensus.store.LedgerStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Snapshots, and blocks that go because snapshots stand for them.
class SnapshotEngineTest {
    private static final byte[] GENESIS = "street".getBytes(StandardCharsets.US_ASCII);
    private static final long SEGMENT_BYTES = 1_000;

    /// What the first version wrote after a block of one bundle, 0102.
    private static final String FIRST_FORMAT =
            "4d49544f59454e5300000001"
                    + "fb78c740702e3750aa34980f567cff269a84e04c9b5424faa2b95d1b60d63dd3"
                    + "00000000000000010000018bcfe56800"
                    + "fb78c740702e3750aa34980f567cff269a84e04c9b5424faa2b95d1b60d63dd3"
                    + "6f7868869e0c1313c6ee3beeef00b6044a88a74b05792bb7eaff9c8d147cffc6"
                    + "76a56aced915d2513dcd84c2c378b2e8aa5cd632b5b71ca2f2ac5b0e3a649bdb"
                    + "76a56aced915d2513dcd84c2c378b2e8aa5cd632b5b71ca2f2ac5b0e3a649bdb"
                    + "43ba73f60000000a"
                    + "33f113e52e0bb976bb1884d3ff81dbbe587a3154f4b69a421ff5ecd4b9139b30"
                    + "0000000100000002010200000000"
                    + "b1efaa9eeb5958eb5961901d7f29ea2034a99f88bcd6b6b1f49cc200adc98fc6";

    @TempDir private Path home;
    private Path ledger = Path.of("");
    private Path snapshots = Path.of("");
    private final RealDisk disk = new RealDisk();
    private final List<Block> told = new ArrayList<>();

    @BeforeEach
    void name() {
        ledger = home.resolve("ledger");
        snapshots = home.resolve("snapshots");
    }

    @Test
    void onlyBlocksAboveTheNewestSnapshotAreExecutedAgain() throws IOException { // JO-27
        writeTo(20, 9);
        told.clear();
        NotesApplication next = new NotesApplication();
        try (EmbeddedEngine engine = open(next)) {
            assertThat(next.executed()).isEqualTo(2);
            assertThat(told).extracting(Block::height).containsExactly(19L, 20L);
            assertThat(next.appHash()).isEqualTo(engine.findLastBlock().orElseThrow().appHash());
            engine.submit(List.of(proposal(21)));
        }
    }

    @Test
    void aLedgerThatWasKeptWithoutSnapshotsGoesOnWithThem() throws IOException { // JO-23, JO-27
        NotesApplication before = new NotesApplication();
        try (EmbeddedEngine engine =
                new EmbeddedEngine(
                        LedgerStore.open(
                                disk, ledger, GENESIS, before, told::add, SEGMENT_BYTES))) {
            for (int height = 1; height <= 10; height++) {
                engine.submit(List.of(proposal(height)));
            }
            assertThatThrownBy(engine.store()::snapshot).hasMessageContaining("without snapshots");
            assertThatThrownBy(() -> engine.store().prune(5, () -> true))
                    .hasMessageContaining("without snapshots");
        }
        assertThat(executedAtOpening()).isEqualTo(10);
        writeTo(20, 5);
        assertThat(executedAtOpening()).isZero();
        assertThat(prune(16)).isGreaterThan(1);
    }

    @Test
    void theBytesOfASnapshotAreThoseOfTheSpecification() throws IOException { // JO-24, JO-25
        try (EmbeddedEngine engine = open(new NotesApplication())) {
            engine.submit(List.of(new Proposal(1_700_000_000_000L, List.of(new byte[] {1, 2}))));
            engine.store().snapshot();
        }
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(snapshot(1))))
                .isEqualTo(
                        "4d49544f59454e5300000002"
                                + "fb78c740702e3750aa34980f567cff269a84e04c9b5424faa2b95d1b60d63dd3"
                                + "00000000000000010000018bcfe56800"
                                + "fb78c740702e3750aa34980f567cff269a84e04c9b5424faa2b95d1b60d63dd3"
                                + "6f7868869e0c1313c6ee3beeef00b6044a88a74b05792bb7eaff9c8d147cffc6"
                                + "76a56aced915d2513dcd84c2c378b2e8aa5cd632b5b71ca2f2ac5b0e3a649bdb"
                                + "76a56aced915d2513dcd84c2c378b2e8aa5cd632b5b71ca2f2ac5b0e3a649bdb"
                                + "40a3da04"
                                + "00000001000000020102"
                                + "3628662e"
                                + "33f113e52e0bb976bb1884d3ff81dbbe587a3154f4b69a421ff5ecd4b9139b30"
                                + "000000000000000a"
                                + "9d548701f7654649a98c4e821b6044e9bb89827caf22ccc87a47a065a8d34a92"
                                + "cb828c17");
    }

    /// What an older program wrote is opened, as long as all of it is there.
    @Test
    void aSnapshotOfTheFirstFormatIsTakenUp() throws IOException { // JO-29
        try (EmbeddedEngine engine = open(new NotesApplication())) {
            engine.submit(List.of(new Proposal(1_700_000_000_000L, List.of(new byte[] {1, 2}))));
        }
        Files.createDirectories(snapshots);
        byte[] sound = HexFormat.of().parseHex(FIRST_FORMAT);
        Files.write(snapshot(1), sound);
        assertThat(executedAtOpening()).isZero();
        for (int at = 0; at < sound.length; at++) {
            byte[] changed = sound.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(snapshot(1), changed);
            assertThat(executedAtOpening()).as("byte %d", at).isEqualTo(1);
            Files.write(snapshot(1), Arrays.copyOf(sound, at));
            assertThat(executedAtOpening()).as("cut at %d", at).isEqualTo(1);
        }
        Files.write(snapshot(1), Arrays.copyOf(sound, sound.length + 1));
        assertThat(executedAtOpening()).isEqualTo(1);
    }

    @Test
    void theBytesOfAFileOfHeadersAreThoseOfTheSpecification() throws IOException { // JO-20
        List<Block> all = writeTo(20, 0);
        prune(20);
        byte[] kept = Files.readAllBytes(ledger.resolve("headers-00000001.journal"));
        StringBuilder expected = new StringBuilder("4d49544f59454e4800000001");
        String genesis = "fb78c740702e3750aa34980f567cff269a84e04c9b5424faa2b95d1b60d63dd3";
        expected.append(genesis).append("0000000000000001").append(genesis).append("e94548c6");
        int count = (kept.length - 88) / 148;
        for (int i = 0; i < count; i++) {
            byte[] header = all.get(i).header();
            CRC32C checksum = new CRC32C();
            checksum.update(header);
            expected.append(HexFormat.of().formatHex(header));
            expected.append(HexFormat.of().toHexDigits((int) checksum.getValue()));
        }
        assertThat(count).isGreaterThan(1);
        assertThat(HexFormat.of().formatHex(kept)).isEqualTo(expected.toString());
    }

    @Test
    void theNewestTwoAreKeptAndTheirBytesAreTheSameEverywhere() throws IOException { // JO-23, JO-25
        writeTo(12, 3);
        assertThat(names(snapshots))
                .containsExactly("snapshot-00000009.snapshot", "snapshot-00000012.snapshot");
        byte[] one = Files.readAllBytes(snapshot(12));
        Path other = home.resolve("other");
        snapshots = other.resolve("snapshots");
        ledger = other.resolve("ledger");
        Files.createDirectories(snapshots);
        Files.writeString(snapshots.resolve("notes.txt"), "not ours");
        writeTo(12, 12);
        assertThat(snapshot(12)).hasBinaryContent(one);
        assertThat(snapshots.resolve("notes.txt")).exists();
    }

    @Test
    void aLargeStateIsWrittenAndReadInChunks() throws IOException { // JO-25
        NotesApplication first = new NotesApplication();
        byte[] note = new byte[1_500_000];
        new Random(1).nextBytes(note);
        try (EmbeddedEngine engine = open(first)) {
            engine.submit(List.of(new Proposal(1, List.of(note, note))));
            engine.store().snapshot();
        }
        assertThat(Files.size(snapshot(1))).isEqualTo(192 + 4 + 8 + 3_000_000 + 3 * 36 + 44);
        NotesApplication second = new NotesApplication();
        open(second).close();
        assertThat(second.executed()).isZero();
        assertThat(second.appHash()).isEqualTo(first.appHash());
    }

    @Test
    void anyChangedByteOfASnapshotIsNoticedAndTheOneBeforeTakenUp() throws IOException { // JO-27
        writeTo(6, 3);
        byte[] sound = Files.readAllBytes(snapshot(6));
        for (int at = 0; at < sound.length; at++) {
            byte[] changed = sound.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(snapshot(6), changed);
            assertThat(executedAtOpening()).as("byte %d", at).isEqualTo(3);
        }
        for (int length = 0; length < sound.length; length += 7) {
            Files.write(snapshot(6), Arrays.copyOf(sound, length));
            assertThat(executedAtOpening()).as("cut at %d", length).isEqualTo(3);
        }
        Files.write(snapshot(6), Arrays.copyOf(sound, sound.length + 1));
        assertThat(executedAtOpening()).isEqualTo(3);
        Files.delete(snapshot(3));
        assertThat(executedAtOpening()).isEqualTo(6);
        Files.write(snapshot(6), sound);
        assertThat(executedAtOpening()).isZero();
    }

    @Test
    void aSnapshotOfAnotherLedgerOrHeightIsPassedOver() throws IOException { // JO-27
        writeTo(6, 3);
        Files.copy(snapshot(6), snapshot(7));
        assertThat(executedAtOpening()).isZero();
        Files.delete(snapshot(7));
        Path other = home.resolve("other");
        Path own = ledger;
        ledger = other.resolve("ledger");
        try (EmbeddedEngine engine = open(new NotesApplication())) {
            for (int height = 1; height <= 6; height++) {
                engine.submit(List.of(new Proposal(height, List.of(new byte[] {9}))));
            }
            engine.store().snapshot();
        }
        ledger = own;
        assertThat(executedAtOpening()).isEqualTo(6);
    }

    @Test
    void aWholeSnapshotThatGivesAnotherStateIsRefused() throws IOException { // JO-27
        writeTo(6, 3);
        assertThatThrownBy(() -> open(new NotesApplication().forgetful()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("snapshot-00000006.snapshot")
                .hasMessageContaining("block 6");
    }

    @Test
    void aPrunedLedgerOpensGoesOnAndCanBeReadFromItsFirstHeader() throws IOException { // JO-22
        List<Block> all = writeTo(40, 10);
        long first = prune(40);
        assertThat(first).isBetween(10L, 31L);
        try (EmbeddedEngine engine = open(new NotesApplication())) {
            assertThat(engine.store().firstHeight()).isEqualTo(first);
            all.addAll(engine.submit(List.of(proposal(41), proposal(42))));
            for (Block block : all) {
                assertThat(engine.store().findHeader(block.height())).contains(block.toHeader());
                assertThat(engine.store().findBlock(block.height()))
                        .isEqualTo(block.height() < first ? Optional.empty() : Optional.of(block));
            }
            assertThat(engine.store().findHeader(0)).isEmpty();
            assertThat(engine.store().findHeader(43)).isEmpty();
        }
        try (JournalReader reader = JournalReader.open(ledger)) {
            assertThat(reader.firstHeight()).isEqualTo(first);
            for (Block block : all) {
                if (block.height() < first) {
                    assertThat(reader.findNextHeader()).contains(block.toHeader());
                } else {
                    assertThat(reader.findNext()).contains(block);
                }
            }
            assertThat(reader.findNext()).isEmpty();
        }
    }

    @Test
    void aPrunedLedgerIsTheSameHoweverItWasPruned() throws IOException { // JO-20, JO-21
        writeTo(40, 10);
        for (int keep = 1; keep <= 31; keep++) {
            prune(keep);
        }
        SortedMap<String, String> slowly = files(ledger);
        Path other = home.resolve("other");
        ledger = other.resolve("ledger");
        snapshots = other.resolve("snapshots");
        writeTo(40, 10);
        prune(31);
        assertThat(files(ledger)).isEqualTo(slowly);
        assertThat(slowly.keySet()).anyMatch(name -> name.startsWith("headers-"));
    }

    @Test
    void pruningStopsBetweenSegmentsAndGoesOnLater() throws IOException { // JO-21
        writeTo(40, 10);
        try (EmbeddedEngine engine = open(new NotesApplication())) {
            assertThat(engine.store().prune(31, () -> false)).isEqualTo(1);
            AtomicInteger asked = new AtomicInteger();
            long second = engine.store().prune(31, () -> asked.getAndIncrement() < 1);
            assertThat(second).isGreaterThan(1);
            assertThat(engine.store().findBlock(second)).isPresent();
            assertThat(engine.store().findBlock(second - 1)).isEmpty();
            assertThat(engine.store().prune(31, () -> true)).isGreaterThan(second);
        }
    }

    @Test
    void aSnapshotIsTakenUpBesideTheEngine() throws IOException { // JO-27
        writeTo(40, 10);
        prune(31);
        NotesApplication beside = new NotesApplication();
        try (EmbeddedEngine engine = open(new NotesApplication())) {
            Snapshots all = new Snapshots(disk, snapshots, Block.genesisHash(GENESIS), beside);
            SnapshotFolder folder = new SnapshotFolder(snapshots);
            assertThat(folder.listHeights()).containsExactly(30L, 40L);
            assertThat(folder.isWhole(40, Block.genesisHash(GENESIS))).isTrue();
            assertThat(folder.isWhole(40, Block.genesisHash(new byte[1]))).isFalse();
            all.restore(30, engine.store());
            assertThat(beside.appHash())
                    .isEqualTo(engine.store().findHeader(30).orElseThrow().appHash());
            byte[] bytes = Files.readAllBytes(snapshot(40));
            bytes[300] ^= 1;
            Files.write(snapshot(40), bytes);
            assertThat(folder.isWhole(40, Block.genesisHash(GENESIS))).isFalse();
            assertThatThrownBy(() -> all.restore(40, engine.store()))
                    .isInstanceOf(SnapshotException.class)
                    .hasMessageContaining("snapshot-00000040.snapshot: ");
            assertThat(beside.appHash())
                    .isEqualTo(engine.store().findHeader(30).orElseThrow().appHash());
        }
    }

    @Test
    void noBlockGoesThatTwoSnapshotsDoNotStandFor() throws IOException { // JO-28
        writeTo(20, 18);
        assertThat(prune(20)).isEqualTo(1);
        try (EmbeddedEngine engine = open(new NotesApplication())) {
            engine.store().snapshot();
            Path older = snapshot(18);
            byte[] sound = Files.readAllBytes(older);
            sound[300] ^= 1;
            Files.write(older, sound);
            assertThat(engine.store().prune(20, () -> true)).isEqualTo(1);
            sound[300] ^= 1;
            Files.write(older, sound);
            assertThat(engine.store().prune(5, () -> true)).isBetween(2L, 5L);
            assertThat(engine.store().prune(20, () -> true)).isBetween(6L, 19L);
        }
    }

    @Test
    void aPrunedLedgerWithoutAGoodSnapshotIsRefusedWithEachFault() throws IOException { // JO-27
        writeTo(40, 10);
        prune(40);
        byte[] changed = Files.readAllBytes(snapshot(40));
        changed[400] ^= 1;
        Files.write(snapshot(40), changed);
        assertThat(executedAtOpening()).isEqualTo(10);
        Files.write(snapshot(30), new byte[10]);
        assertThatThrownBy(() -> open(new NotesApplication()))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("were pruned")
                .hasMessageContaining("the chunk from byte 192 on does not match its checksum")
                .hasMessageContaining("its header is cut short")
                .hasMessageContaining("backup");
        assertThatThrownBy(() ->
                        EmbeddedEngine.open(
                                disk, ledger, GENESIS, new NotesApplication(), told::add))
                .hasMessageContaining("only with its snapshots");
    }

    @Test
    void anyChangedByteOfAPrunedJournalIsFound() throws IOException { // JO-22
        writeTo(16, 5);
        prune(16);
        for (String name : names(ledger)) {
            Path file = ledger.resolve(name);
            byte[] sound = Files.readAllBytes(file);
            for (int at = 0; at < sound.length; at++) {
                byte[] changed = sound.clone();
                changed[at] ^= 0x10;
                Files.write(file, changed);
                assertThatThrownBy(this::read)
                        .as("%s, byte %d", name, at)
                        .isInstanceOf(JournalException.class);
            }
            if (name.startsWith("headers")) {
                for (int length = 0; length < sound.length; length++) {
                    Files.write(file, Arrays.copyOf(sound, length));
                    assertThatThrownBy(this::read).isInstanceOf(JournalException.class);
                }
                Files.delete(file);
                assertThatThrownBy(this::read).isInstanceOf(JournalException.class);
            }
            Files.write(file, sound);
        }
        read();
    }

    @Test
    void headersWithoutABlockAboveThemAreRefused() throws IOException { // JO-22
        writeTo(40, 10);
        prune(40);
        for (String name : names(ledger)) {
            if (name.startsWith("blocks")) {
                Files.delete(ledger.resolve(name));
            }
        }
        assertThatThrownBy(this::read).hasMessageContaining("the blocks above miss");
        assertThatThrownBy(() -> open(new NotesApplication()))
                .hasMessageContaining("the blocks above miss");
    }

    @Test
    void headersBesideTheirBlocksAreALeftover() throws IOException { // JO-21
        writeTo(40, 10);
        Path blocks = ledger.resolve("blocks-00000001.journal");
        Path headers = ledger.resolve("headers-00000001.journal");
        byte[] segment = Files.readAllBytes(blocks);
        prune(40);
        assertThat(blocks).doesNotExist();
        byte[] kept = Files.readAllBytes(headers);
        Path other = home.resolve("other");
        ledger = other.resolve("ledger");
        snapshots = other.resolve("snapshots");
        writeTo(40, 10);
        Files.write(ledger.resolve("headers-00000001.journal"), kept);
        assertThatThrownBy(this::read).hasMessageContaining("run the same again");
        open(new NotesApplication()).close();
        assertThat(ledger.resolve("headers-00000001.journal")).doesNotExist();
        assertThat(ledger.resolve("blocks-00000001.journal")).hasBinaryContent(segment);
    }

    private void read() throws IOException {
        try (JournalReader reader = JournalReader.open(ledger)) {
            while (reader.findNext().isPresent()) {
                assertThat(reader.height()).isPositive();
            }
        }
    }

    private int executedAtOpening() throws IOException {
        NotesApplication application = new NotesApplication();
        open(application).close();
        return application.executed();
    }

    private long prune(long keepFromHeight) throws IOException {
        try (EmbeddedEngine engine = open(new NotesApplication())) {
            return engine.store().prune(keepFromHeight, () -> true);
        }
    }

    /// Writes blocks up to a height, with a snapshot every so many; with 0, two at the end.
    private List<Block> writeTo(int height, int every) throws IOException {
        List<Block> blocks = new ArrayList<>();
        try (EmbeddedEngine engine = open(new NotesApplication())) {
            while (engine.height() < height) {
                blocks.addAll(engine.submit(List.of(proposal(engine.height() + 1))));
                boolean due =
                        every == 0 ? engine.height() >= height - 1 : engine.height() % every == 0;
                if (due) {
                    engine.store().snapshot();
                }
            }
        }
        return blocks;
    }

    private static Proposal proposal(long height) {
        byte[] note = new byte[(int) (height * 37 % 200)];
        Arrays.fill(note, (byte) height);
        return new Proposal(height, List.of(note));
    }

    private EmbeddedEngine open(NotesApplication application) throws IOException {
        return new EmbeddedEngine(
                LedgerStore.open(
                        disk, ledger, snapshots, GENESIS, application, told::add, SEGMENT_BYTES));
    }

    private Path snapshot(long height) {
        return snapshots.resolve("snapshot-%08d.snapshot".formatted(height));
    }

    private static List<String> names(Path folder) throws IOException {
        return List.copyOf(files(folder).keySet());
    }

    private static SortedMap<String, String> files(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (var paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                files.put(
                        path.getFileName().toString(),
                        HexFormat.of().formatHex(Files.readAllBytes(path)));
            }
        }
        return files;
    }
}
