package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.views.EventPosition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    private NodeFixture node;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        node = new NodeFixture(folder);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    @Test
    void whatHappensIsToldInOrderAndFromWhereAReaderBrokeOff() throws Exception {
        node.post(node.street.found("solaire").toBytes());
        // By a stream it would not be seen: whoever left one counts until he is sent something.
        InboxFolder.await(() -> viewHeight() == 1);
        try (Stream live = new Stream("")) {
            live.readLine();
            for (int day = 0; day < 20; day++) {
                node.post(node.street.settle("solaire", day).toBytes());
            }
            node.post(node.street.settle("nobody", 0).toBytes());
            List<String> told = live.read(41);

            assertThat(told.getFirst()).startsWith("2.0 transaction.accepted {\"id\":");
            assertThat(told.get(1)).startsWith("2.1 energy.day-settled {\"community\":\"solaire\"");
            assertThat(told.getLast()).startsWith("22.0 transaction.rejected");
            assertThat(told.stream().map(EventsTest::position)).isSorted();

            try (Stream again = new Stream("Last-Event-ID: 0.0\r\n")) {
                assertThat(again.read(43).subList(2, 43)).isEqualTo(told);
            }
        }
        try (Stream again = new Stream("Last-Event-ID: 11.0\r\n")) {
            assertThat(again.read(22).getFirst()).startsWith("11.1 energy.day-settled");
        }
    }

    @Test
    void thereAreOnlySoManyStreams() throws Exception {
        try (Stream one = new Stream("");
                Stream two = new Stream("");
                Stream three = new Stream("")) {
            one.readLine();
            two.readLine();
            three.readLine();
            HttpResponse<String> fourth = node.get("/api/v1/events");
            assertThat(fourth.statusCode()).isEqualTo(503);
            assertThat(NodeFixture.json(fourth).path("name").asString())
                    .isEqualTo("TOO_MANY_STREAMS");
        }
    }

    @Test
    void aReaderThatDoesNotReadIsDroppedAndNobodyWaitsForHim(@TempDir Path other) throws Exception {
        node.close();
        node = new NodeFixture(other, NodeFixture.limits(3));
        node.post(node.street.found("solaire").toBytes());
        try (Stream slow = new Stream("Last-Event-ID: 0.0\r\n", 1 << 12);
                Stream good = new Stream("")) {
            slow.readLine();
            good.readLine();
            int day = 0;
            while (open(slow) && day < 20_000) {
                for (int i = 0; i < 50; i++) {
                    node.post(node.street.settle("solaire", day++).toBytes());
                }
                good.read(100);
            }
            assertThat(day).isLessThan(20_000);
        }
    }

    private long viewHeight() {
        try {
            return NodeFixture.json(node.get("/api/v1/status")).path("viewHeight").asLong();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Whether the server still writes to a stream: its socket is not reset.
    private boolean open(Stream stream) {
        try {
            stream.socket.getOutputStream().write('\n');
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    private static EventPosition position(String told) {
        return EventPosition.find(told.split(" ", 2)[0]).orElseThrow();
    }

    /// A reader of server-sent events, on a socket of its own.
    private final class Stream implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader in;

        Stream(String header) throws IOException {
            this(header, 1 << 16);
        }

        Stream(String header, int receiveBytes) throws IOException {
            socket.setReceiveBufferSize(receiveBytes);
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), node.uri("/").getPort()));
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            ("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n"
                                            + "Accept: text/event-stream\r\n"
                                            + header
                                            + "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /// The next events, each as id, type and data in a line.
        List<String> read(int count) throws IOException {
            List<String> events = new ArrayList<>();
            String id = "";
            String type = "";
            while (events.size() < count) {
                String line = readLine();
                if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    type = line.substring(6).strip();
                } else if (line.startsWith("data:") && !type.equals("heartbeat")) {
                    events.add(id + " " + type + " " + line.substring(5).strip());
                }
            }
            return events;
        }

        String readLine() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the stream ended");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
