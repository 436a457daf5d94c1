package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests that begin, and never end.
final class SlowRequestsTest {
    private static final int MOST_TRIES = 200;
    private static final int BETWEEN_MILLIS = 100;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing at all              | ''                                  | ''
                    the first line bit by bit   | GET /                               | a
                    nothing more of the headers | GET / HTTP/1.1~Host: a~             | ''
                    a header now and then       | GET / HTTP/1.1~Host: a~             | A: b~
                    nothing more of the body    | POST / HTTP/1.1~Host: a~Content-Length: 1000~~ | ''
                    a byte of it now and then   | POST / HTTP/1.1~Host: a~Content-Length: 1000~~ | a
                    a chunk of it now and then  | POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~~ | 1~a~
                    """)
    void aRequestThatDoesNotArriveInTimeLosesItsConnection(
            String what, String beginning, String more) throws Exception {
        ApiServer.Routes routes =
                routing ->
                        routing.post(
                                "/",
                                (request, response) ->
                                        response.send(
                                                request.content().inputStream().readAllBytes()));
        try (ApiServer server = NodeFixture.serve(10_000, NodeFixture.limits(1), routes);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(BETWEEN_MILLIS);
            send(socket, beginning);
            int tries = 0;
            while (tries < MOST_TRIES && isOpen(socket)) {
                tries++;
                send(socket, more);
            }

            assertThat(tries).as(what).isLessThan(MOST_TRIES);
        }
    }

    private static void send(Socket socket, String text) {
        try {
            byte[] bytes = text.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(bytes);
        } catch (IOException dropped) {
            // What is read next says so.
        }
    }

    private static boolean isOpen(Socket socket) {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException dropped) {
            return false;
        }
    }
}
