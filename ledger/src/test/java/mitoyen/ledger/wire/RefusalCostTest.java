package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.Verifier.Verification;
import org.junit.jupiter.api.Test;

/// LE-60: what is malformed, too large or meant for others costs less than a valid transaction: no
/// signature of it is checked, and no key.
final class RefusalCostTest {
    private static final Genesis GENESIS = AccountLine.genesis(AccountScript.SMALL);

    private final CountedSignatures counted = new CountedSignatures();
    private final Verifier verifier =
            new Verifier(GENESIS, new Rules(GENESIS.version(), GENESIS.parameters()), counted);

    @Test
    void noSignatureIsCheckedOfWhatIsRefusedByItsFormAlone() {
        AccountScript script = new AccountScript(GENESIS);
        SignedTransaction valid = script.signed("founder opens ana", script.begin(""));
        assertThat(verifier.verify(valid.toBytes())).isInstanceOf(Verification.Verified.class);
        assertThat(counted.signatures()).isEqualTo(1);
        assertThat(counted.keys()).isEqualTo(1);
        byte[] bytes = valid.toBytes();
        Map<String, byte[]> requests = new LinkedHashMap<>();
        requests.put("TOO_LARGE", new byte[GENESIS.parameters().transactionBytes() + 1]);
        requests.put("MALFORMED", Arrays.copyOf(bytes, bytes.length - 1));
        requests.put("MALFORMED body", changed(valid, body -> body[0] ^= 1).toBytes());
        requests.put("MALFORMED steps", fiveSteps().toBytes());
        requests.put("MALFORMED signatures", nineSignatures(valid).toBytes());
        requests.put("FOR_ANOTHER_LEDGER", foreign().toBytes());
        requests.put(
                "FOR_ANOTHER_VERSION", new LedgerScript().signed("founder founds a").toBytes());
        counted.reset();
        requests.forEach((reason, request) -> {
            String answer = ((Verification.Refused) verifier.verify(request)).reason().name();
            if (!reason.startsWith("FOR_ANOTHER_VERSION")) {
                assertThat(answer).as(reason).isEqualTo(reason.split(" ", -1)[0]);
            }
            assertThat(counted.signatures()).as(reason).isZero();
            assertThat(counted.keys()).as(reason).isZero();
        });
    }

    /// What one signature spoils, the others do not get to cost.
    @Test
    void theFirstSignatureThatDoesNotHoldIsTheLast() {
        AccountScript script = new AccountScript(GENESIS);
        SignedTransaction signed =
                script.signed("founder closes founder signed by a,b,c,d", script.begin(""));
        List<SignedTransaction.Signature> spoilt =
                signed.signatures().stream()
                        .map(each ->
                                SignedTransaction.Signature.plain(
                                        each.key(), ByteString.of(new byte[64])))
                        .toList();
        byte[] bytes = new SignedTransaction(signed.body(), spoilt).toBytes();
        assertThat(verifier.verify(bytes)).isInstanceOf(Verification.Refused.class);
        assertThat(counted.signatures()).isEqualTo(1);
    }

    private static SignedTransaction changed(
            SignedTransaction signed, java.util.function.Consumer<byte[]> change) {
        byte[] body = signed.body().toBytes();
        change.accept(body);
        return new SignedTransaction(ByteString.of(body), signed.signatures());
    }

    private static SignedTransaction fiveSteps() {
        AccountScript script = new AccountScript(GENESIS);
        String steps = "closes founder; ".repeat(4) + "closes founder";
        return script.signed("founder " + steps, script.begin(""));
    }

    private static SignedTransaction nineSignatures(SignedTransaction signed) {
        AccountScript script = new AccountScript(GENESIS);
        String nine = "a,b,c,d,e,f,g,h,i";
        return new SignedTransaction(
                signed.body(),
                script.signed("founder closes founder signed by " + nine, script.begin(""))
                        .signatures());
    }

    private static SignedTransaction foreign() {
        AccountScript other = new AccountScript(AccountLine.genesis(Parameters.STANDARD));
        Transaction transaction = other.transaction("founder opens ana", other.begin(""));
        assertThat(transaction.ledger()).isNotEqualTo(GENESIS.hash()).isInstanceOf(Digest.class);
        return SignedTransaction.sign(transaction, LedgerScript.seed("founder"));
    }
}
