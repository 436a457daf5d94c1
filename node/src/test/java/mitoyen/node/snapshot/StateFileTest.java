package mitoyen.node.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.SnapshotContent;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.snapshot.Chain;
import mitoyen.consensus.snapshot.Snapshots;
import mitoyen.ledger.account.AccountState;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.DamagedBytesException;
import mitoyen.ledger.quantity.Amount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// LE-195 in a file: what is opened, what is written again, and what is said where it is damaged.
final class StateFileTest {
    @TempDir private Path folder;

    @Test
    void whatWasWrittenIsOpenedAndWrittenAgain() throws IOException {
        State state = StateStreamTest.someState();
        byte[] written = written(state);
        StateFile.Opened opened = StateFile.open(new ArrayContent(written));
        assertThat(opened.lyingIn()).contains("an array");
        assertThat(opened.state().root()).isEqualTo(state.root());
        opened.scan();
        assertThat(written(opened.state())).isEqualTo(written);
    }

    /// As an older program wrote it, a state is read as a whole and nothing of it is left to scan.
    @Test
    void anOlderStateIsOpenedToo() throws IOException {
        State state = StateStreamTest.someState();
        StateFile.Opened opened = StateFile.open(new ArrayContent(StateStreamTest.written(state)));
        assertThat(opened.lyingIn()).isEmpty();
        assertThat(written(opened.state())).isEqualTo(written(state));
    }

    @Test
    void whatIsNoStateIsRefused() {
        for (byte[] none : List.of(new byte[0], new byte[] {1, 2, 3}, new byte[400])) {
            assertThatIOException()
                    .isThrownBy(() -> StateFile.open(new ArrayContent(none)))
                    .withMessageContaining("not a ledger's state");
        }
        byte[] cut = written(StateStreamTest.someState());
        byte[] half = Arrays.copyOf(cut, cut.length / 2);
        assertThatIOException().isThrownBy(() -> StateFile.open(new ArrayContent(half)));
    }

    /// A sum that does not fit the accounts: nothing but the scan can see it.
    @Test
    void aWrongSumIsFoundByTheScan() throws IOException {
        byte[] written = written(StateStreamTest.someState());
        // Of the only asset, 9 went and came, and 5 is pending.
        int at = indexOf(written, new byte[] {0x63, 'E', 'U', 'R', 0x09, 0x09, 0x05, 0x05});
        written[at + 4] = 0x0a;
        StateFile.Opened opened = StateFile.open(new ArrayContent(written));
        assertThat(opened.state().root()).isEqualTo(StateStreamTest.someState().root());
        assertThatThrownBy(opened::scan)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the running sums of EUR");
    }

    /// A disk that changes a byte after the start: what is read is held against its hash, what is
    /// copied into the next snapshot against its checksum.
    @Test
    void aByteThatChangesLaterIsNeitherUsedNorCopied() throws IOException {
        State state = StateStreamTest.someState();
        Holder holder = new Holder(state);
        Snapshots snapshots = new Snapshots(new RealDisk(), folder, HASH, holder);
        BlockHeader block = new BlockHeader(1, 1, HASH, HASH, holder.appHash(), HASH);
        snapshots.take(block, chain(block));
        assertThat(snapshots.restore(chain(block))).isEqualTo(1);
        Path file = folder.resolve("snapshot-00000001.snapshot");
        byte[] bytes = Files.readAllBytes(file);
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(192 + 40);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (bytes[232] ^ 1)}));
        }
        assertThatIOException()
                .isThrownBy(() -> snapshots.take(block, chain(block)))
                .withMessageContaining("snapshot-00000001.snapshot")
                .withMessageContaining("does not match its checksum");
        assertThatThrownBy(holder.opened::scan)
                .isInstanceOf(DamagedBytesException.class)
                .hasMessageContaining("snapshot-00000001.snapshot");
    }

    @Test
    void aDiskThatIsFullIsSaid() {
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        throw new IOException("no space left");
                    }
                };
        assertThatIOException()
                .isThrownBy(() -> StateFile.write(StateStreamTest.someState(), full))
                .withMessageContaining("no space left");
    }

    /// More assets than anybody reads again: nothing is written that would be no snapshot.
    @Test
    void aStateThatNobodyCouldReadAgainIsNotWritten() {
        Accounts.Totals nothing =
                new Accounts.Totals(Amount.ZERO, Amount.ZERO, Amount.ZERO, Amount.ZERO);
        SortedMap<Asset, Accounts.Totals> assets = new TreeMap<>();
        for (int i = 0; i <= 1 << 20; i++) {
            assets.put(new Asset("A" + i), nothing);
        }
        AccountState none = State.INITIAL.account();
        State state = State.INITIAL.with(none.with(Accounts.of(none.balances().entries(), assets)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatIOException()
                .isThrownBy(() -> StateFile.write(state, out))
                .withMessageContaining("1048577 assets are more than a snapshot has room for");
        assertThat(out.size()).isZero();
    }

    private static final Hash HASH = Hash.of(new byte[Hash.LENGTH]);

    private static byte[] written(State state) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            StateFile.write(state, out);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at <= bytes.length - part.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("not there");
    }

    private static Chain chain(BlockHeader block) {
        return new Chain() {
            @Override
            public long firstHeight() {
                return 1;
            }

            @Override
            public Optional<BlockHeader> findHeader(long height) {
                return height == block.height() ? Optional.of(block) : Optional.empty();
            }
        };
    }

    private static final class Holder implements SnapshotApplication {
        private StateFile.Opened opened;

        Holder(State state) {
            this.opened = new StateFile.Opened(state, Optional.empty());
        }

        @Override
        public Hash appHash() {
            return Hash.of(opened.state().root().toBytes());
        }

        @Override
        public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
            throw new IllegalStateException();
        }

        @Override
        public void commit() {
            throw new IllegalStateException();
        }

        @Override
        public void writeSnapshot(OutputStream out) throws IOException {
            StateFile.write(opened.state(), out);
        }

        @Override
        public void readSnapshot(SnapshotContent content) throws IOException {
            opened = StateFile.open(content);
        }
    }
}
