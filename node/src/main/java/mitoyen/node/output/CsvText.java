package mitoyen.node.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text built as bytes: a year of a street is seven million lines.
///
/// A line is written with its place in a variable, between [#room] and [#end]: as a field, every
/// write would wait for the one before.
public final class CsvText {
    private byte[] bytes;
    private int length;

    /// Takes over memory, whatever is in it; more than it holds takes a copy.
    CsvText(byte[] memory) {
        this.bytes = memory;
    }

    /// A text that is given.
    static CsvText of(String ascii) {
        CsvText text = new CsvText(ascii(ascii));
        text.length = text.bytes.length;
        return text;
    }

    /// Writes what was built.
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// The memory it lies in, with room for more: the next byte goes to [#length].
    ///
    /// @param more how many bytes may be written before [#end] is called
    byte[] room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
        return bytes;
    }

    /// How much of the memory is text [bytes].
    int length() {
        return length;
    }

    /// Takes what was written into the memory as text, up to here.
    void end(int at) {
        length = at;
    }
}
