package mitoyen.consensus.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.disk.WatchedDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final byte[] GENESIS = "street".getBytes(StandardCharsets.US_ASCII);
    private static final String FIRST_SEGMENT = "blocks-00000001.journal";

    @TempDir private Path folder;

    @Test
    void theBytesOfASegmentAreThoseOfTheSpecification() throws IOException { // JO-6, JO-7
        try (Journal journal = open(Journal.SEGMENT_BYTES)) {
            journal.append(next(journal, 1_700_000_000_000L, "one", "", "three"));
        }
        String genesis = "fb78c740702e3750aa34980f567cff269a84e04c9b5424faa2b95d1b60d63dd3";
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(folder.resolve(FIRST_SEGMENT))))
                .isEqualTo(
                        "4d49544f59454e4a00000001"
                                + genesis
                                + "0000000000000001"
                                + genesis
                                + "98060cb7"
                                + "000000a895aefb6a452880d9"
                                + "00000000000000010000018bcfe56800"
                                + genesis
                                + "c440d006740960411327b69a64e5c2b62de1c8f48330036c52d09fe9e4b963bf"
                                + "aa".repeat(32)
                                + "bb".repeat(32)
                                + "00000003000000036f6e6500000000000000057468726565");
    }

    @Test
    void aSegmentIsFollowedByAnotherAtItsLimit() throws IOException { // JO-8
        long twoBlocks = SegmentHeader.BYTES + 2L * (BlockRecord.HEAD_BYTES + 148 + 4 + 10);
        try (Journal journal = open(twoBlocks)) {
            for (int i = 1; i <= 5; i++) {
                journal.append(next(journal, i, "0123456789"));
            }
            journal.append(next(journal, 6, "0123456789".repeat(100)));
        }
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "genesis.cbor",
                        FIRST_SEGMENT,
                        "blocks-00000003.journal",
                        "blocks-00000005.journal",
                        "blocks-00000006.journal");
        assertThat(heightOf(folder)).isEqualTo(6);
    }

    @Test
    void aBlockThatDoesNotFollowIsRefused() throws IOException { // JO-3
        try (Journal journal = open(Journal.SEGMENT_BYTES)) {
            Block first = next(journal, 10, "a");
            journal.append(first);
            assertThatThrownBy(() -> journal.append(first)).hasMessageContaining("not follow");
            Block late = next(journal, 10, "b");
            assertThatThrownBy(() -> journal.append(late)).hasMessageContaining("not rise");
            assertThat(journal.findLastBlock()).contains(first);
        }
    }

    @Test
    void onlyDurableBlocksAreFoundOrNamedAsStable() throws IOException { // JO-32, JO-33
        List<StableJournal> whileSyncing = new ArrayList<>();
        AtomicReference<Journal> opened = new AtomicReference<>();
        Disk disk =
                new WatchedDisk(() -> {
                    Journal journal = opened.get();
                    StableJournal stable = journal.stable();
                    assertThat(journal.findBlock(stable.height() + 1)).isEmpty();
                    assertThat(journal.findHeader(stable.height() + 1)).isEmpty();
                    whileSyncing.add(stable);
                });
        try (Journal journal = Journal.open(disk, folder, GENESIS, Journal.SEGMENT_BYTES)) {
            opened.set(journal);
            assertThat(journal.findBlock(0)).isEmpty();
            assertThat(journal.stable().height()).isZero();
            Block first = next(journal, 10, "a");
            journal.append(first);
            Block second = next(journal, 20, "bc");
            journal.append(second);
            assertThat(whileSyncing).extracting(StableJournal::height).containsExactly(0L, 1L);
            StableJournal stable = whileSyncing.getLast();
            assertThat(stable.lastHash()).isEqualTo(first.hash());
            assertThat(stable.files())
                    .containsExactly(
                            new StableFile(folder.resolve("genesis.cbor"), GENESIS.length),
                            new StableFile(folder.resolve(FIRST_SEGMENT), 88 + 12 + 148 + 5));
            assertThat(journal.findBlock(1)).contains(first);
            assertThat(journal.findBlock(2)).contains(second);
            assertThat(journal.findHeader(2)).contains(second.toHeader());
            assertThat(journal.findBlock(3)).isEmpty();
        }
    }

    @Test
    void aTornEndIsNoPartOfWhatIsStable() throws IOException { // JO-33
        try (Journal journal = open(Journal.SEGMENT_BYTES)) {
            journal.append(next(journal, 1, "a"));
            StableJournal before = StableJournal.read(folder);
            assertThat(before).isEqualTo(journal.stable());
            Files.write(folder.resolve(FIRST_SEGMENT), new byte[20], StandardOpenOption.APPEND);
            Files.writeString(folder.resolve(".blocks-00000002.journal.new"), "half");
            assertThat(StableJournal.read(folder)).isEqualTo(before);
        }
    }

    @Test
    void aBlockThatRottedSinceItWasReadIsNamed() throws IOException { // JO-32
        try (Journal journal = open(Journal.SEGMENT_BYTES)) {
            journal.append(next(journal, 1, "a"));
            Path file = folder.resolve(FIRST_SEGMENT);
            byte[] sound = Files.readAllBytes(file);
            for (int at = SegmentHeader.BYTES; at < sound.length; at++) {
                byte[] changed = sound.clone();
                changed[at] ^= 1;
                Files.write(file, changed);
                assertThatThrownBy(() -> journal.findBlock(1)).isInstanceOf(JournalException.class);
            }
            Files.write(file, Arrays.copyOf(sound, sound.length - 1));
            assertThatThrownBy(() -> journal.findHeader(1)).hasMessageContaining("cut short");
        }
    }

    @Test
    void anotherGenesisIsRefused() throws IOException {
        open(Journal.SEGMENT_BYTES).close();
        assertThatThrownBy(() -> Journal.open(new RealDisk(), folder, new byte[1], 1_000))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("another ledger");
    }

    @Test
    void whatACrashLeftOfANewFileIsRemovedByTheWriterAndNamedByTheReader() // JO-10, JO-11
            throws IOException {
        open(Journal.SEGMENT_BYTES).close();
        Path leftover = folder.resolve("." + FIRST_SEGMENT + ".new");
        Files.writeString(leftover, "half");
        assertThatThrownBy(() -> heightOf(folder)).hasMessageContaining("run the same again");
        open(Journal.SEGMENT_BYTES).close();
        assertThat(leftover).doesNotExist();
        assertThat(heightOf(folder)).isZero();
    }

    @Test
    void aTornEndIsDroppedByTheWriterAndNamedByTheReader() throws IOException { // JO-10, JO-11
        Path file = folder.resolve(FIRST_SEGMENT);
        try (Journal journal = open(Journal.SEGMENT_BYTES)) {
            journal.append(next(journal, 1, "a"));
        }
        byte[] sound = Files.readAllBytes(file);
        Files.write(file, new byte[] {0, 0, 1}, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> heightOf(folder))
                .isInstanceOfSatisfying(
                        JournalException.class,
                        torn -> {
                            assertThat(torn.file()).isEqualTo(file);
                            assertThat(torn.offset()).isEqualTo(sound.length);
                        });
        open(Journal.SEGMENT_BYTES).close();
        assertThat(file).hasBinaryContent(sound);
    }

    /// Someone who can write files can also mend checksums: what is claimed is held against limits
    /// and against the file before it is believed.
    @Test
    void aForgedRecordIsRefusedWithoutBelievingItsLengths() throws IOException { // JO-4, JO-11
        byte[] payload = new byte[BlockRecord.MIN_PAYLOAD_BYTES];
        payload[7] = 1;
        assertForged(Block.MAX_BYTES + 1, payload, "claims 16777217 bytes");
        assertForged(-1, payload, "claims -1 bytes");
        assertForged(BlockRecord.MIN_PAYLOAD_BYTES - 1, payload, "claims 147 bytes");
        assertForged(Block.MAX_BYTES, payload, "cut short");
        assertForged(payload.length, payload, "do not match its header");
        ByteBuffer.wrap(payload).putInt(Block.HEADER_BYTES, Integer.MAX_VALUE);
        assertForged(payload.length, payload, "counts 2147483647 bundles");
        ByteBuffer.wrap(payload).putInt(Block.HEADER_BYTES, 1);
        assertForged(payload.length, payload, "longer than it is");
        byte[] longer = Arrays.copyOf(payload, payload.length + 4);
        ByteBuffer.wrap(longer).putInt(payload.length, Integer.MAX_VALUE);
        assertForged(longer.length, longer, "a bundle claims 2147483647 bytes");
    }

    private void assertForged(int length, byte[] payload, String wrong) throws IOException {
        Hash genesis = Block.genesisHash(GENESIS);
        ByteBuffer file = ByteBuffer.allocate(SegmentHeader.BYTES + 12 + payload.length);
        file.put(new SegmentHeader(FileKind.BLOCKS, genesis, 1, genesis).encode());
        ByteBuffer head = ByteBuffer.allocate(12).putInt(length);
        head.putInt(BlockRecord.checksum(payload, 0, payload.length));
        head.putInt(BlockRecord.checksum(head.array(), 0, 8));
        Files.write(folder.resolve("genesis.cbor"), GENESIS);
        Files.write(folder.resolve(FIRST_SEGMENT), file.put(head.flip()).put(payload).array());
        assertThatThrownBy(() -> heightOf(folder))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(FIRST_SEGMENT + ", byte 88: ")
                .hasMessageContaining(wrong);
    }

    private Journal open(long segmentBytes) throws IOException {
        return Journal.open(new RealDisk(), folder, GENESIS, segmentBytes);
    }

    private static Block next(Journal journal, long timeMillis, String... bundles) {
        byte[] state = new byte[Hash.LENGTH];
        Arrays.fill(state, (byte) 0xaa);
        byte[] results = new byte[Hash.LENGTH];
        Arrays.fill(results, (byte) 0xbb);
        List<byte[]> bytes =
                Arrays.stream(bundles).map(b -> b.getBytes(StandardCharsets.US_ASCII)).toList();
        return new Block(
                journal.height() + 1,
                timeMillis,
                journal.lastHash(),
                new Application.BlockResult(Hash.of(state), Hash.of(results)),
                bytes);
    }

    private static long heightOf(Path folder) throws IOException {
        try (JournalReader reader = JournalReader.open(folder)) {
            while (reader.findNext().isPresent()) {
                assertThat(reader.height()).isPositive();
            }
            return reader.height();
        }
    }
}
