package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountContract;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction.CloseAccount;
import mitoyen.ledger.account.AccountTransaction.OpenAccount;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.account.VerifiedSignature;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyContract;
import mitoyen.ledger.proof.Digest;
import org.junit.jupiter.api.Test;

/// LE-95: who is not heard has no step executed: nothing is applied, not even for a try.
final class UnheardTest {
    private static final SignerKey FOUNDER =
            new SignerKey(ByteString.of(new byte[SignerKey.LENGTH]));
    private static final Genesis GENESIS =
            new Genesis("a", FOUNDER, 2, Parameters.STANDARD, List.of());
    private static final AccountId ACCOUNT = GENESIS.founderAccount();

    private static final SignerKey OTHER = new SignerKey(GENESIS.hash().bytes());

    /// What was applied of the first of two steps, for the second to stand on.
    private int applied;

    @Test
    void noStepIsExecutedForWhoIsNotHeard() {
        assertThat(decide(ACCOUNT, 9, 9, List.of(FOUNDER))).isEqualTo("accepted");
        assertThat(applied).isEqualTo(1);
        applied = 0;
        assertThat(decide(ACCOUNT, 4, 9, List.of(FOUNDER))).isEqualTo("EXPIRED");
        assertThat(decide(ACCOUNT, 9, 5, List.of(FOUNDER))).isEqualTo("EXPIRED");
        assertThat(decide(ACCOUNT, 9, Long.MAX_VALUE, List.of(FOUNDER)))
                .isEqualTo("EXPIRY_TOO_FAR");
        assertThat(decide(ACCOUNT, 9, 9, List.of())).isEqualTo("NOT_SIGNED_BY_SENDER");
        assertThat(decide(AccountId.issuance(new Asset("A")), 9, 9, List.of(FOUNDER)))
                .isEqualTo("SENDER_UNKNOWN");
        assertThat(applied).isZero();
    }

    private String decide(
            AccountId sender, long lastHeight, long lastMillis, List<SignerKey> signers) {
        StateMachine machine = new StateMachine(GENESIS);
        TransactionRules rules =
                new TransactionRules(
                        (state, event) -> {
                            applied++;
                            return machine.apply(state, event);
                        },
                        GENESIS,
                        new AccountContract(ACCOUNT, GENESIS.parameters().accounts()),
                        new EnergyContract(FOUNDER, 10, Optional.empty()),
                        Optional.empty(),
                        new Rules(GENESIS.version(), GENESIS.parameters()));
        Transaction.Version2 transaction =
                new Transaction.Version2(
                        GENESIS.version(),
                        new TransactionId(ByteString.of(new byte[TransactionId.LENGTH])),
                        GENESIS.hash(),
                        sender,
                        0,
                        1,
                        new Transaction.Expiry(lastHeight, lastMillis),
                        List.of(
                                new Step.Account(
                                        new OpenAccount(
                                                AccountId.of(OTHER), SignerSet.single(OTHER))),
                                new Step.Account(new CloseAccount(ACCOUNT))));
        Decision decision =
                rules.decide(
                        machine.initialState(),
                        new Moment(5, 5),
                        new Signed(transaction, signers),
                        transaction);
        return switch (decision) {
            case Decision.Accepted _ -> "accepted";
            case Decision.Exists _ -> "exists";
            case Decision.Refused(var rejection, var step, var events) -> {
                assertThat(step).isEmpty();
                assertThat(events).isEmpty();
                yield rejection.name();
            }
        };
    }

    private record Signed(Transaction transaction, List<SignerKey> keys)
            implements VerifiedTransaction {
        @Override
        public Digest contentHash() {
            return Digest.of(new byte[Digest.LENGTH]);
        }

        @Override
        public List<VerifiedSignature> signatures() {
            return keys.stream().map(VerifiedSignature::plain).toList();
        }

        @Override
        public SortedSet<SignerKey> signers() {
            return Collections.unmodifiableSortedSet(new TreeSet<>(keys));
        }
    }
}
