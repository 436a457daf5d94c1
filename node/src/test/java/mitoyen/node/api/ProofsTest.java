package mitoyen.node.api;

import static mitoyen.node.api.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import mitoyen.ledger.account.Account;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.ProofVerifier;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.proof.Verdict;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.running.People;
import mitoyen.node.running.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Version 2 and proofs through a running node, all by HTTP; the proofs are those of LE-160 to
/// LE-168.
class ProofsTest {
    private static final String ROOT = "/api/v1/";
    private static final InstantSource CLOCK = InstantSource.system();
    private static final long MINUTE_MILLIS = 60_000;

    @TempDir private Path folder;

    @Test
    void aLedgerOfVersion2ProvesItsBalancesBeforeAndAfterARestartFromASnapshot() throws Exception {
        Proven before;
        try (NodeFixture node = new NodeFixture(folder, People.genesis(), 2, CLOCK)) {
            accepted(node, node.people.open("ana"));
            accepted(node, node.people.open("bea"));
            assertThat(account(node, "ana").path("balances").size()).isZero();
            assertThat(account(node, "ana").at("/signers/0/weight").asInt()).isEqualTo(1);
            accepted(node, node.people.pay("ana", "bea", 1_250));

            before = balance(node, "bea");
            assertThat(before.trusted.size()).isEqualTo(3);
            assertThat(held(before).balance()).isEqualTo(new Amount(12_500_000));
            assertThat(verify(balance(node, "carl"))).isInstanceOf(Verdict.Absent.class);
        }
        assertThat(snapshots()).isNotEmpty();
        try (NodeFixture node = new NodeFixture(folder, People.genesis(), 2, CLOCK)) {
            Proven after = balance(node, "bea");
            assertThat(after).isEqualTo(before);

            accepted(node, node.people.pay("ana", "bea", 50));
            Proven later = balance(node, "bea");
            assertThat(held(later).balance()).isEqualTo(new Amount(13_000_000));
            JsonNode growth = json(node.get(ROOT + "proofs/growth?from=3"));
            assertThat(ProofVerifier.verifyGrowth(bytes(growth), before.trusted, later.trusted))
                    .isEqualTo(new Verdict.Grown(3, 4));
            assertThat(growth.path("fromRoot").asString())
                    .isEqualTo(before.trusted.root().toString());
            assertThat(ProofVerifier.verify(later.bytes.toBytes(), before.trusted))
                    .isEqualTo(new Verdict.Refused(Verdict.Reason.HEIGHT));
        }
    }

    @Test
    void whatIsReservedExpiresWhileNobodySendsAndItsTimerHasAReceiptOfItsOwn() throws Exception {
        AtomicLong now = new AtomicLong(System.currentTimeMillis());
        try (NodeFixture node =
                new NodeFixture(
                        folder, People.genesis(), 10_000, () -> Instant.ofEpochMilli(now.get()))) {
            accepted(node, node.people.open("ana"));
            accepted(node, node.people.open("bea"));
            // So often the node looks at its clock, whatever that says.
            long expires = now.get() + 1_500;
            SignedTransaction reserve = node.people.reserve("ana", "bea", 2_000, expires);
            String id = accepted(node, reserve);
            String hold = ROOT + "holds/" + People.hold(reserve, node.genesis);
            JsonNode shown = json(node.get(hold));
            assertThat(shown.path("amount").asString()).isEqualTo("20000000");
            assertThat(shown.path("expiresMillis").asLong()).isEqualTo(expires);
            assertThat(shown.path("arbiter").asString())
                    .isEqualTo(People.account("founder").toString());
            assertThat(account(node, "ana").at("/balances/0/pendingDebits").asString())
                    .isEqualTo("20000000");

            now.set(expires);
            HttpResponse<String> gone = node.get(hold);
            for (long end = System.nanoTime() + 60_000_000_000L; gone.statusCode() == 200; ) {
                assertThat(System.nanoTime()).as("the hold is still there").isLessThan(end);
                Thread.onSpinWait();
                gone = node.get(hold);
            }
            assertThat(json(gone).path("name").asString()).isEqualTo("HOLD_UNKNOWN");
            assertThat(node.node.height()).isEqualTo(4);
            assertThat(account(node, "ana").at("/balances/0/pendingDebits").asString())
                    .isEqualTo("0");
            assertThat(receipt(node, id, reserve).height()).isEqualTo(3);
        }
    }

