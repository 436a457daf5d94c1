package mitoyen.simulator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.wire.SignedTransaction.Signature;
import mitoyen.simulator.model.Chance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the software authenticator says holds, holds under the ledger's own rule as under the cheap
/// one, and what it makes wrong holds under neither (LE-147 to LE-149).
class AuthenticatorTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CHALLENGE = Sha256.of(MESSAGE).toBytes();
    private static final int TIMES = 120;

    static Stream<Signing> signings() {
        return Stream.of(new CheapSigning(), new RealSigning());
    }

    @ParameterizedTest
    @MethodSource("signings")
    void anAgreementHoldsAndSaysWhetherTheUserWasVerified(Signing signing) {
        Chance chance = Chance.of(1);
        Authenticator authenticator = new Authenticator(chance, signing);
        SortedSet<Boolean> verified = new TreeSet<>();
        for (int i = 0; i < TIMES; i++) {
            int number = chance.from(Workload.FIRST_PASSKEY, Workload.KEYS - 1);
            Authenticator.Asserted asserted = authenticator.agree(number, MESSAGE);
            assertThat(verdict(signing, asserted.signature()))
                    .as("agreement %d", i)
                    .isInstanceOfSatisfying(
                            PasskeyVerdict.Holds.class,
                            holds ->
                                    assertThat(holds.userVerified())
                                            .isEqualTo(asserted.assertion().userVerified()));
            assertThat(site(asserted.signature())).isEqualTo(asserted.assertion().site().bytes());
            verified.add(asserted.assertion().userVerified());
        }
        assertThat(verified).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("signings")
    void aFailureHoldsInNoneOfItsWays(Signing signing) {
        Chance chance = Chance.of(2);
        Authenticator authenticator = new Authenticator(chance, signing);
        SortedSet<PasskeyVerdict.Reason> reasons = new TreeSet<>();
        for (int i = 0; i < TIMES; i++) {
            Signature failed = authenticator.fail(Workload.FIRST_PASSKEY, MESSAGE);
            if (failed.passkey().orElseThrow().authenticatorData().length() < Digest.LENGTH) {
                continue;
            }
            PasskeyVerdict verdict = verdict(signing, failed);
            assertThat(verdict).as("failure %d", i).isInstanceOf(PasskeyVerdict.Refused.class);
            if (verdict instanceof PasskeyVerdict.Refused(var reason)) {
                reasons.add(reason);
            }
        }
        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        PasskeyVerdict.Reason.SIZE_OUT_OF_RANGE,
                        PasskeyVerdict.Reason.USER_NOT_PRESENT,
                        PasskeyVerdict.Reason.FLAGS_INCONSISTENT,
                        PasskeyVerdict.Reason.CLIENT_DATA_DIFFERS,
                        PasskeyVerdict.Reason.SIGNATURE_INVALID);
    }

    /// As the ledger asks: the site is the one that the assertion names.
    private static PasskeyVerdict verdict(Signing signing, Signature signature) {
        var passkey = signature.passkey().orElseThrow();
        return signing.rule()
                .passkey(
                        signature.key(),
                        CHALLENGE,
                        new RelyingParty(site(signature), List.copyOf(Authenticator.ORIGINS)),
                        new PasskeyAssertion(
                                passkey.authenticatorData(),
                                passkey.clientData(),
                                signature.signature()));
    }

    private static ByteString site(Signature signature) {
        byte[] data = signature.passkey().orElseThrow().authenticatorData().toBytes();
        return ByteString.of(data, 0, Digest.LENGTH);
    }
}
