package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.running.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a node answered is on its ledger at once, and in its tables a little later. While they are
/// behind, it does not say of anything that it is not there: whoever believed that would do it
/// again under another id.
class TablesBehindTest {
    @TempDir private Path folder;

    private NodeFixture node;

    @BeforeEach
    void start() throws Exception {
        node = new NodeFixture(folder, People.genesis(), 10_000, InstantSource.system());
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void whatTheTablesLackIsAskedForAgain() throws Exception {
        String first = accepted(node.people.open("ana"));
        assertThat(node.get(transaction(first)).statusCode()).isEqualTo(200);
        try (Connection other =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("node/views.sqlite"));
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            String second = accepted(node.people.open("bea"));

            assertBehind(transaction(second));
            assertBehind("/api/v1/proofs/transactions/" + second);
            assertBehind("/api/v1/blocks/2");
            assertThat(node.get(transaction(first)).statusCode()).isEqualTo(200);
            assertThat(node.get("/api/v1/blocks/1").statusCode()).isEqualTo(200);
            assertThat(node.get("/api/v1/blocks/3").statusCode()).isEqualTo(404);
            JsonNode bea = account("bea");
            assertThat(bea.path("height").asInt()).isEqualTo(2);
            assertThat(bea.path("transfersHeight").asInt()).isEqualTo(1);
            statement.execute("rollback");

            while (node.get(transaction(second)).statusCode() == 503) {
                Thread.sleep(100);
            }
            assertThat(node.get(transaction(second)).statusCode()).isEqualTo(200);
            assertThat(node.get("/api/v1/blocks/2").statusCode()).isEqualTo(200);
            assertThat(account("bea").path("transfersHeight").asInt()).isEqualTo(2);
        }
    }

    private void assertBehind(String path) throws Exception {
        HttpResponse<String> answer = node.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).as(path).isPresent();
        assertThat(NodeFixture.json(answer).path("name").asString()).isEqualTo("TABLES_BEHIND");
    }

    private String accepted(SignedTransaction transaction) throws Exception {
        JsonNode answer = NodeFixture.json(node.post(transaction.toBytes()));
        assertThat(answer.path("answer").asString()).isEqualTo("accepted");
        return answer.path("id").asString();
    }

    private JsonNode account(String name) throws Exception {
        return NodeFixture.json(node.get("/api/v1/accounts/" + People.account(name)));
    }

    private static String transaction(String id) {
        return "/api/v1/transactions/" + id;
    }
}
