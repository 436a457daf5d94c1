package mitoyen.node.api;

import static mitoyen.node.api.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.ProofVerifier;
import mitoyen.ledger.proof.Verdict;
import mitoyen.node.backup.Backup;
import mitoyen.node.readings.Progress;
import mitoyen.node.running.Keep;
import mitoyen.node.running.People;
import mitoyen.node.verify.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A node that keeps only the latest blocks, all by HTTP: what goes, what stays and is proved, and
/// what is checked, backed up and restored of it.
class PrunedNodeTest {
    private static final String ROOT = "/api/v1/";
    private static final String PASSPHRASE = "correct horse";

    @TempDir private Path folder;

    @Test
    void whatIsPrunedUnderLoadStaysProvenVerifiedAndRestorable() throws Exception { // JO-34, JO-38
        AtomicBoolean done = new AtomicBoolean();
        String first;
        LogRoot early;
        try (NodeFixture node = PrunedFolder.start(folder);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            PrunedFolder.open(node, "ana", "bea");
            first = PrunedFolder.pay(node, 1);
            early = root(node, 3);
            Future<Long> reader = threads.submit(() -> readUntil(done, node));
            Future<Integer> backups = threads.submit(() -> backUpUntil(done));
            try {
                PrunedFolder.pay(node, 150);
                PrunedFolder.awaitPruned(node, 100);
            } finally {
                done.set(true);
            }
            assertThat(reader.get()).isPositive();
            assertThat(backups.get()).isPositive();
        }
        assertThat(verify(Optional.empty()))
                .startsWith("OK blocks=153 ")
                .contains("settlements=absent anchored=no pruned=");
        assertThat(verify(Optional.of(early))).contains("anchored=yes");
        long keptFrom;
        try (NodeFixture node = PrunedFolder.startAsIs(folder)) {
            assertThat(node.node.height()).isEqualTo(153);
            keptFrom = PrunedFolder.keptFrom(node);
            assertThat(keptFrom).isBetween(101L, 143L);
            String last = PrunedFolder.pay(node, 1);
            assertGrown(node, early);
            assertGone(node, "blocks/1", 1);
            assertGone(node, "transactions/" + first, 3);
            assertGone(node, "proofs/transactions/" + first, 3);
            assertThat(node.get(ROOT + "blocks/" + keptFrom).statusCode()).isEqualTo(200);
            assertThat(node.get(ROOT + "proofs/transactions/" + last).statusCode()).isEqualTo(200);
            assertThat(balance(node, "bea")).isEqualTo("1520000");
            assertThat(json(node.get(ROOT + "blocks?from=1&limit=1")).at("/blocks/0/height"))
                    .hasToString("1");
        }
    }

