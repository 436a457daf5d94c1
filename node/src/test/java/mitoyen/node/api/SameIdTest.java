package mitoyen.node.api;

import static mitoyen.node.api.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.ProofVerifier;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.proof.Verdict;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.client.Patience;
import mitoyen.node.running.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// LE-91: an id belongs to its sender, so two may use the same, and each asks for his own.
class SameIdTest {
    private static final TransactionId ID = new TransactionId(ByteString.of(new byte[16]));
    private static final String PATH = "/api/v1/transactions/" + ID;

    private NodeFixture node;
    private SignedTransaction ofAna;
    private SignedTransaction ofBea;

    @BeforeEach
    void twoUseTheSameId(@TempDir Path folder) throws Exception {
        node = new NodeFixture(folder, People.genesis(), 10_000, InstantSource.system());
        for (String name : List.of("ana", "bea")) {
            assertThat(node.post(node.people.open(name).toBytes()).statusCode()).isEqualTo(200);
        }
        ofAna = node.people.payUnder(ID, "ana", "bea", 5);
        ofBea = node.people.payUnder(ID, "bea", "ana", 7);
        for (SignedTransaction each : List.of(ofAna, ofBea)) {
            assertThat(json(node.post(each.toBytes())).path("id").asString())
                    .isEqualTo(ID.toString());
        }
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void eachFindsHisOwnByTheHashOfItsBytes() throws Exception {
        for (SignedTransaction each : List.of(ofAna, ofBea)) {
            JsonNode found = json(node.get(PATH + "?sent=" + sent(each)));
            assertThat(found.path("sent").asString()).isEqualTo(sent(each));
            String sender = found.at("/transaction/body/$cbor/sender").asString();
            String account = People.account(each.equals(ofAna) ? "ana" : "bea").bytes().toString();
            assertThat(sender).isEqualTo("0x" + account);
        }
        assertThat(json(node.get(PATH)).path("sent").asString()).isEqualTo(sent(ofBea));
        assertThat(node.get(PATH + "?sent=" + "0".repeat(64)).statusCode()).isEqualTo(404);
    }

    @Test
    void eachHasHisOwnReceiptProved() throws Exception {
        for (SignedTransaction each : List.of(ofAna, ofBea)) {
            JsonNode answer =
                    json(node.get("/api/v1/proofs/transactions/" + ID + "?sent=" + sent(each)));
            LogRoot root =
                    new LogRoot(
                            answer.path("height").asLong(),
                            Digest.parse(answer.path("root").asString()));
            byte[] proof = ByteString.parseHex(answer.path("proof").asString()).toBytes();
            assertThat(ProofVerifier.verify(proof, root))
                    .isInstanceOfSatisfying(
                            Verdict.Receipt.class,
                            receipt ->
                                    assertThat(receipt.receipt().toString()).contains(sent(each)));
        }
    }

    @Test
    void aClientGetsTheBytesThatItMeans() throws Exception {
        try (LedgerClient client =
                new LedgerClient(
                        URI.create(node.uri("/").toString()),
                        Patience.of(Duration.ofSeconds(20)))) {
            for (SignedTransaction each : List.of(ofAna, ofBea)) {
                assertThat(client.findTransaction(ID, Optional.of(Sha256.of(each.toBytes()))))
                        .hasValue(each.toBytes());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "00112233445566778899aabbccddeeff", "0x"})
    void aHashThatIsNoneIsRefused(String hash) throws Exception {
        for (String path : List.of(PATH, "/api/v1/proofs/transactions/" + ID)) {
            HttpResponse<String> answer = node.get(path + "?sent=" + hash);
            assertThat(json(answer).path("name").asString()).isEqualTo("PARAMETER_MALFORMED");
        }
    }

    private static String sent(SignedTransaction transaction) {
        return Sha256.of(transaction.toBytes()).toString();
    }
}
