package mitoyen.consensus;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// A state that keeps every bundle that was ever ordered, so that its snapshots grow.
public final class NotesApplication implements SnapshotApplication {
    private List<byte[]> notes = new ArrayList<>();
    private List<byte[]> draft = notes;
    private int executed;
    private boolean forgetful;

    /// How many blocks this one has executed.
    public int executed() {
        return executed;
    }

    /// Makes it read its own snapshots wrong.
    public NotesApplication forgetful() {
        forgetful = true;
        return this;
    }

    @Override
    public Hash appHash() {
        return hash(notes);
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        executed++;
        draft = new ArrayList<>(notes);
        draft.addAll(bundles);
        return new BlockResult(hash(draft), hash(bundles));
    }

    @Override
    public void commit() {
        notes = draft;
    }

    @Override
    public void writeSnapshot(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(notes.size());
        for (byte[] note : notes) {
            data.writeInt(note.length);
            data.write(note);
        }
    }

    @Override
    public void readSnapshot(SnapshotContent content) throws IOException {
        DataInputStream data = new DataInputStream(content.stream());
        List<byte[]> read = new ArrayList<>();
        for (int count = data.readInt(); count > 0; count--) {
            read.add(data.readNBytes(data.readInt()));
        }
        if (forgetful) {
            read.removeLast();
        }
        notes = read;
    }

    private static Hash hash(List<byte[]> notes) {
        MessageDigest digest = sha256();
        for (byte[] note : notes) {
            digest.update(sha256().digest(note));
        }
        return Hash.of(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
