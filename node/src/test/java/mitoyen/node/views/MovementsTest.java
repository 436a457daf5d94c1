package mitoyen.node.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.node.running.Happened;
import mitoyen.node.running.History.Balance;
import org.junit.jupiter.api.Test;

class MovementsTest {
    private static final long SEED = 20_261_126;

    @Test
    void theSumOfMovementsIsThatOfEachAddedByItself() {
        Random chance = new Random(SEED);
        Movements movements = new Movements();
        List<Happened.Movement> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Happened.Movement next =
                    new Happened.Movement(
                            "asset" + chance.nextInt(3),
                            account(chance.nextInt(20)),
                            account(chance.nextInt(20)),
                            chance.nextInt(1_000),
                            chance.nextInt(2_001) - 1_000);
            all.add(next);
            movements.add(next);
        }

        List<Balance> expected =
                all.stream()
                        .flatMap(each -> Stream.of(each.from(), each.to()))
                        .distinct()
                        .sorted(Comparator.comparing(AccountId::toString))
                        .flatMap(account ->
                                Stream.of("asset0", "asset1", "asset2")
                                        .map(asset -> naive(all, account, asset)))
                        .toList();
        assertThat(movements.sums()).as("seed " + SEED).isEqualTo(expected);
    }

    private static AccountId account(int number) {
        return new AccountId(ByteString.parseHex("%040x".formatted(number)));
    }

    private static Balance naive(List<Happened.Movement> all, AccountId account, String asset) {
        List<Happened.Movement> of =
                all.stream().filter(each -> each.asset().equals(asset)).toList();
        List<Happened.Movement> out =
                of.stream().filter(each -> each.from().equals(account)).toList();
        List<Happened.Movement> in = of.stream().filter(each -> each.to().equals(account)).toList();
        return new Balance(
                account.toString(),
                asset,
                out.stream().mapToLong(Happened.Movement::posted).sum(),
                in.stream().mapToLong(Happened.Movement::posted).sum(),
                out.stream().mapToLong(Happened.Movement::pending).sum(),
                in.stream().mapToLong(Happened.Movement::pending).sum());
    }
}
