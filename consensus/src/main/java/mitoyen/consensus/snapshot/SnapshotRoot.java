package mitoyen.consensus.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import mitoyen.consensus.Hash;

/// The hashes of a snapshot (`JO-25`): one a chunk, and one over them and the header.
final class SnapshotRoot {
    private final MessageDigest root = Hash.sha256();

    SnapshotRoot(SnapshotHeader header) {
        root.update(
                "mitoyen/snapshot/%d\n"
                        .formatted(header.version())
                        .getBytes(StandardCharsets.US_ASCII));
        root.update(header.encode());
    }

    /// The hash of a chunk, which is read to its end, entered into the root.
    Hash add(ByteBuffer chunk) {
        MessageDigest digest = Hash.sha256();
        digest.update(chunk);
        byte[] hash = digest.digest();
        root.update(hash);
        return Hash.of(hash);
    }

    /// The root over what was added; to be asked for once.
    Hash finish() {
        return Hash.of(root.digest());
    }
}
