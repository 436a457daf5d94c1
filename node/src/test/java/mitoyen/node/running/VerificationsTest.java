package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.Examined;
import mitoyen.ledger.wire.Verifier;
import mitoyen.ledger.wire.Verifier.Verification;
import org.junit.jupiter.api.Test;

/// That a signature is verified once: what comes of it a second time is the very same object.
class VerificationsTest {
    private static final Genesis GENESIS = People.genesis();

    private final BlockExecution execution = new BlockExecution(GENESIS);
    private final State state = execution.initialState();
    private final Rules rules = Rules.at(GENESIS, state, 1);
    private final Verifier verifier = execution.verifier(state, 1);
    private final Verifications verifications = new Verifications();
    private final People people = new People(GENESIS);
    private final byte[] ana = people.open("ana").toBytes();
    private final byte[] bea = people.open("bea").toBytes();

    @Test
    void aTransactionIsVerifiedWhereItIsSeenFirst() {
        Verification sent = verify(ana);
        Examined.Transactions bundle = examine(ana, bea);

        assertThat(sent).isInstanceOf(Verification.Verified.class);
        assertThat(bundle.all().getFirst().verification()).isSameAs(sent);
        assertThat(verify(bea)).isSameAs(bundle.all().getLast().verification());
    }

    @Test
    void aBundleIsTakenApartOnce() {
        Examined first = examine(ana, bea);

        assertThat(examine(ana, bea)).isSameAs(first);
        assertThat(verifications.find(rules, bundle(ana, bea))).containsSame(first);
        assertThat(verifications.find(rules, bundle(bea, ana))).isEmpty();
    }

    @Test
    void underOtherRulesItIsVerifiedAgain() {
        Verification first = verify(ana);
        Examined bundle = examine(ana);
        Rules others =
                new Rules(rules.version(), GENESIS.parameters().withOrigins(List.of("https://x")));

        assertThat(verifications.verify(verifier, others, Sha256.of(ana), ana)).isNotSameAs(first);
        assertThat(verifications.examine(verifier, others, bundle(ana))).isNotSameAs(bundle);
    }

    @Test
    void whatIsInABlockIsForgotten() {
        Examined.Transactions bundle = examine(ana, bea);
        Verification first = bundle.all().getFirst().verification();
        verifications.forget(bundle(ana, bea), bundle);

        assertThat(verifications.find(rules, bundle(ana, bea))).isEmpty();
        assertThat(verify(ana)).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void whatIsNoBundleIsNotRemembered() {
        byte[] garbage = {1, 2, 3};

        assertThat(verifications.examine(verifier, rules, garbage))
                .isInstanceOf(Examined.Malformed.class);
        assertThat(verifications.find(rules, garbage)).isEmpty();
    }

    /// Whoever sends nonsense without end fills no memory, and pushes out what is older.
    @Test
    void aFewThousandAreRememberedAndNoMore() {
        Verification first = verify(ana);
        for (int i = 0; i < 1 << 14; i++) {
            byte[] nonsense = {(byte) i, (byte) (i >> 8)};
            verifications.verify(verifier, rules, Sha256.of(nonsense), nonsense);
        }
        assertThat(verify(ana)).isSameAs(first);
        for (int i = 0; i < 1 << 15; i++) {
            byte[] nonsense = {(byte) i, (byte) (i >> 8), 1};
            verifications.verify(verifier, rules, Sha256.of(nonsense), nonsense);
        }
        assertThat(verify(ana)).isNotSameAs(first);
    }

    private Verification verify(byte[] transaction) {
        return verifications.verify(verifier, rules, Sha256.of(transaction), transaction);
    }

    private Examined.Transactions examine(byte[]... transactions) {
        return (Examined.Transactions) verifications.examine(verifier, rules, bundle(transactions));
    }

    private static byte[] bundle(byte[]... transactions) {
        return new Bundle(List.of(transactions).stream().map(ByteString::of).toList()).toBytes();
    }
}
