package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.readings.Progress;
import mitoyen.node.running.Street;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementRequest;
import mitoyen.node.verify.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running node settles what is dropped into its inbox, between the other blocks, and what it
/// made verifies: on a ledger of its own, of version 2, and on one that `settle` made, of version
/// 1.
class NodeInboxTest {
    @TempDir private Path folder;

    @Test
    void aNewLedgerTakesACommunityInAndSettlesIt() throws Exception {
        Path street = folder.resolve("street");
        InboxFolder inbox = new InboxFolder(folder.resolve("in"));
        Beginning founded =
                new Beginning.Founded("rue", Optional.of("Europe/Paris"), Optional.of("EUR"));
        try (RunningNode node = start(street, founded)) {
            inbox.drop("community.yaml", InboxFolder.COMMUNITY);
            inbox.drop("a.csv", InboxFolder.readings("2025-06-01", "1.5"));
            InboxFolder.await(() -> inbox.settled().size() == 4);
            assertThat(node.height()).isEqualTo(3);
        }
        try (RunningNode node = start(street, new Beginning.Existing())) {
            assertThat(node.height()).isEqualTo(3);
            inbox.drop("b.csv", InboxFolder.readings("2025-06-02", "1.5"));
            InboxFolder.await(() -> inbox.settled().size() == 6);
            assertThat(node.height()).isGreaterThan(3);
        }
        assertThat(verified(street)).contains("settlements=recomputed");
    }

    @Test
    void aLedgerThatSettleMadeGoesOnInANode() throws Exception {
        Path street = folder.resolve("street");
        Path community = folder.resolve("community.yaml");
        Path readings = folder.resolve("a.csv");
        Files.writeString(community, InboxFolder.COMMUNITY);
        Files.writeString(readings, InboxFolder.readings("2025-06-01", "1.5"));
        Settlement.run(
                new SettlementRequest(
                        community, List.of(readings), street, false, false, false, 250),
                new RealDisk(),
                new SecureRandom(),
                Progress.NONE);
        InboxFolder inbox = new InboxFolder(folder.resolve("in"));
        try (RunningNode node = start(street, new Beginning.Existing())) {
            long before = node.height();
            assertThat(post(node, new Street(genesis(street)).found("solaire").toBytes()))
                    .contains("FOR_ANOTHER_VERSION");
            assertThat(node.height()).isEqualTo(before);
            inbox.drop("b.csv", InboxFolder.readings("2025-06-02", "1.5"));
            InboxFolder.await(() -> inbox.settled().size() == 2);
            assertThat(node.height()).isGreaterThan(before);
        }
        assertThat(verified(street)).contains("settlements=recomputed anchored=yes");
    }

    private static Genesis genesis(Path street) throws Exception {
        return Genesis.decode(JournalReader.findGenesis(street.resolve("ledger")).orElseThrow());
    }

    private static String post(RunningNode node, byte[] transaction) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(node.address().resolve("/api/v1/transactions"))
                            .header("Content-Type", "application/cbor")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(transaction))
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private RunningNode start(Path street, Beginning beginning) throws Exception {
        return NodeFixture.startWithInbox(street, beginning, folder.resolve("in"));
    }

    private static String verified(Path street) throws Exception {
        return Verification.run(street, Optional.empty(), new RealDisk(), Progress.NONE).toString();
    }
}
