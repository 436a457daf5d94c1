package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.client.Answer;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.client.Patience;
import mitoyen.node.running.Keep;
import mitoyen.node.running.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A payment was accepted and its answer lost; what the command kept of it is sent again days
/// later, when its id is forgotten (LE-94). "It is done once, however often it is sent" (cli.md).
class ResentAfterDaysTest {
    private static final TransactionId ID = new TransactionId(ByteString.of(new byte[16]));

    @Test
    void isNotSaidToBeMadeAnew(@TempDir Path folder) throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (NodeFixture node = new NodeFixture(folder, People.genesis(), 10_000, now::get);
                LedgerClient client =
                        new LedgerClient(node.uri("/"), Patience.of(Duration.ofSeconds(5)))) {
            for (String name : List.of("ana", "bea")) {
                assertThat(node.post(node.people.open(name).toBytes()).statusCode()).isEqualTo(200);
            }
            SignedTransaction payment = node.people.payUnder(ID, "ana", "bea", 5);
            assertThat(client.submit(payment.toBytes(), ID)).isInstanceOf(Answer.Accepted.class);
            assertThat(client.submit(payment.toBytes(), ID)).isInstanceOf(Answer.Exists.class);

            now.set(now.get().plus(Duration.ofDays(2)));
            assertThat(client.submit(payment.toBytes(), ID))
                    .isInstanceOfAny(Answer.Accepted.class, Answer.Exists.class);
        }
    }

    @Test
    void isNotSaidToBeRefusedWhereItsBlockWasPruned(@TempDir Path folder) throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (NodeFixture node =
                        new NodeFixture(
                                folder,
                                People.genesis(),
                                PrunedFolder.SNAPSHOT_BLOCKS,
                                new Keep.Blocks(10),
                                PrunedFolder.SEGMENT_BYTES,
                                now::get);
                LedgerClient client =
                        new LedgerClient(node.uri("/"), Patience.of(Duration.ofSeconds(5)))) {
            PrunedFolder.open(node, "ana", "bea");
            SignedTransaction payment = node.people.payUnder(ID, "ana", "bea", 5);
            assertThat(client.submit(payment.toBytes(), ID)).isInstanceOf(Answer.Accepted.class);
            PrunedFolder.pay(node, 38);
            PrunedFolder.awaitPruned(node, 20);

            now.set(now.get().plus(Duration.ofDays(2)));
            assertThat(client.submit(payment.toBytes(), ID)).isInstanceOf(Answer.Unknown.class);
        }
    }
}
