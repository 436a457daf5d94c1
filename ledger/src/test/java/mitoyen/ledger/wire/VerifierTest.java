package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.ledger.proof.Sha256;
import org.junit.jupiter.api.Test;

/// LE-52, LE-54, LE-60 and LE-70 to LE-74: from bytes to a verified transaction, or the first
/// reason against them.
final class VerifierTest {
    private static final String FOUNDING = "founder founds solaire";
    private static final SignerKey SMALL_ORDER =
            new SignerKey(ByteString.parseHex("01" + "00".repeat(31)));

    private final LedgerScript ledger = new LedgerScript();

    @Test
    void whatIsRefusedWhateverItAsksForIsRefusedByPrecedence() {
        Digest other = Sha256.of();
        Transaction valid = transaction(ledger.genesis.hash(), 1, FOUNDING);
        SignedTransaction signed = SignedTransaction.sign(valid, LedgerScript.seed("founder"));
        SignedTransaction unsigned = broken(signed);

        assertThat(answer(new byte[] {(byte) 0x81})).isEqualTo("BUNDLE_MALFORMED");
        assertThat(answer(new byte[ledger.genesis.parameters().bundleBytes() + 1]))
                .isEqualTo("BUNDLE_MALFORMED");
        assertThat(sent(new byte[ledger.genesis.parameters().transactionBytes() + 1]))
                .isEqualTo("TOO_LARGE");
        assertThat(sent(Arrays.copyOf(signed.toBytes(), signed.toBytes().length - 1)))
                .isEqualTo("MALFORMED");
        assertThat(sent(new SignedTransaction(ByteString.of(new byte[1]), List.of()).toBytes()))
                .isEqualTo("MALFORMED");
        assertThat(sent(broken(sign(transaction(other, 2, FOUNDING))).toBytes()))
                .isEqualTo("FOR_ANOTHER_LEDGER");
        assertThat(sent(broken(sign(transaction(ledger.genesis.hash(), 2, FOUNDING))).toBytes()))
                .isEqualTo("FOR_ANOTHER_VERSION");
        assertThat(sent(broken(sign(registering(SMALL_ORDER))).toBytes())).isEqualTo("KEY_INVALID");
        assertThat(sent(unsigned.toBytes())).isEqualTo("SIGNATURE_INVALID");
        assertThat(sent(signed.toBytes())).isEqualTo("accepted");
        assertThat(
                        sent(
                                sign(transaction(
                                                ledger.genesis.hash(),
                                                1,
                                                "x claims solaire 2025-10"))
                                        .toBytes()))
                .isEqualTo("ID_TAKEN");
        // A reason that came later stands where its turn is, and has the next free number.
        assertThat(IntStream.rangeClosed(1, TransactionRejection.values().length).boxed())
                .containsExactlyInAnyOrderElementsOf(
                        List.of(TransactionRejection.values()).stream()
                                .map(TransactionRejection::number)
                                .toList());
    }

    /// LE-54: a retry does nothing twice, also when others signed it too.
    @Test
    void theSameContentUnderTheSameIdExists() {
        assertThat(ledger.run(FOUNDING + " id=one")).isEqualTo("accepted");
        State after = ledger.state();
        assertThat(ledger.run(FOUNDING + " id=one")).isEqualTo("exists");
        SignedTransaction again =
                SignedTransaction.sign(
                        transactionOf(ledger.signed(FOUNDING + " id=one")),
                        LedgerScript.seed("founder"),
                        LedgerScript.seed("witness"));
        assertThat(again.signatures()).hasSize(2);
        assertThat(sent(again.toBytes())).isEqualTo("exists");
        assertThat(ledger.run("founder founds lunaire id=one")).isEqualTo("ID_TAKEN");
        assertThat(ledger.state().root()).isEqualTo(after.root());
        assertThat(ledger.run(FOUNDING + " id=two")).isEqualTo("COMMUNITY_EXISTS");
        assertThat(ledger.run(FOUNDING + " id=two"))
                .as("a refused id is not taken")
                .isEqualTo("COMMUNITY_EXISTS");
    }

    /// LE-70.
    @Test
    void signaturesAreByStrictlyRisingKey() {
        SignedTransaction signed =
                SignedTransaction.sign(
                        transaction(ledger.genesis.hash(), 1, FOUNDING),
                        LedgerScript.seed("founder"),
                        LedgerScript.seed("witness"));
        List<SignedTransaction.Signature> both = signed.signatures();
        List<SignedTransaction.Signature> twice = List.of(both.getFirst(), both.getFirst());
        assertThat(sent(new SignedTransaction(signed.body(), both.reversed()).toBytes()))
                .isEqualTo("MALFORMED");
        assertThat(sent(new SignedTransaction(signed.body(), twice).toBytes()))
                .isEqualTo("MALFORMED");
        assertThat(sent(signed.toBytes())).isEqualTo("accepted");
    }

