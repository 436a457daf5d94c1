package mitoyen.consensus.abci;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import mitoyen.consensus.abci.wire.Request;

/// Requests from a stream: each is its length as a varint, then its bytes.
final class FrameReader {
    /// A varint of 32 bits, 7 in a byte.
    private static final int LENGTH_BYTES = 5;

    private final InputStream in;
    private final int maxBytes;

    /// @param in read byte by byte: buffered
    /// @param maxBytes the longest request that is read
    FrameReader(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /// The next request, whose byte strings share one copy of its bytes; empty at the end of the
    /// stream.
    ///
    /// @throws FrameException if the bytes are no request, or one that is too long or cut off
    Optional<Request> read() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int length = length(first);
        // Takes no more memory than what has arrived, whatever the length says.
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new FrameException(
                    "the stream ends after " + frame.length + " of " + length + " bytes");
        }
        CodedInputStream bytes = UnsafeByteOperations.unsafeWrap(frame).newCodedInput();
        bytes.enableAliasing(true);
        try {
            Request request = Request.parseFrom(bytes);
            if (request.getValueCase() == Request.ValueCase.VALUE_NOT_SET) {
                throw new FrameException("a request of no kind that ABCI 2.0 has");
            }
            return Optional.of(request);
        } catch (InvalidProtocolBufferException malformed) {
            throw new FrameException("not a request: " + malformed.getMessage(), malformed);
        }
    }

    private int length(int first) throws IOException {
        long length = first & 0x7f;
        int next = first;
        for (int read = 1; (next & 0x80) != 0; read++) {
            next = in.read();
            if (next < 0) {
                throw new FrameException("the stream ends within a length");
            }
            if (read == LENGTH_BYTES) {
                throw new FrameException("a length of more than 32 bits");
            }
            length |= (long) (next & 0x7f) << (7 * read);
        }
        if (length > maxBytes) {
            throw new FrameException(
                    "a request of " + length + " bytes, where " + maxBytes + " are the limit");
        }
        return (int) length;
    }
}
