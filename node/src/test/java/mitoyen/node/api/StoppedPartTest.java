package mitoyen.node.api;

import static mitoyen.node.api.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.disk.ForwardingDisk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.inbox.InboxFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A part of a node that a fault of the program ended is not missed in silence.
final class StoppedPartTest {
    private static final Beginning FOUNDED =
            new Beginning.Founded("rue", Optional.of("Europe/Paris"), Optional.of("EUR"));

    @TempDir private Path folder;

    @Test
    void anInboxThatStoppedIsToldByHealthWhileTheLedgerGoesOn() throws Exception {
        Path in = folder.resolve("in");
        try (RunningNode node =
                NodeFixture.startWithInbox(folder.resolve("street"), FOUNDED, in, new Faulty())) {
            assertThat(get(node, ApiPaths.LIVE).body()).isEqualTo("{\"status\":\"UP\"}");

            new InboxFolder(in).drop("wrong.csv", "what is this?");

            InboxFolder.await(() -> get(node, ApiPaths.LIVE).statusCode() == 503);
            assertThat(json(get(node, ApiPaths.LIVE)).at("/stopped/0").asString())
                    .isEqualTo("inbox");
            assertThat(get(node, ApiPaths.READY).statusCode()).isEqualTo(200);
        }
    }

    /// Whoever else has the tables keeps them from being written, as a full disk does.
    @Test
    void tablesThatCannotBeWrittenAreToldByHealthUntilTheyCan() throws Exception {
        try (NodeFixture fixture = new NodeFixture(folder)) {
            RunningNode node = fixture.node;
            assertThat(get(node, ApiPaths.LIVE).body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(get(node, ApiPaths.METRICS).body()).contains("mitoyen_degraded 0.0");
            Path tables = folder.resolve("node/views.sqlite");
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + tables);
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                fixture.post(fixture.street.found("solaire").toBytes());
                InboxFolder.await(() -> json(get(node, ApiPaths.LIVE)).has("degraded"));
                for (String path : List.of(ApiPaths.LIVE, ApiPaths.READY)) {
                    HttpResponse<String> health = get(node, path);
                    assertThat(health.statusCode()).isEqualTo(200);
                    assertThat(json(health).at("/status").asString()).isEqualTo("UP");
                    assertThat(json(health).at("/degraded/views").asString())
                            .startsWith(tables + ": ");
                }
                assertThat(get(node, ApiPaths.METRICS).body()).contains("mitoyen_degraded 1.0");
            }
            InboxFolder.await(() -> !json(get(node, ApiPaths.LIVE)).has("degraded"));
            assertThat(json(get(node, ApiPaths.STATUS)).at("/viewHeight").asLong()).isEqualTo(1);
        }
    }

    private static HttpResponse<String> get(RunningNode node, String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(node.address().resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Fails as no disk should where a note is written beside a file.
    private static final class Faulty extends ForwardingDisk {
        Faulty() {
            super(new RealDisk());
        }

        @Override
        public Replacement replacementPrivate(Path file) throws IOException {
            if (file.toString().endsWith(".txt")) {
                throw new IllegalStateException("a fault of the program");
            }
            return super.replacementPrivate(file);
        }
    }
}
