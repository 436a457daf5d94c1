package mitoyen.simulator.settlement;

import java.util.Arrays;

/// The bytes of a file, compared by value.
final class Content {
    private final byte[] bytes;

    Content(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes #" + Integer.toHexString(hashCode());
    }
}
