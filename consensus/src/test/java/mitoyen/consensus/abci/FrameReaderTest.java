package mitoyen.consensus.abci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How requests follow each other in a stream.
class FrameReaderTest {
    private static final int LIMIT = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "02 12 00,          FLUSH",
        "06 0a 04 0a 02 68 69, ECHO",
        "82 80 80 80 00 12 00, FLUSH",
        "08 42 06 0a 02 61 62 10 01, CHECK_TX",
    })
    void a_frame_is_a_length_and_a_request(String frame, Request.ValueCase kind)
            throws IOException {
        FrameReader reader = reader(frame);
        assertThat(reader.read().orElseThrow().getValueCase()).isEqualTo(kind);
        assertThat(reader.read()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "00,                      a request of no kind that ABCI 2.0 has",
        "02 22 00,                a request of no kind that ABCI 2.0 has",
        "80,                      the stream ends within a length",
        "05 12 00,                the stream ends after 2 of 5 bytes",
        "81 80 40 12,             'a request of 1048577 bytes, where 1048576 are the limit'",
        "ff ff ff ff 0f,          'a request of 4294967295 bytes, where 1048576 are the limit'",
        "ff ff ff ff 7f,          'a request of 34359738367 bytes, where 1048576 are the limit'",
        "ff ff ff ff ff 01,       a length of more than 32 bits",
        "82 80 80 80 80 00 12 00, a length of more than 32 bits",
    })
    void what_is_no_frame_is_refused_with_a_reason(String frame, String why) {
        assertThatThrownBy(() -> reader(frame).read())
                .isInstanceOf(FrameException.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01 0a", "03 12 01 0b", "02 12 01", "03 17 12 00", "05 0a 03 0a 01 ff"})
    void what_is_no_request_is_refused(String frame) {
        assertThatThrownBy(() -> reader(frame).read())
                .isInstanceOf(FrameException.class)
                .hasMessageStartingWith("not a request: ");
    }

    @Test
    void a_request_of_the_limit_itself_is_read() throws IOException {
        // Two keys, and two lengths of three bytes.
        int head = 8;
        Request request = checkTx(new byte[LIMIT - head]);
        assertThat(request.getSerializedSize()).isEqualTo(LIMIT);
        assertThat(new FrameReader(stream(List.of(request)), LIMIT).read()).contains(request);
    }

    @Test
    void a_length_takes_no_more_memory_than_arrives() {
        // 100 MiB are announced and 3 bytes follow.
        Buffers in = new Buffers(HexFormat.of().parseHex("80808032" + "420108"));
        assertThatThrownBy(new FrameReader(in, 128 << 20)::read)
                .hasMessage("the stream ends after 3 of 104857600 bytes");
        assertThat(in.longest).isBetween(3, 1 << 16);
    }

    @Test
    void requests_of_any_size_follow_each_other() throws IOException {
        Random random = new Random(11);
        List<Request> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] tx = new byte[random.nextInt(i % 10 == 0 ? 200_000 : 300)];
            random.nextBytes(tx);
            sent.add(i % 7 == 0 ? AbciClient.FLUSH : checkTx(tx));
        }
        FrameReader reader = new FrameReader(stream(sent), LIMIT);
        List<Request> read = new ArrayList<>();
        Optional<Request> next = reader.read();
        while (next.isPresent()) {
            read.add(next.get());
            next = reader.read();
        }
        assertThat(read).isEqualTo(sent);
    }

    private static FrameReader reader(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new FrameReader(new ByteArrayInputStream(bytes), LIMIT);
    }

    private static ByteArrayInputStream stream(List<Request> requests) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (Request request : requests) {
            request.writeDelimitedTo(frames);
        }
        return new ByteArrayInputStream(frames.toByteArray());
    }

    private static Request checkTx(byte[] tx) {
        return Request.newBuilder()
                .setCheckTx(RequestCheckTx.newBuilder().setTx(ByteString.copyFrom(tx)))
                .build();
    }

    /// Remembers the longest buffer that somebody had ready for its bytes.
    private static final class Buffers extends ByteArrayInputStream {
        private int longest;

        Buffers(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            longest = Math.max(longest, buffer.length);
            return super.read(buffer, offset, length);
        }
    }
}
