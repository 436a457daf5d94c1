package mitoyen.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a passphrase seals, and what it does not open (`JO-35`).
class SealedStreamTest {
    private static final String PASSPHRASE = "le caf\u00e9 du coin";

    @TempDir private Path folder;

    /// Made by another implementation, Python's `cryptography`.
    @Test
    void theBytesAreThoseOfTheSpecification() throws IOException { // JO-35
        byte[] golden =
                HexFormat.of()
                        .parseHex(
                                "4d49544f59454e4200000001000102030405060708090a0b0c0d0e0f34ff5192"
                                    + "85e44ad463122a243ebd9066869ad02b8075706c480e730977f9dc8a6aa87571"
                                    + "e5e4e78d1700b6b7");
        assertThat(sealed("readings".getBytes(StandardCharsets.US_ASCII))).isEqualTo(golden);
    }

    @Test
    void whatIsSealedOpensAtAnyLength() throws IOException {
        for (int length :
                new int[] {0, 1, SealedOutput.CHUNK_BYTES, 2 * SealedOutput.CHUNK_BYTES + 7}) {
            byte[] content = content(length);
            Path file = Files.write(folder.resolve("file"), sealed(content));
            assertThat(open(file, PASSPHRASE)).isEqualTo(content);
        }
    }

    @Test
    void anAccentCountsTheSameWhicheverWayItIsWritten() throws IOException { // JO-35
        Path file = Files.write(folder.resolve("file"), sealed(content(3)));
        assertThat(open(file, "le cafe\u0301 du coin")).isEqualTo(content(3));
        assertThatThrownBy(() -> open(file, "le cafe du coin"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("passphrase");
    }

    @Test
    void anyChangedByteIsNoticed() throws IOException {
        byte[] sound = sealed(content(5));
        for (int at = 0; at < sound.length; at++) {
            byte[] changed = sound.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Path file = Files.write(folder.resolve("file"), changed);
            assertThatThrownBy(() -> open(file, PASSPHRASE))
                    .as("byte %d", at)
                    .isInstanceOf(BackupException.class)
                    .hasMessageNotContaining("\n");
        }
        Path file = folder.resolve("file");
        for (int length = 0; length < sound.length; length += 9) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThatThrownBy(() -> open(file, PASSPHRASE)).isInstanceOf(BackupException.class);
        }
        Files.write(file, Arrays.copyOf(sound, sound.length + 1));
        assertThatThrownBy(() -> open(file, PASSPHRASE)).isInstanceOf(BackupException.class);
    }

    @Test
    void aChunkOpensInItsOwnPlaceOnly() throws IOException {
        byte[] sound = sealed(content(3 * SealedOutput.CHUNK_BYTES));
        int head = SealedOutput.HEADER_BYTES + BackupKey.TAG_BYTES;
        int chunk = SealedOutput.CHUNK_BYTES + BackupKey.TAG_BYTES;
        byte[] swapped = sound.clone();
        System.arraycopy(sound, head, swapped, head + chunk, chunk);
        System.arraycopy(sound, head + chunk, swapped, head, chunk);
        Path file = Files.write(folder.resolve("file"), swapped);
        assertThatThrownBy(() -> open(file, PASSPHRASE)).hasMessageContaining("part 1");
        Files.write(file, Arrays.copyOf(sound, head + 2 * chunk));
        assertThatThrownBy(() -> open(file, PASSPHRASE)).hasMessageContaining("part 2");
    }

    @Test
    void aChunkIsBoundToItsNumberAndToBeingTheLast() throws AEADBadTagException {
        BackupKey key = BackupKey.derive(PASSPHRASE, new byte[16], new byte[] {1});
        byte[] sealed = key.seal(4, false, content(10), 10);
        assertThat(key.open(4, false, sealed)).isEqualTo(content(10));
        assertThatThrownBy(() -> key.open(5, false, sealed))
                .isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> key.open(4, true, sealed)).isInstanceOf(AEADBadTagException.class);
    }

    private static byte[] sealed(byte[] content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        SealedOutput out = new SealedOutput(file, PASSPHRASE, new Counting());
        out.write(content);
        out.finish();
        return file.toByteArray();
    }

    private static byte[] open(Path file, String passphrase) throws IOException {
        try (SealedInput in = SealedInput.open(file, passphrase)) {
            return in.readAllBytes();
        }
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    /// Gives the salt 0, 1, 2 and so on.
    private static final class Counting extends SecureRandom {
        private static final long serialVersionUID = 1;

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
        }
    }
}