    @Test
    void anyChangedByteOfASignedTransactionIsRefused() {
        Verifier verifier = new Verifier(ledger.genesis);
        for (String line :
                List.of(
                        FOUNDING,
                        "settler settles solaire 2025-10-01 supersedes=a0",
                        "settler claims solaire 2025-10 ana=1.00 bea=-1.00")) {
            byte[] bytes = ledger.signed(line).toBytes();
            assertThat(verifier.verify(bytes)).isInstanceOf(Verifier.Verification.Verified.class);
            for (int at = 0; at < bytes.length; at++) {
                for (int change : new int[] {1 << at % 8, 0xff}) {
                    byte[] changed = bytes.clone();
                    changed[at] ^= (byte) change;
                    assertThat(verifier.verify(changed))
                            .as("%s: byte %d of %d", line, at, bytes.length)
                            .isInstanceOf(Verifier.Verification.Refused.class);
                }
            }
        }
    }

    /// LE-57, LE-61 and LE-62.
    @Test
    void oneMalformedTransactionSpoilsOnlyItself() {
        Bundle good = Bundle.of(List.of(ledger.signed(FOUNDING)));
        Bundle mixed = new Bundle(List.of(ByteString.of(new byte[3]), good.transactions().get(0)));
        var sealed = ledger.execute(List.of(new byte[0], mixed.toBytes(), good.toBytes()));
        assertThat(sealed.outcomes())
                .extracting(outcome -> outcome.receipt().getClass().getSimpleName())
                .containsExactly("Rejected", "Rejected", "Accepted", "Exists");
        assertThat(sealed.outcomes())
                .extracting(outcome -> LedgerScript.sent(outcome.receipt()))
                .containsExactly(
                        Sha256.of(),
                        Sha256.of(new byte[3]),
                        Sha256.of(good.transactions().getFirst().toBytes()),
                        Sha256.of(good.transactions().getFirst().toBytes()));
        assertThat(sealed.outcomes())
                .extracting(outcome -> outcome.events().size())
                .containsExactly(0, 0, 2, 0);
        assertThat(sealed.receiptsRoot())
                .isEqualTo(
                        MerkleTree.root(
                                sealed.outcomes().stream()
                                        .map(outcome -> outcome.receipt().toBytes())
                                        .map(MerkleTree::leafHash)
                                        .toList()));
    }

    /// LE-51.
    @Test
    void aBundleKeepsItsLimit() {
        int most = ledger.genesis.parameters().bundleTransactions();
        byte[] full = bundleOf(most);
        byte[] over = bundleOf(most + 1);
        assertThat(ledger.execute(List.of(full)).outcomes()).hasSize(most);
        assertThat(ledger.execute(List.of(over)).outcomes()).hasSize(1);
    }

    @Test
    void aTransactionWithoutSignaturesIsRefusedByWhoNeedsOne() {
        SignedTransaction none = new SignedTransaction(ledger.signed(FOUNDING).body(), List.of());
        assertThat(sent(none.toBytes())).isEqualTo("NOT_SIGNED_BY_FOUNDER");
    }

    private static byte[] bundleOf(int transactions) {
        CborWriter writer = new CborWriter().array(transactions);
        for (int i = 0; i < transactions; i++) {
            writer.bytes(ByteString.of(new byte[0]));
        }
        return writer.toBytes();
    }

    private String sent(byte[] transaction) {
        return answer(new Bundle(List.of(ByteString.of(transaction))).toBytes());
    }

    private String answer(byte[] bundle) {
        return LedgerScript.answer(ledger.execute(List.of(bundle)));
    }

    private static SignedTransaction sign(Transaction transaction) {
        return SignedTransaction.sign(transaction, LedgerScript.seed("founder"));
    }

    /// The same transaction with a signature that does not hold.
    private static SignedTransaction broken(SignedTransaction signed) {
        SignedTransaction.Signature first = signed.signatures().getFirst();
        return new SignedTransaction(
                signed.body(),
                List.of(
                        SignedTransaction.Signature.plain(
                                first.key(), ByteString.of(new byte[64]))));
    }

    private Transaction registering(SignerKey settler) {
        FoundCommunity founding = (FoundCommunity) LedgerScript.transaction(FOUNDING);
        return new Transaction.Version1(
                new TransactionId(ByteString.of(new byte[16])),
                ledger.genesis.hash(),
                Genesis.PROTOCOL_VERSION,
                new Step.Energy(
                        new FoundCommunity(
                                founding.community(),
                                settler,
                                founding.claims(),
                                founding.terms(),
                                founding.clearing(),
                                founding.communityAccount(),
                                founding.networkOperatorAccount())));
    }

    private Transaction transactionOf(SignedTransaction signed) {
        Verifier.Verification verified = new Verifier(ledger.genesis).verify(signed.toBytes());
        return ((Verifier.Verification.Verified) verified).transaction().transaction();
    }

    private static Transaction transaction(Digest genesis, int version, String line) {
        return new Transaction.Version1(
                new TransactionId(ByteString.of(new byte[16])),
                genesis,
                version,
                new Step.Energy(LedgerScript.transaction(line)));
    }
}
