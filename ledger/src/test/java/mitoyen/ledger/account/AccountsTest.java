package mitoyen.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.quantity.Amount;
import org.junit.jupiter.api.Test;

/// LE-21 to LE-24: accounts and transfers.
final class AccountsTest {
    private static final Asset EUR = new Asset("EUR");
    private static final Asset CHF = new Asset("CHF");

    @Test
    void balancesAreThoseOfAModelAndTheirSumIsZero() {
        long seed = 22;
        Random random = new Random(seed);
        SortedMap<AccountId, Long> model = new TreeMap<>();
        Accounts accounts = Accounts.NONE;
        long moved = 0;
        for (int step = 0; step < 2_000; step++) {
            AccountId from = id(random.nextInt(20));
            AccountId to = id(20 + random.nextInt(20));
            long micros = random.nextLong(1, 1_000_000) * Asset.CENT;
            accounts = accounts.after(new Transfer(EUR, from, to, new Amount(micros)));
            model.merge(from, -micros, Long::sum);
            model.merge(to, micros, Long::sum);
            moved += micros;
        }
        for (var expected : model.entrySet()) {
            assertThat(accounts.balance(expected.getKey(), EUR).units())
                    .as("seed %d", seed)
                    .isEqualTo(expected.getValue());
            assertThat(accounts.balance(expected.getKey(), CHF)).isEqualTo(Amount.ZERO);
        }
        assertThat(accounts.totals(EUR))
                .isEqualTo(
                        new Accounts.Totals(
                                new Amount(moved), new Amount(moved), Amount.ZERO, Amount.ZERO));
    }

    @Test
    void anAccountKeepsTotalsAndNeverABalance() {
        Accounts accounts =
                Accounts.NONE
                        .after(new Transfer(EUR, id(1), id(2), new Amount(30_000)))
                        .after(new Transfer(EUR, id(2), id(1), new Amount(10_000)))
                        .after(new Transfer(CHF, id(2), id(1), new Amount(50_000)));
        Account account = accounts.account(id(1), EUR);
        assertThat(account.debitsPosted()).isEqualTo(new Amount(30_000));
        assertThat(account.creditsPosted()).isEqualTo(new Amount(10_000));
        assertThat(account.debitsPending()).isEqualTo(Amount.ZERO);
        assertThat(account.creditsPending()).isEqualTo(Amount.ZERO);
        assertThat(account.balance()).isEqualTo(new Amount(-20_000));
        assertThat(accounts.balance(id(1), CHF)).isEqualTo(new Amount(50_000));
        assertThat(accounts.listTotals()).containsOnlyKeys(CHF, EUR);
        assertThat(accounts.isUsed(id(2), CHF)).isTrue();
        assertThat(accounts.isUsed(id(3), CHF)).isFalse();
        assertThat(Accounts.NONE.isUsed(id(1), EUR)).isFalse();
    }

    @Test
    void thereIsRoomUpToTheLastCentOfALong() {
        long most = Long.MAX_VALUE / Asset.CENT * Asset.CENT;
        Amount all = new Amount(most);
        Amount cent = new Amount(Asset.CENT);
        assertThat(Accounts.NONE.haveRoomFor(EUR, List.of(all))).isTrue();
        assertThat(Accounts.NONE.haveRoomFor(EUR, List.of(all, cent))).isFalse();
        Accounts full = Accounts.NONE.after(new Transfer(EUR, id(1), id(2), all));
        assertThat(full.haveRoomFor(EUR, List.of(cent))).isFalse();
        assertThat(full.haveRoomFor(CHF, List.of(cent))).isTrue();
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> full.after(new Transfer(EUR, id(1), id(2), cent)));
    }

    @Test
    void aTransferMovesSomethingBetweenTwoAccounts() {
        assertThatIllegalArgumentException().isThrownBy(() -> move(id(1), id(1), 10_000));
        assertThatIllegalArgumentException().isThrownBy(() -> move(id(1), id(2), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> move(id(1), id(2), -10_000));
    }

    @Test
    void aCurrencyIsThreeCapitalLettersAndAnAssetHasALittleMoreRoom() {
        for (String code : List.of("", "ÉUR", "EUR held", "EUR/held", "a".repeat(17))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Asset(code));
        }
        for (String code : List.of("EU", "EURO", "eur", "E1R", "EUR-held", "a".repeat(16))) {
            assertThat(new Asset(code).code()).isEqualTo(code);
            assertThat(Asset.isCurrency(code)).as(code).isFalse();
        }
        assertThat(Asset.isCurrency("EUR")).isTrue();
    }

    @Test
    void theRootChangesWithEveryTransferAndNotWithTheirOrder() {
        Transfer one = move(id(1), id(2), 10_000);
        Transfer two = move(id(3), id(4), 20_000);
        Accounts forth = Accounts.NONE.after(one).after(two);
        Accounts back = Accounts.NONE.after(two).after(one);
        assertThat(forth.root())
                .isEqualTo(back.root())
                .isNotEqualTo(Accounts.NONE.after(one).root());
    }

    private static Transfer move(AccountId from, AccountId to, long micros) {
        return new Transfer(EUR, from, to, new Amount(micros));
    }

    private static AccountId id(int number) {
        byte[] bytes = new byte[AccountId.LENGTH];
        bytes[0] = (byte) number;
        return new AccountId(ByteString.of(bytes));
    }
}
