package mitoyen.node.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateEntries;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.ledger.wire.SignedTransaction;
import org.junit.jupiter.api.Test;

/// LE-158: a state as the first version wrote it.
final class StateStreamTest {
    private static final byte[] SEED = new byte[Ed25519.SEED_LENGTH];
    private static final AccountId FOUNDER = AccountId.of(Ed25519.keyOf(SEED));
    private static final Asset EUR = new Asset("EUR");
    static final Genesis GENESIS =
            new Genesis(
                    "stream",
                    Ed25519.keyOf(SEED),
                    2,
                    Parameters.STANDARD,
                    List.of(
                            new AssetTerms(
                                    EUR,
                                    new Amount(1),
                                    Amount.ZERO,
                                    new Amount(1_000_000),
                                    FOUNDER,
                                    new Amount(Long.MAX_VALUE),
                                    Sha256.of())));

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        byte[] written = written(someState());
        State read = read(written);
        assertThat(read.root()).isEqualTo(someState().root());
        assertThat(written(read)).isEqualTo(written);
        assertThat(read(written(State.INITIAL)).root()).isEqualTo(State.INITIAL.root());
    }

    /// The first entry, byte by byte; the end.
    @Test
    void theFormIsThatOfTheSpecification() throws IOException {
        byte[] written = written(someState());
        assertThat(Arrays.copyOf(written, 15))
                .isEqualTo(
                        new byte[] {
                            0,
                            0,
                            0,
                            (byte) 0x87,
                            (byte) 0x83,
                            0x68,
                            'a',
                            'c',
                            'c',
                            'o',
                            'u',
                            'n',
                            't',
                            's',
                            0x57
                        });
        assertThat(Arrays.copyOfRange(written, written.length - 4, written.length)).containsOnly(0);
    }

    @Test
    void whatIsCutChangedOrLongerIsNotTaken() throws IOException {
        byte[] written = written(someState());
        for (int length = 0; length < written.length; length++) {
            byte[] cut = Arrays.copyOf(written, length);
            assertThatIOException().as("%d bytes", length).isThrownBy(() -> read(cut));
        }
        for (int at = 0; at < written.length; at++) {
            byte[] changed = written.clone();
            changed[at] ^= 1;
            assertThat(isTaken(changed)).as("byte %d changed", at).isFalse();
        }
        byte[] longer = Arrays.copyOf(written, written.length + 1);
        assertThatIOException()
                .isThrownBy(() -> read(longer))
                .withMessageContaining("more than a state");
    }

    private static boolean isTaken(byte[] bytes) {
        try {
            return read(bytes).root().equals(someState().root());
        } catch (IOException refused) {
            return false;
        }
    }

    /// A founder, an account that it opened, and something owed between the two.
    static State someState() {
        byte[] seed = SEED.clone();
        seed[0] = 1;
        AccountId other = AccountId.of(Ed25519.keyOf(seed));
        Transaction transaction =
                new Transaction.Version2(
                        GENESIS.version(),
                        new TransactionId(ByteString.of(new byte[TransactionId.LENGTH])),
                        GENESIS.hash(),
                        FOUNDER,
                        0,
                        1,
                        new Transaction.Expiry(100, 100_000),
                        List.of(
                                new Step.Account(
                                        new AccountTransaction.OpenAccount(
                                                other, SignerSet.single(Ed25519.keyOf(seed)))),
                                new Step.Account(
                                        new AccountTransaction.Move(
                                                EUR, FOUNDER, other, new Amount(9), Sha256.of())),
                                new Step.Account(
                                        new AccountTransaction.Reserve(
                                                EUR,
                                                FOUNDER,
                                                other,
                                                new Amount(5),
                                                5_000,
                                                Optional.empty(),
                                                Sha256.of()))));
        byte[] bundle = Bundle.of(List.of(SignedTransaction.sign(transaction, SEED))).toBytes();
        BlockExecution execution = new BlockExecution(GENESIS);
        return execution
                .execute(execution.initialState(), new Moment(1, 1_000), List.of(bundle))
                .state();
    }

    /// As the first version wrote it.
    static byte[] written(State state) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StateEntries.forEach(
                state,
                (part, key, value) -> {
                    CborWriter entry = new CborWriter().array(3).text(part.toString());
                    byte[] bytes = entry.bytes(key).bytes(ByteString.of(value)).toBytes();
                    out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
                    out.writeBytes(bytes);
                });
        out.writeBytes(new byte[4]);
        return out.toByteArray();
    }

    private static State read(byte[] bytes) throws IOException {
        return StateStream.read(new ByteArrayInputStream(bytes));
    }
}
