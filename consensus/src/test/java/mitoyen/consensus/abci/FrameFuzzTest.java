package mitoyen.consensus.abci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import mitoyen.consensus.abci.wire.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/// Any bytes are requests that the handler can be asked, or are refused.
class FrameFuzzTest {
    private static final int LIMIT = 1 << 16;

    @Test
    void aStreamChangedAnywhereIsRequestsOrRefused() throws IOException {
        byte[] stream = everyRequest();
        int all = requestsIn(stream);
        int refused = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            byte[] changed = Arrays.copyOf(stream, stream.length - random.nextInt(3));
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            if (requestsIn(changed) < all) {
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 999);
    }

    /// Every request that there is, one behind the other.
    static byte[] everyRequest() throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (Arguments golden : WireTest.a_request_is_these_bytes().toList()) {
            if (golden.get()[1] instanceof Request request) {
                request.writeDelimitedTo(frames);
            }
        }
        return frames.toByteArray();
    }

    /// How many requests were read before the end or the first refusal; asks the handler each.
    static int requestsIn(byte[] stream) throws IOException {
        FrameReader reader = new FrameReader(new ByteArrayInputStream(stream), LIMIT);
        CountingHandler handler = new CountingHandler();
        int read = 0;
        try {
            Optional<Request> request = reader.read();
            while (request.isPresent()) {
                read++;
                Dispatch.ask(handler, request.get()).join();
                request = reader.read();
            }
        } catch (FrameException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
        return read;
    }
}
