package mitoyen.consensus.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.RealDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is taken for a torn end and cut off, and what for damage although it looks like one
/// (`JO-10`).
class TornRecordTest {
    private static final byte[] GENESIS = "street".getBytes(StandardCharsets.US_ASCII);
    private static final int SECTOR_BYTES = 512;
    private static final int BLOCKS = 5;

    /// Each so long that it has a sector of its own, wherever it begins.
    private static final int BUNDLE_BYTES = 2 * SECTOR_BYTES;

    private static final int RECORD_BYTES = 12 + 144 + 4 + 4 + BUNDLE_BYTES;

    @TempDir private Path folder;
    private Path segment = Path.of("");
    private byte[] sound = {};
    private final List<Block> blocks = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(1);
        try (Journal journal = open()) {
            for (int i = 1; i <= BLOCKS; i++) {
                byte[] bundle = new byte[BUNDLE_BYTES];
                random.nextBytes(bundle);
                Hash hash = Hash.of(new byte[Hash.LENGTH]);
                blocks.add(
                        new Block(
                                i,
                                i,
                                journal.lastHash(),
                                new Application.BlockResult(hash, hash),
                                List.of(bundle)));
                journal.append(blocks.getLast());
            }
        }
        segment = folder.resolve("blocks-00000001.journal");
        sound = Files.readAllBytes(segment);
        assertThat(sound).hasSize(88 + BLOCKS * RECORD_BYTES);
    }

    @Test
    void aSectorThatNeverCameIsCutOffInTheLastRecordAndRefusedInAnyOther() throws IOException {
        for (int sector = 1; sector < (sound.length + 511) / SECTOR_BYTES; sector++) {
            byte[] changed = sound.clone();
            int from = sector * SECTOR_BYTES;
            Arrays.fill(changed, from, Math.min(from + SECTOR_BYTES, sound.length), (byte) 0);
            if (from < start(BLOCKS)) {
                assertRefused(changed, (from - 88) / RECORD_BYTES + 1);
            } else {
                assertThat(heightAfter(changed)).isEqualTo(BLOCKS - 1);
            }
        }
    }

    @Test
    void theLastRecordIsCutOffWhereverItEnds() throws IOException {
        for (int length = start(BLOCKS) + 1; length < sound.length; length += 11) {
            assertThat(heightAfter(Arrays.copyOf(sound, length))).isEqualTo(BLOCKS - 1);
        }
    }

    /// A disk that writes the last record over an earlier one, and leaves zeros where it belongs:
    /// found wherever that is, also where all that is behind it is lost.
    @ParameterizedTest
    @ValueSource(ints = {SECTOR_BYTES, RECORD_BYTES})
    void aRecordWrittenOverAnEarlierOneIsRefusedWhicheverThatIs(int bytes) throws IOException {
        byte[] misplaced = Arrays.copyOfRange(sound, start(BLOCKS), start(BLOCKS) + bytes);
        for (int at = SECTOR_BYTES; at + SECTOR_BYTES <= start(BLOCKS); at += SECTOR_BYTES) {
            int hit = (at - 88) / RECORD_BYTES + 1;
            byte[] changed = Arrays.copyOf(Arrays.copyOf(sound, start(BLOCKS)), sound.length);
            int fitting = Math.min(bytes, start(BLOCKS) - at);
            System.arraycopy(misplaced, 0, changed, at, fitting);
            assertRefused(changed, hit);
            // The same where the record that was hit is the last whole one.
            if (at + fitting <= start(hit + 1)) {
                assertRefused(Arrays.copyOf(changed, start(hit + 1)), hit);
            }
        }
    }

    /// The limit: nothing tells a last record that was durable from one that was not.
    @Test
    void aLastRecordThatWasDurableAndLostASectorIsTakenForTorn() throws IOException {
        byte[] changed = sound.clone();
        int from = (start(BLOCKS) / SECTOR_BYTES + 1) * SECTOR_BYTES;
        Arrays.fill(changed, from, from + SECTOR_BYTES, (byte) 0);
        assertThat(heightAfter(changed)).isEqualTo(BLOCKS - 1);
    }

    @Test
    void whoCopiesWhileItGrowsIsToldOfDamageToo() throws IOException { // JO-33
        byte[] changed = sound.clone();
        Arrays.fill(changed, start(2), start(2) + 100, (byte) 0);
        assertRefused(changed, 2);
        assertThatThrownBy(() -> StableJournal.read(folder))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("byte " + start(2) + ": a record's length does not match")
                .hasMessageContaining("a later block begins at byte " + start(3));
        changed[start(2) - 1] ^= 1;
        assertRefused(changed, 1);
        assertThatThrownBy(() -> StableJournal.read(folder))
                .hasMessageContaining("a record does not match its checksum, and more follows it");
    }

    /// Above the height that is due, no higher than there is room for, and with a head that holds.
    @ParameterizedTest
    @CsvSource({
        "3, 148, 0, 0",
        "2, 148, 0, -1",
        "1, 148, 0, -1",
        "3000, 148, 0, -1",
        "-3, 148, 0, -1",
        "3, 147, 0, -1",
        "3, 16777216, 0, 0",
        "3, 16777217, 0, -1",
        "3, 148, 1, -1"
    })
    void theBeginningOfALaterRecordIsFound(long height, int length, int wrong, int found)
            throws IOException {
        ByteBuffer head = ByteBuffer.allocate(20).putInt(length).putInt(7);
        head.putInt(BlockRecord.checksum(head.array(), 0, 8) + wrong).putLong(height);
        for (int before : new int[] {0, 1, 19, 65_517, 65_520, 65_535, 65_536, 200_000}) {
            byte[] bytes = Arrays.copyOf(new byte[before], before + 40);
            head.rewind().get(bytes, before, 20);
            OptionalLong expected =
                    found < 0 ? OptionalLong.empty() : OptionalLong.of((long) before + found);
            assertThat(find(bytes, bytes.length)).as("after %d", before).isEqualTo(expected);
            assertThat(find(bytes, before + 20)).isEqualTo(expected);
            assertThat(find(bytes, before + 19)).isEmpty();
        }
    }

    private static OptionalLong find(byte[] bytes, long length) throws IOException {
        return LaterRecord.find(new ByteArrayInputStream(bytes), length, 2);
    }

    private void assertRefused(byte[] changed, int record) throws IOException {
        Files.write(segment, changed);
        assertThatThrownBy(() -> open().close())
                .isInstanceOfSatisfying(
                        JournalException.class,
                        damaged -> {
                            assertThat(damaged.file()).isEqualTo(segment);
                            assertThat(damaged.offset()).isEqualTo(start(record));
                        });
        assertThat(segment).hasBinaryContent(changed);
    }

    private long heightAfter(byte[] changed) throws IOException {
        Files.write(segment, changed);
        try (Journal journal = open()) {
            assertThat(Files.size(segment)).isEqualTo(start((int) journal.height() + 1));
            return journal.height();
        }
    }

    /// Where the record of a block begins [bytes].
    private static int start(int height) {
        return 88 + (height - 1) * RECORD_BYTES;
    }

    private Journal open() throws IOException {
        return Journal.open(new RealDisk(), folder, GENESIS, Journal.SEGMENT_BYTES);
    }
}
