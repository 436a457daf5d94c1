package mitoyen.consensus.cometbft;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Misconduct;
import mitoyen.consensus.NotesApplication;
import mitoyen.consensus.SharedApplication;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.SnapshotContent;

/// Notes of one byte, shared by nodes: one of them nobody takes, one waits only once, and the only
/// validator loses its seat by the first evidence.
final class SharedNotes implements SnapshotApplication, SharedApplication {
    static final int BAD = 13;
    static final int ONCE = 14;

    private final NotesApplication notes = new NotesApplication();
    private final List<Misconduct> misconduct = new ArrayList<>();
    private int count;
    private int drafted;
    private OptionalLong belowMillis = OptionalLong.empty();

    /// How many bundles were committed beside the notices.
    int count() {
        return count;
    }

    List<Misconduct> misconduct() {
        return misconduct;
    }

    /// What was last said of the block below.
    OptionalLong belowMillis() {
        return belowMillis;
    }

    @Override
    public String ledger() {
        return "07";
    }

    @Override
    public SortedMap<String, Long> validators() {
        SortedMap<String, Long> validators = new TreeMap<>();
        if (misconduct.isEmpty()) {
            validators.put("ab".repeat(32), 3L);
        }
        return validators;
    }

    @Override
    public CompletableFuture<Verdict> check(byte[] bundle, boolean again) {
        boolean refused = bundle[0] == BAD || (again && bundle[0] == ONCE);
        return CompletableFuture.completedFuture(
                refused ? Verdict.refused("no") : Verdict.ADMITTED);
    }

    @Override
    public List<byte[]> select(
            long timeMillis, OptionalLong belowMillis, List<byte[]> waiting, long most) {
        this.belowMillis = belowMillis;
        return waiting.stream().filter(each -> each[0] != BAD).limit(most / 9).toList();
    }

    @Override
    public boolean accepts(long timeMillis, List<byte[]> bundles) {
        return bundles.stream().noneMatch(each -> each[0] == BAD);
    }

    @Override
    public byte[] notice(long engineHeight, List<Misconduct> found) {
        misconduct.addAll(found);
        return new byte[] {(byte) found.size(), (byte) engineHeight};
    }

    @Override
    public long engineHeight(byte[] notice) {
        return notice[1];
    }

    @Override
    public byte[] anchor(Optional<BlockHeader> last) {
        ByteBuffer anchor = ByteBuffer.allocate(Long.BYTES + Hash.LENGTH);
        last.ifPresent(header -> anchor.putLong(header.height()).put(header.hash().toBytes()));
        return anchor.array();
    }

    @Override
    public Hash appHash() {
        return notes.appHash();
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        drafted = bundles.size() - 1;
        return notes.finalizeBlock(height, timeMillis, bundles);
    }

    @Override
    public void commit() {
        count += drafted;
        notes.commit();
    }

    @Override
    public void writeSnapshot(OutputStream out) throws IOException {
        notes.writeSnapshot(out);
    }

    @Override
    public void readSnapshot(SnapshotContent content) throws IOException {
        notes.readSnapshot(content);
    }
}