    @Test
    void aRestoredNodeGoesOnFromWhereItWasAndTellsWhatIsKept() throws Exception { // JO-36, JO-37
        try (NodeFixture node = PrunedFolder.startPruned(folder)) {
            assertThat(node.node.height()).isEqualTo(40);
            backUp("node", "b");
        }
        String restored = restore("b", folder.resolve("other").resolve("node"));
        assertThat(restored).isEqualTo(verify(Optional.empty())).contains(" pruned=");
        try (NodeFixture node = PrunedFolder.start(folder.resolve("other"))) {
            assertThat(node.node.height()).isEqualTo(40);
            PrunedFolder.pay(node, 12);
            PrunedFolder.awaitPruned(node, 35);
            assertGone(node, "blocks/20", 20);
            assertThat(balance(node, "bea")).isEqualTo("500000");
            assertThat(node.get(ROOT + "blocks/51").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void eventsThatArePrunedAreNotPassedOverInSilence() throws Exception {
        try (NodeFixture node = PrunedFolder.startPruned(folder)) {
            long keptFrom = PrunedFolder.keptFrom(node);
            HttpResponse<String> gone = node.get(ROOT + "events?after=0.0");
            assertThat(gone.statusCode()).isEqualTo(410);
            assertThat(json(gone).path("name").asString()).isEqualTo("EVENTS_PRUNED");
            assertThat(json(gone).path("detail").asString())
                    .contains("from " + (keptFrom - 1) + ".999999999 on");
            assertThat(
                            node.get(ROOT + "events?after=" + (keptFrom - 1) + ".999999998")
                                    .statusCode())
                    .isEqualTo(410);
        }
    }

    @Test
    void whatNobodyEverSentIsNotSaidToBePruned() throws Exception {
        try (NodeFixture node = PrunedFolder.startPruned(folder)) {
            HttpResponse<String> unknown = node.get(ROOT + "transactions/" + "00".repeat(16));
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(json(unknown).path("detail").asString()).contains("is not kept");
            assertThat(node.get(ROOT + "blocks/0").statusCode()).isEqualTo(404);
            assertThat(node.get(ROOT + "blocks/41").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void tablesThatWereLostBeginWithWhatIsKept() throws Exception {
        PrunedFolder.startPruned(folder).close();
        deleteTables();
        try (NodeFixture node = PrunedFolder.startAsIs(folder)) {
            String last = PrunedFolder.pay(node, 1);
            long keptFrom = PrunedFolder.keptFrom(node);
            assertThat(keptFrom).isBetween(21L, 36L);
            assertThat(node.get(ROOT + "blocks/" + keptFrom).statusCode()).isEqualTo(200);
            assertGone(node, "blocks/" + (keptFrom - 1), keptFrom - 1);
            assertThat(node.get(ROOT + "transactions/" + last).statusCode()).isEqualTo(200);
            JsonNode blocks = json(node.get(ROOT + "blocks?limit=2"));
            assertThat(blocks.at("/blocks/0/height").asLong()).isEqualTo(keptFrom - 1);
            assertThat(blocks.at("/blocks/0").has("transactionCount")).isFalse();
            assertThat(blocks.at("/blocks/1/transactionCount").asInt()).isEqualTo(1);
        }
    }

    @Test
    void tablesThatLieBehindWhatWasPrunedAreRefusedWithTheRemedy() throws Exception {
        try (NodeFixture node = PrunedFolder.start(folder)) {
            PrunedFolder.open(node, "ana", "bea");
        }
        Path tables = folder.resolve("node/views.sqlite");
        byte[] old = Files.readAllBytes(tables);
        try (NodeFixture node = PrunedFolder.start(folder)) {
            PrunedFolder.pay(node, 38);
            PrunedFolder.awaitPruned(node, 20);
        }
        deleteTables();
        Files.write(tables, old);
        assertThatThrownBy(() -> PrunedFolder.start(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("views.sqlite: ends at block 2, and the blocks below ")
                .hasMessageContaining("or remove it");
        assertThat(Files.readAllBytes(tables)).isEqualTo(old);
        deleteTables();
        try (NodeFixture node = PrunedFolder.start(folder)) {
            assertThat(node.node.height()).isEqualTo(40);
        }
    }

    @Test
    void allBlocksStayWhereNothingElseIsSaid() throws Exception {
        try (NodeFixture node = PrunedFolder.startAsIs(folder)) {
            PrunedFolder.open(node, "ana", "bea");
            PrunedFolder.pay(node, 38);
            assertThat(PrunedFolder.keptFrom(node)).isEqualTo(1);
        }
        assertThat(verify(Optional.empty())).endsWith("anchored=no").doesNotContain("pruned");
        try (NodeFixture node = PrunedFolder.start(folder, new Keep.Days(1))) {
            PrunedFolder.pay(node, 10);
            assertThat(node.get(ROOT + "blocks/1").statusCode()).isEqualTo(200);
        }
        try (NodeFixture node = PrunedFolder.start(folder)) {
            PrunedFolder.awaitPruned(node, 20);
            assertGone(node, "blocks/1", 1);
        }
    }

    @Test
    void whateverIsAlteredOfAPrunedFolderIsFound() throws Exception { // JO-39
        PrunedFolder.startPruned(folder).close();
        assertThat(verify(Optional.empty())).contains(" pruned=");
        Random random = new Random(7);
        for (String part : List.of("ledger", "snapshots")) {
            for (Path file : files(part)) {
                byte[] sound = Files.readAllBytes(file);
                for (int i = 0; i < 8; i++) {
                    byte[] altered = sound.clone();
                    altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
                    Files.write(file, altered);
                    assertThatThrownBy(() -> verify(Optional.empty()))
                            .as("%s, alteration %d", file, i)
                            .isInstanceOf(IOException.class);
                }
                Files.write(file, sound);
            }
        }
        assertThat(verify(Optional.empty())).contains(" pruned=");
    }

    @Test
    void asMuchIsExecutedAsTheOldestSnapshotAllows() throws Exception { // JO-39
        PrunedFolder.startPruned(folder).close();
        SnapshotFolder snapshots = new SnapshotFolder(folder.resolve("node/snapshots"));
        List<Long> heights = snapshots.listHeights();
        assertThat(heights).hasSize(2);
        Path older = snapshots.file(heights.getFirst());
        Path newer = snapshots.file(heights.getLast());
        // A busy node may leave one out.
        String sinceOlder = " executed=" + (40 - heights.getFirst());
        String sinceNewer = " executed=" + (40 - heights.getLast());
        assertThat(verify(Optional.empty())).endsWith(sinceOlder);
        byte[] content = Files.readAllBytes(older);
        Files.delete(older);
        assertThat(verify(Optional.empty())).endsWith(sinceNewer);
        Files.write(older, content);
        Files.delete(newer);
        assertThat(verify(Optional.empty())).endsWith(sinceOlder);
        Files.delete(older);
        assertThatThrownBy(() -> verify(Optional.empty()))
                .hasMessageContaining("were pruned, and no snapshot stands for them");
        assertThatThrownBy(() -> backUp("node", "none"))
                .hasMessageContaining("no snapshot stands for the blocks below ");
    }

    @Test
    void aRootOfNoBlockIsNoAnchorOfAPrunedLedger() throws Exception {
        PrunedFolder.startPruned(folder).close();
        LogRoot other = new LogRoot(3, Digest.of(new byte[32]));
        assertThatThrownBy(() -> verify(Optional.of(other)))
                .hasMessageContaining("is that of no block");
    }

    /// Looks blocks up until it is told to stop: each is there whole, or gone with a proof.
    private static long readUntil(AtomicBoolean done, NodeFixture node) throws Exception {
        Random random = new Random(1);
        long gone = 0;
        while (!done.get() || gone == 0) {
            long height = random.nextLong(1, 1 + node.node.height());
            HttpResponse<String> answer = node.get(ROOT + "blocks/" + height);
            if (answer.statusCode() == 200) {
                assertThat(json(answer).path("transactions").size())
                        .isEqualTo(json(answer).path("transactionCount").asInt());
            } else {
                assertProven(answer, height);
                gone++;
            }
        }
        return gone;
    }

    /// Backs the folder up until told to stop; the last one restores.
    private int backUpUntil(AtomicBoolean done) throws Exception {
        int count = 0;
        while (!done.get()) {
            backUp("node", "under-load");
            count++;
        }
        assertThat(restore("under-load", folder.resolve("restored"))).startsWith("OK blocks=");
        return count;
    }

    private static void assertGone(NodeFixture node, String path, long height) throws Exception {
        assertProven(node.get(ROOT + path), height);
    }

    private static void assertProven(HttpResponse<String> answer, long height) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(410);
        JsonNode problem = json(answer);
        assertThat(problem.path("name").asString()).isEqualTo("BLOCK_PRUNED");
        assertThat(problem.at("/block/height").asLong()).isEqualTo(height);
        assertThat(problem.path("keptFrom").asLong()).isGreaterThan(height);
        List<Digest> path = new ArrayList<>();
        problem.at("/proof/path").forEach(each -> path.add(Digest.parse(each.asString())));
        BlockProof proof =
                new BlockProof(ByteString.parseHex(problem.at("/proof/header").asString()), path);
        assertThat(proof.height()).isEqualTo(height);
        assertThat(proof.stateRoot()).hasToString(problem.at("/block/stateRoot").asString());
        LogRoot root =
                new LogRoot(
                        problem.at("/proof/height").asLong(),
                        Digest.parse(problem.at("/proof/root").asString()));
        assertThat(proof.proves(root)).isTrue();
    }

    /// The ledger of now begins with that of a root that somebody kept of a block that is gone.
    private static void assertGrown(NodeFixture node, LogRoot early) throws Exception {
        JsonNode growth = json(node.get(ROOT + "proofs/growth?from=" + early.size()));
        LogRoot later =
                new LogRoot(
                        growth.path("height").asLong(),
                        Digest.parse(growth.path("root").asString()));
        byte[] proof = ByteString.parseHex(growth.path("proof").asString()).toBytes();
        assertThat(later.size()).isEqualTo(node.node.height());
        assertThat(ProofVerifier.verifyGrowth(proof, early, later))
                .isEqualTo(new Verdict.Grown(early.size(), later.size()));
    }

    private static LogRoot root(NodeFixture node, long height) throws Exception {
        JsonNode growth = json(node.get(ROOT + "proofs/growth?to=" + height));
        return new LogRoot(height, Digest.parse(growth.path("root").asString()));
    }

    private static String balance(NodeFixture node, String name) throws Exception {
        return json(node.get(ROOT + "accounts/" + People.account(name)))
                .at("/balances/0/credits")
                .asString();
    }

    private String verify(Optional<LogRoot> root) throws IOException {
        return Verification.run(
                        folder.resolve("node"),
                        root.map(kept -> Hash.of(kept.root().toBytes())),
                        new RealDisk(),
                        Progress.NONE)
                .toString();
    }

    private void backUp(String of, String name) throws IOException {
        Backup.write(
                folder.resolve(of),
                folder.resolve(name + ".backup"),
                PASSPHRASE,
                new RealDisk(),
                new SecureRandom(),
                Progress.NONE);
    }

    private String restore(String name, Path into) throws IOException {
        Files.createDirectories(into.getParent());
        return Backup.restore(
                        folder.resolve(name + ".backup"),
                        into,
                        PASSPHRASE,
                        new RealDisk(),
                        Progress.NONE)
                .toString();
    }

    private void deleteTables() throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve("node/views.sqlite" + suffix));
        }
    }

    private List<Path> files(String part) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("node").resolve(part))) {
            return all.sorted().toList();
        }
    }
}
