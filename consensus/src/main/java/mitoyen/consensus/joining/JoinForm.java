package mitoyen.consensus.joining;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import mitoyen.consensus.Hash;

/// The form in which a ledger's beginning goes from node to node (`CE-13`): the headers of all
/// blocks up to one, that block, and the snapshot of the state after it, cut into chunks. The first
/// chunk is a table of the hashes of the others.
final class JoinForm {
    /// What the form is called in ABCI's snapshots.
    static final int FORMAT = 1;

    /// The length of every chunk behind the table but the last [bytes]: below the 16 MB that
    /// CometBFT lets a chunk have.
    static final int CHUNK_BYTES = 1 << 20;

    /// The most chunks behind the table: 16 GiB.
    static final int MOST_CHUNKS = 1 << 14;

    /// The length of what validators sign as the outcome (`CE-1`) [bytes].
    static final int ANCHOR_BYTES = Long.BYTES + Hash.LENGTH;

    private static final byte[] TAG = "mitoyen/join/1\n".getBytes(StandardCharsets.US_ASCII);

    private JoinForm() {}

    /// The hash of a chunk, as the table has it.
    static byte[] chunkHash(byte[] chunk) {
        return newSha256().digest(chunk);
    }

    /// The hash of the table: what the whole is named by.
    static byte[] tableHash(byte[] table) {
        MessageDigest digest = newSha256();
        digest.update(TAG);
        return digest.digest(table);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