    @Test
    void theReceiptOfATransactionStandsBehindThoseOfTimers() throws Exception {
        AtomicLong now = new AtomicLong(System.currentTimeMillis());
        try (NodeFixture node =
                new NodeFixture(
                        folder, People.genesis(), 9, () -> Instant.ofEpochMilli(now.get()))) {
            accepted(node, node.people.open("ana"));
            accepted(node, node.people.open("bea"));
            long reserved;
            SignedTransaction paid;
            String id;
            // The node may see the clock jump before the payment comes, and make a block for it.
            int rounds = 0;
            do {
                assertThat(rounds++).isLessThan(20);
                accepted(node, node.people.reserve("ana", "bea", 100, now.get() + MINUTE_MILLIS));
                reserved = node.node.height();
                now.addAndGet(2 * MINUTE_MILLIS);
                paid = node.people.pay("ana", "bea", 5);
                id = accepted(node, paid);
            } while (node.node.height() > reserved + 1);

            assertThat(account(node, "ana").at("/balances/0/pendingDebits").asString())
                    .isEqualTo("0");
            assertThat(receipt(node, id, paid).height()).isEqualTo(reserved + 1);
        }
    }

    /// The log of blocks keeps what 64 blocks and more come to, and reads the headers of fewer.
    @Test
    void aLongLedgerProvesItsFirstBlocksAndItsLastAlsoAfterARestart() throws Exception {
        int blocks = 70;
        List<LogRoot> roots = new ArrayList<>();
        List<SignedTransaction> payments = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (NodeFixture node = new NodeFixture(folder, People.genesis(), 10_000, CLOCK)) {
            accepted(node, node.people.open("ana"));
            accepted(node, node.people.open("bea"));
            while (roots.size() < blocks) {
                payments.add(node.people.pay("ana", "bea", 1));
                ids.add(accepted(node, payments.getLast()));
                roots.add(balance(node, "bea").trusted);
            }
        }
        try (NodeFixture node = new NodeFixture(folder, People.genesis(), 10_000, CLOCK)) {
            LogRoot last = balance(node, "bea").trusted;
            assertThat(last).isEqualTo(roots.getLast());
            for (int i : List.of(0, 1, 29, 60, 61, 62, 63, blocks - 1)) {
                assertThat(receipt(node, ids.get(i), payments.get(i)).height()).isEqualTo(i + 3);
                JsonNode growth = json(node.get(ROOT + "proofs/growth?from=" + (i + 3)));
                assertThat(ProofVerifier.verifyGrowth(bytes(growth), roots.get(i), last))
                        .isEqualTo(new Verdict.Grown(i + 3, last.size()));
            }
        }
    }

