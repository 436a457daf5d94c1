package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Strangers who send large bodies, and never the end of one.
final class ArrivingBodiesTest {
    private static final int BODY_BYTES = 1 << 16;
    private static final int ROOM_BYTES = 4 * BODY_BYTES;
    private static final int SENDERS = 10;

    @Test
    void bodiesThatAreStillArrivingHaveNoMoreRoomThanTheLimitTogether() throws Exception {
        SentBody bodies = new SentBody(BODY_BYTES, ROOM_BYTES);
        ApiServer.Routes routes =
                routing ->
                        routing.post(
                                "/",
                                (request, response) ->
                                        bodies.read(request, response)
                                                .ifPresent(
                                                        body -> response.send(body.length + "")));
        try (ApiServer server = NodeFixture.serve(3 * BODY_BYTES, routes)) {
            List<Socket> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                senders.add(sendAllButTheLastByte(server.port()));
            }
            int busy = 0;
            for (Socket sender : senders) {
                busy += isToldToComeAgain(sender) ? 1 : 0;
                sender.close();
            }

            assertThat(busy).isBetween(SENDERS - ROOM_BYTES / BODY_BYTES, SENDERS - 1);
            assertThat(send(server.address("127.0.0.1"))).isEqualTo("" + BODY_BYTES);
        }
    }

    private static Socket sendAllButTheLastByte(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(500);
        String head =
                String.join(
                        "\r\n",
                        "POST / HTTP/1.1",
                        "Host: a",
                        "Content-Type: application/cbor",
                        "Content-Length: " + BODY_BYTES,
                        "",
                        "");
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(new byte[BODY_BYTES - 1]);
        return socket;
    }

    private static boolean isToldToComeAgain(Socket socket) throws IOException {
        try {
            byte[] told = socket.getInputStream().readNBytes(12);
            return new String(told, StandardCharsets.US_ASCII).equals("HTTP/1.1 503");
        } catch (SocketTimeoutException | SocketException withoutAnAnswer) {
            return false;
        }
    }

    /// What is answered to a whole body, once there is room for it again.
    private static String send(URI server) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(server)
                        .header("Content-Type", "application/cbor")
                        .POST(BodyPublishers.ofByteArray(new byte[BODY_BYTES]))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer = "503";
            while (answer.contains("503")) {
                answer = client.send(request, BodyHandlers.ofString()).body();
            }
            return answer;
        }
    }
}
