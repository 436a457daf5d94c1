package mitoyen.simulator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.Verifier;
import mitoyen.ledger.wire.Verifier.Verification;
import mitoyen.simulator.model.Chance;
import org.junit.jupiter.api.Test;

/// What is signed badly is refused for that and nothing else (LE-60), however many signed.
class SignatoriesTest {
    private static final CheapSigning SIGNING = new CheapSigning();
    private static final Genesis GENESIS = Workload.genesis("bad", 2, Chance.of(1), SIGNING);
    private static final Verifier VERIFIER =
            new Verifier(GENESIS, new Rules(2, GENESIS.parameters()), SIGNING);

    @Test
    void aBadSignatureIsTheReasonAlsoWhereAsManySignedAsMay() {
        for (int seed = 1; seed <= 60; seed++) {
            Signatories signatories = new Signatories(Chance.of(seed), SIGNING);
            Order order = order(List.of(0, 1, 2, 3, 4, 5));
            assertThat(verify(signatories.sign(order).transaction()))
                    .isInstanceOf(Verification.Verified.class);
            assertThat(verify(signatories.signBadly(order, seed % 2 == 0)))
                    .as("seed %d", seed)
                    .isEqualTo(refused(TransactionRejection.SIGNATURE_INVALID));
        }
    }

    @Test
    void anAssertionOutOfBoundsOrByAnotherKindOfKeyIsMalformed() {
        for (int seed = 1; seed <= 60; seed++) {
            Signatories signatories = new Signatories(Chance.of(seed), SIGNING);
            assertThat(verify(signatories.signMalformed(order(List.of(0)))))
                    .as("seed %d", seed)
                    .isEqualTo(refused(TransactionRejection.MALFORMED));
        }
    }

    /// What a passkey signed is told as it was given, and a plain signature as that.
    @Test
    void whoSignedAndHowIsToldAsTheVerifierSeesIt() {
        int passkey = Workload.FIRST_PASSKEY;
        SignerKey key = SIGNING.key(passkey);
        int asserted = 0;
        for (int seed = 1; seed <= 200; seed++) {
            SignedOrder signed =
                    new Signatories(Chance.of(seed), SIGNING).sign(order(List.of(2, passkey)));
            assertThat(verify(signed.transaction()))
                    .isInstanceOfSatisfying(
                            Verification.Verified.class,
                            verified ->
                                    assertThat(verified.transaction().signers())
                                            .containsExactlyInAnyOrderElementsOf(
                                                    signed.signatures().plain()));
            asserted += signed.signatures().passkeys().containsKey(key) ? 1 : 0;
        }
        assertThat(asserted).isBetween(150, 199);
    }

    private static Verification verify(SignedTransaction signed) {
        return VERIFIER.verify(signed.toBytes());
    }

    private static Verification refused(TransactionRejection reason) {
        return new Verification.Refused(reason);
    }

    private static Order order(List<Integer> signers) {
        Transaction transaction =
                new Transaction.Version2(
                        GENESIS.version(),
                        new TransactionId(ByteString.of(new byte[TransactionId.LENGTH])),
                        GENESIS.hash(),
                        GENESIS.founderAccount(),
                        0,
                        1,
                        new Transaction.Expiry(9, 9),
                        List.of(new Step.Activate(2, 9, Workload.LIMITS)));
        return Order.of(transaction, signers);
    }
}
