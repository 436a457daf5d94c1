package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import org.junit.jupiter.api.Test;

/// LE-98, LE-120 and LE-122: what P-256 keys and passkeys sign, from bytes to the answer.
final class PasskeyTransactionTest {
    private static final byte[] FOUNDER = LedgerScript.seed("founder");
    private static final byte[] PHONE = LedgerScript.seed("phone");
    private static final byte[] CAR = LedgerScript.seed("car");
    private static final String ORIGIN = "https://example.org";
    private static final Asset TOKEN = new Asset("TOKEN");
    private static final AccountId ISSUER = AccountId.of(Ed25519.keyOf(FOUNDER));
    private static final AccountId ANA = LedgerScript.account("ana");
    private static final AccountId BEA = LedgerScript.account("bea");
    private static final Digest NOTHING = Sha256.of();
    private static final int PRESENT = TestPasskey.PRESENT;
    private static final int VERIFIED = TestPasskey.VERIFIED;

    private final Genesis genesis =
            new Genesis(
                    "test",
                    Ed25519.keyOf(FOUNDER),
                    2,
                    Parameters.STANDARD.withOrigins(List.of(ORIGIN)),
                    List.of(
                            new AssetTerms(
                                    TOKEN,
                                    new Amount(1),
                                    new Amount(1_000),
                                    new Amount(0),
                                    ISSUER,
                                    new Amount(50),
                                    NOTHING)));
    private final BlockExecution execution = new BlockExecution(genesis);
    private State state = execution.initialState();
    private long height;
    private int number;

    @Test
    void aPasskeyAndAPlainKeySignEachInItsOwnWay() {
        found();
        assertThat(sendByPasskey(10, PRESENT, "example.org", ORIGIN)).isEqualTo("accepted");
        assertThat(sendByPasskey(60, PRESENT, "example.org", ORIGIN))
                .isEqualTo("VERIFICATION_REQUIRED");
        assertThat(sendByPasskey(60, VERIFIED, "example.org", ORIGIN)).isEqualTo("accepted");
        assertThat(sendByPasskey(10, 0x04, "example.org", ORIGIN)).isEqualTo("SIGNATURE_INVALID");
        assertThat(sendByPasskey(10, PRESENT, "example.net", ORIGIN))
                .isEqualTo("NOT_SIGNED_BY_SENDER");
        assertThat(sendByPasskey(10, PRESENT, "example.org", "https://example.net"))
                .isEqualTo("SIGNATURE_INVALID");
        assertThat(sendPlain(ANA, BEA, PHONE)).isEqualTo("NOT_SIGNED_BY_SENDER");
        assertThat(sendPlain(BEA, ANA, CAR)).isEqualTo("accepted");
        assertThat(state.accounts().balance(ANA, TOKEN)).isEqualTo(new Amount(31));
        assertThat(state.accounts().balance(BEA, TOKEN)).isEqualTo(new Amount(69));
    }

    @Test
    void aPasskeySignsWhatItsUserSawAndNothingElse() {
        found();
        Transaction seen = transfer(ANA, BEA, 1);
        Transaction sent = transfer(ANA, BEA, 40);
        SignedTransaction honest = byPasskey(seen, PRESENT, "example.org", ORIGIN);
        var forged =
                new SignedTransaction(
                        ByteString.of(TransactionCodec.encode(sent)), honest.signatures());
        assertThat(answer(forged)).isEqualTo("SIGNATURE_INVALID");
        assertThat(answer(honest)).isEqualTo("accepted");
    }

