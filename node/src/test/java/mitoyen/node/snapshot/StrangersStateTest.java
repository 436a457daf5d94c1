package mitoyen.node.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotContent;
import mitoyen.ledger.machine.State;
import mitoyen.node.running.JoiningLedger;
import mitoyen.node.running.People;
import org.junit.jupiter.api.Test;

/// CE-15: a state that a stranger sent, whose checksums and hashes of chunks all fit what he sent.
final class StrangersStateTest {
    private final JoiningLedger joining = new JoiningLedger(People.genesis());

    @Test
    void anHonestOneIsTaken() throws IOException {
        joining.check(new ArrayContent(written()), hash());
    }

    /// There is no byte that does not count.
    @Test
    void oneWrongByteAnywhereIsFound() throws IOException {
        byte[] written = written();
        Random chance = new Random(20_261_126);
        for (int at = 0; at < written.length; at++) {
            byte[] forged = written.clone();
            int bit = chance.nextInt(8);
            forged[at] ^= (byte) (1 << bit);
            assertRefused(forged, "bit " + bit + " of byte " + at);
        }
    }

    @Test
    void whatIsLongerOrShorterIsFound() throws IOException {
        byte[] written = written();
        for (int length = 0; length <= written.length + 40; length++) {
            if (length != written.length) {
                assertRefused(Arrays.copyOf(written, length), length + " bytes");
            }
        }
    }

    /// What validators signed is compared with what the state says of itself before any of its maps
    /// is looked at, whatever they may hold.
    @Test
    void ofOneOfAnotherRootNoMapIsRead() throws IOException {
        byte[] written = written();
        int end = written.length - Integer.BYTES;
        int maps = end - ByteBuffer.wrap(written).getInt(end);
        Watched content = new Watched(written, 12, maps);
        Hash signed = Hash.of(new byte[Hash.LENGTH]);
        assertThatThrownBy(() -> joining.check(content, signed))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a state of root " + hash() + ", not " + signed);
        assertThat(content.isRead).isFalse();
        joining.check(content, hash());
        assertThat(content.isRead).isTrue();
    }

    @Test
    void oneOfTheFirstFormIsNotTaken() throws IOException {
        byte[] older = StateStreamTest.written(StateStreamTest.someState());
        assertThatThrownBy(() -> joining.check(new ArrayContent(older), hash()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("first form");
    }

    private void assertRefused(byte[] forged, String what) {
        try {
            joining.check(new ArrayContent(forged), hash());
        } catch (IOException | RuntimeException refused) {
            assertThat(refused).as(what).hasMessageMatching("(?s).*\\S.*");
            return;
        }
        throw new AssertionError(what + " was taken");
    }

    /// A content of which it is seen whether some of it is read.
    private static final class Watched implements SnapshotContent {
        private final ArrayContent content;
        private final long from;
        private final long to;
        private boolean isRead;

        Watched(byte[] bytes, long from, long to) {
            this.content = new ArrayContent(bytes);
            this.from = from;
            this.to = to;
        }

        @Override
        public String name() {
            return content.name();
        }

        @Override
        public long length() {
            return content.length();
        }

        @Override
        public byte[] read(long at, int length) {
            isRead |= at < to && at + length > from;
            return content.read(at, length);
        }

        @Override
        public void copyTo(long begin, long end, OutputStream out) throws IOException {
            content.copyTo(begin, end, out);
        }
    }

    private static Hash hash() {
        return Hash.of(StateStreamTest.someState().root().toBytes());
    }

    private static byte[] written() throws IOException {
        State state = StateStreamTest.someState();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StateFile.write(state, out);
        return out.toByteArray();
    }
}
