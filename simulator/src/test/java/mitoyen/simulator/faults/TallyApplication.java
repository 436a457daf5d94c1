package mitoyen.simulator.faults;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.SnapshotContent;

/// A state that is the hash of all that was ever ordered, with height and time.
final class TallyApplication implements SnapshotApplication {
    private Hash state = Hash.of(new byte[Hash.LENGTH]);
    private Hash draft = state;

    @Override
    public Hash appHash() {
        return state;
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        MessageDigest digest = sha256();
        digest.update(state.toBytes());
        digest.update((height + "@" + timeMillis).getBytes(StandardCharsets.US_ASCII));
        bundles.forEach(digest::update);
        draft = Hash.of(digest.digest());
        return new BlockResult(draft, Hash.of(sha256().digest(draft.toBytes())));
    }

    @Override
    public void commit() {
        state = draft;
    }

    @Override
    public void writeSnapshot(OutputStream out) throws IOException {
        out.write(state.toBytes());
    }

    @Override
    public void readSnapshot(SnapshotContent content) throws IOException {
        if (content.length() != Hash.LENGTH) {
            throw new EOFException("a state of " + content.length() + " bytes");
        }
        state = Hash.of(content.read(0, Hash.LENGTH));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