    @Test
    void theOtherSignatureOfAPairIsRefused() {
        found();
        sendByPasskey(10, PRESENT, "example.org", ORIGIN);
        SignedTransaction low = plain(transfer(BEA, ANA, 1), CAR);
        byte[] high = low.signatures().getFirst().signature().toBytes();
        byte[] order =
                ByteString.parseHex(
                                "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
                        .toBytes();
        var s = new BigInteger(1, Arrays.copyOfRange(high, 32, 64));
        byte[] other = new BigInteger(1, order).subtract(s).toByteArray();
        Arrays.fill(high, 32, 64, (byte) 0);
        int length = Math.min(32, other.length);
        System.arraycopy(other, other.length - length, high, 64 - length, length);
        SignerKey key = low.signatures().getFirst().key();
        var malleated =
                new SignedTransaction(
                        low.body(),
                        List.of(SignedTransaction.Signature.plain(key, ByteString.of(high))));
        assertThat(answer(malleated)).isEqualTo("SIGNATURE_INVALID");
        assertThat(answer(low)).isEqualTo("accepted");
    }

    @Test
    void onlyAP256KeyIsAPasskeys() throws CborException {
        SignedTransaction signed = byPasskey(transfer(ANA, BEA, 1), PRESENT, "a", ORIGIN);
        assertThat(SignedTransaction.decode(signed.toBytes(), genesis.parameters()))
                .isEqualTo(signed);
        var wrong =
                new SignedTransaction.Signature(
                        Ed25519.keyOf(FOUNDER),
                        signed.signatures().getFirst().signature(),
                        signed.signatures().getFirst().passkey());
        byte[] bytes = new SignedTransaction(signed.body(), List.of(wrong)).toBytes();
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> SignedTransaction.decode(bytes, genesis.parameters()))
                .withMessageContaining("a passkey that is not of P-256");
    }

    private void found() {
        SignerSet phone =
                new SignerSet(
                        List.of(
                                new Signer(
                                        key(PHONE),
                                        1,
                                        Optional.of(TestPasskey.hash("example.org")))),
                        1);
        List<Step> steps =
                List.of(
                        step(new AccountTransaction.OpenAccount(ANA, phone)),
                        step(new AccountTransaction.OpenAccount(BEA, SignerSet.single(key(CAR)))),
                        step(new AccountTransaction.Mint(TOKEN, ANA, new Amount(100), NOTHING)));
        assertThat(answer(SignedTransaction.sign(transaction(ISSUER, steps), FOUNDER)))
                .isEqualTo("accepted");
    }

    private String sendByPasskey(long units, int flags, String site, String origin) {
        return answer(byPasskey(transfer(ANA, BEA, units), flags, site, origin));
    }

    private String sendPlain(AccountId from, AccountId to, byte[] secret) {
        return answer(plain(transfer(from, to, 1), secret));
    }

    private static SignedTransaction plain(Transaction transaction, byte[] secret) {
        return signed(
                transaction, new TestPasskey(secret).plain(SignedTransaction.message(transaction)));
    }

    private static SignedTransaction byPasskey(
            Transaction transaction, int flags, String site, String origin) {
        byte[] message = SignedTransaction.message(transaction);
        return signed(transaction, new TestPasskey(PHONE).assertion(message, flags, site, origin));
    }

    private static SignedTransaction signed(
            Transaction transaction, SignedTransaction.Signature signature) {
        return new SignedTransaction(
                ByteString.of(TransactionCodec.encode(transaction)), List.of(signature));
    }

    private Transaction transfer(AccountId from, AccountId to, long units) {
        return transaction(
                from,
                List.of(
                        step(
                                new AccountTransaction.Move(
                                        TOKEN, from, to, new Amount(units), NOTHING))));
    }

    private Transaction transaction(AccountId sender, List<Step> steps) {
        byte[] id = new byte[TransactionId.LENGTH];
        id[0] = (byte) ++number;
        return new Transaction.Version2(
                genesis.version(),
                new TransactionId(ByteString.of(id)),
                genesis.hash(),
                sender,
                0,
                number,
                new Transaction.Expiry(1_000, 1_000_000),
                steps);
    }

    private String answer(SignedTransaction signed) {
        byte[] bundle = Bundle.of(List.of(signed)).toBytes();
        Draft.Sealed sealed =
                execution.execute(state, new Moment(++height, height), List.of(bundle));
        state = sealed.state();
        return LedgerScript.answer(sealed);
    }

    private static Step step(AccountTransaction asked) {
        return new Step.Account(asked);
    }

    private static SignerKey key(byte[] secret) {
        return new TestPasskey(secret).key();
    }
}
