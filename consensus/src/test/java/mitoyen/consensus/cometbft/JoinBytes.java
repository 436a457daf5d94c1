package mitoyen.consensus.cometbft;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mitoyen.consensus.Block;

/// A ledger's beginning as `CE-13` has it, made here from the specification: honestly, or by
/// somebody who makes all hashes fit what he made up.
final class JoinBytes {
    static final int CHUNK = 1 << 20;

    private JoinBytes() {}

    /// Headers, the last block and a snapshot's file, one behind the other.
    static byte[] content(List<Block> blocks, byte[] snapshot) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        blocks.forEach(block -> content.writeBytes(block.header()));
        Block last = blocks.getLast();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(last.header());
        payload.writeBytes(number(last.bundles().size()));
        for (byte[] bundle : last.bundles()) {
            payload.writeBytes(number(bundle.length));
            payload.writeBytes(bundle);
        }
        content.writeBytes(number(payload.size()));
        content.writeBytes(payload.toByteArray());
        content.writeBytes(snapshot);
        return content.toByteArray();
    }

    /// The table and the parts.
    static List<byte[]> chunks(byte[] content) {
        List<byte[]> chunks = new ArrayList<>();
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += CHUNK) {
            byte[] chunk = Arrays.copyOfRange(content, at, Math.min(content.length, at + CHUNK));
            table.writeBytes(sha256().digest(chunk));
            chunks.add(chunk);
        }
        chunks.addFirst(table.toByteArray());
        return chunks;
    }

    /// The name of what has this table.
    static byte[] hash(byte[] table) {
        MessageDigest digest = sha256();
        digest.update("mitoyen/join/1\n".getBytes(StandardCharsets.US_ASCII));
        return digest.digest(table);
    }

    /// The same with one bit of a byte changed.
    static ByteString flip(ByteString bytes, int at) {
        byte[] flipped = bytes.toByteArray();
        flipped[at] ^= 1;
        return ByteString.copyFrom(flipped);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
