package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountState;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyContract;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import org.junit.jupiter.api.Test;

/// LE-58 and LE-56: what halts the ledger, and what its root is made of.
final class InvariantTest {
    private static final Asset EUR = new Asset("EUR");
    private static final SignerKey KEY = new SignerKey(ByteString.of(new byte[SignerKey.LENGTH]));
    private static final List<Event> CLAIMED =
            List.of(
                    new Event.Energy(
                            new EnergyEvent.MonthClaimed(
                                    new ClaimMonth("a", "2025-10", 1, 2, List.of()))));

    @Test
    void aClearingAccountThatIsNotCleared() {
        Accounts in = Accounts.NONE.after(move(account(2), account(1)));
        assertThatIllegalStateException()
                .isThrownBy(() -> Invariant.checkAll(state(in), CLAIMED))
                .withMessageContaining("clearing account of a is at 0");
        Accounts out = in.after(move(account(1), account(3)));
        assertThatCode(() -> Invariant.checkAll(state(out), CLAIMED)).doesNotThrowAnyException();
        assertThatCode(() -> Invariant.checkAll(state(in), List.of())).doesNotThrowAnyException();
    }

    @Test
    void anythingElseThatDoesNotHold() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Invariant.check(false, () -> "one is one"))
                .withMessageContaining("it does not hold that one is one");
        assertThatCode(() -> Invariant.check(true, () -> "one is one")).doesNotThrowAnyException();
    }

    /// LE-56: the map of parts, of which one alone is its own leaf.
    @Test
    void theRootIsAMapOfTheRootsOfPartsThatHaveEntries() {
        Accounts accounts = Accounts.NONE.after(move(account(1), account(2)));
        byte[] name = {'a', 'c', 'c', 'o', 'u', 'n', 't', 's'};
        Digest value = Sha256.of(accounts.root().toBytes());
        State one = State.INITIAL.with(AccountState.NONE.with(accounts));
        assertThat(one.root())
                .isEqualTo(Sha256.of(new byte[] {2}, Sha256.of(name).toBytes(), value.toBytes()))
                .isNotEqualTo(state(accounts).root());
    }

    private static State state(Accounts accounts) {
        FoundCommunity founding =
                new FoundCommunity("a", KEY, EUR, Sha256.of(), account(1), account(8), account(9));
        EnergyState energy =
                new EnergyContract(KEY, 10)
                        .apply(EnergyState.NONE, new EnergyEvent.CommunityFounded(founding));
        return State.INITIAL.with(AccountState.NONE.with(accounts)).with(energy);
    }

    private static Transfer move(AccountId from, AccountId to) {
        return new Transfer(EUR, from, to, new Amount(Asset.CENT));
    }

    private static AccountId account(int number) {
        byte[] bytes = new byte[AccountId.LENGTH];
        bytes[0] = (byte) number;
        return new AccountId(ByteString.of(bytes));
    }
}