    @Test
    void aLedgerOfVersion1GoesOnWithTheRulesOfVersion2() throws Exception {
        try (NodeFixture node = new NodeFixture(folder, Street.genesis(), 2, CLOCK)) {
            SignedTransaction founding = node.street.found("solaire");
            accepted(node, founding);
            assertThat(node.post(node.people.open("ana").toBytes()).statusCode()).isEqualTo(400);
            accepted(node, node.people.activate(3));
            accepted(node, node.people.createEuros());
            assertThat(node.post(node.street.settle("solaire", 0).toBytes()).statusCode())
                    .isBetween(400, 422);
            accepted(node, node.people.open("ana"));
            accepted(node, node.people.open("bea"));
            accepted(node, node.people.pay("ana", "bea", 7));
            assertThat(held(balance(node, "ana")).balance()).isEqualTo(new Amount(-70_000));
            assertThat(receipt(node, Street.id("found solaire"), founding).height()).isEqualTo(1);
        }
        try (NodeFixture node = new NodeFixture(folder, Street.genesis(), 2, CLOCK)) {
            accepted(node, node.people.pay("bea", "ana", 7));
            assertThat(held(balance(node, "ana")).balance()).isEqualTo(Amount.ZERO);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "proofs/entries/energy/communities/736f6c61697265, Held",
        "proofs/entries/energy/communities/6e6f6e65,       Absent",
        "proofs/entries/account/holders/00,                Absent",
        "proofs/entries/timers/00,                         Absent",
    })
    void anyPartProvesWhatItHoldsAndWhatItDoesNot(String path, String verdict) throws Exception {
        try (NodeFixture node = new NodeFixture(folder)) {
            assertThat(json(node.get(ROOT + path)).path("name").asString())
                    .isEqualTo("NOTHING_PROVED");
            accepted(node, node.street.found("solaire"));

            Verdict proved = verify(Proven.of(json(node.get(ROOT + path))));

            assertThat(proved.getClass().getSimpleName()).isEqualTo(verdict);
        }
    }

    @Test
    void aProofInCborIsTheSameBytes() throws Exception {
        try (NodeFixture node = new NodeFixture(folder)) {
            accepted(node, node.street.found("solaire"));
            String path = ROOT + "proofs/transactions/" + Street.id("found solaire");
            HttpRequest request = node.request(path, "Accept", "application/cbor").build();
            HttpResponse<byte[]> answer = node.sendForBytes(request);

            assertThat(answer.headers().firstValue("Content-Type")).contains("application/cbor");
            assertThat(answer.body()).isEqualTo(bytes(json(node.get(path))));
        }
    }

    /// A proof and what the node says that it leads to.
    private record Proven(ByteString bytes, LogRoot trusted) {
        static Proven of(JsonNode answer) {
            return new Proven(
                    ByteString.of(ProofsTest.bytes(answer)),
                    new LogRoot(
                            answer.path("height").asLong(),
                            Digest.parse(answer.path("root").asString())));
        }
    }

    /// Sends a transaction, which is accepted; its id.
    private static String accepted(NodeFixture node, SignedTransaction transaction)
            throws Exception {
        HttpResponse<String> answer = node.post(transaction.toBytes());
        assertThat(json(answer).path("answer").asString()).as(answer.body()).isEqualTo("accepted");
        return json(answer).path("id").asString();
    }

    private static JsonNode account(NodeFixture node, String name) throws Exception {
        return json(node.get(ROOT + "accounts/" + People.account(name)));
    }

    private static Proven balance(NodeFixture node, String name) throws Exception {
        AccountId id = People.account(name);
        return Proven.of(json(node.get(ROOT + "proofs/accounts/" + id + "/EUR")));
    }

    private static Account held(Proven proven) throws Exception {
        Verdict.Held held = (Verdict.Held) verify(proven);
        assertThat(held.part()).isEqualTo("accounts");
        return Account.fromCbor(held.value().toBytes());
    }

    /// What is proved of a transaction's receipt, which names the bytes that were sent.
    private static Verdict.Receipt receipt(NodeFixture node, String id, SignedTransaction sent)
            throws Exception {
        Proven proven = Proven.of(json(node.get(ROOT + "proofs/transactions/" + id)));
        Verdict.Receipt receipt = (Verdict.Receipt) verify(proven);
        assertThat(receipt.receipt().toString()).contains(sent(sent));
        return receipt;
    }

    private static String sent(SignedTransaction transaction) {
        return Sha256.of(transaction.toBytes()).toString();
    }

    private static Verdict verify(Proven proven) {
        return ProofVerifier.verify(proven.bytes.toBytes(), proven.trusted);
    }

    private static byte[] bytes(JsonNode answer) {
        return ByteString.parseHex(answer.path("proof").asString()).toBytes();
    }

    private List<Path> snapshots() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("node").resolve("snapshots"))) {
            return files.toList();
        }
    }
}
