package mitoyen.node.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import mitoyen.consensus.SnapshotContent;

/// A snapshot's content in an array; what is changed in it is damage that no checksum sees.
public final class ArrayContent implements SnapshotContent {
    private final byte[] bytes;

    /// @param bytes not copied
    public ArrayContent(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public String name() {
        return "an array";
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public byte[] read(long at, int length) {
        return Arrays.copyOfRange(bytes, (int) at, Math.toIntExact(at + length));
    }

    @Override
    public void copyTo(long from, long to, OutputStream out) throws IOException {
        out.write(bytes, (int) from, (int) (to - from));
    }
}
