package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.quantity.Money;
import mitoyen.node.keys.Keys;
import tools.jackson.databind.JsonNode;

/// What a ledger claims, beside what its documents say.
final class Claimed {
    private Claimed() {}

    /// What was claimed from and for each member over all months is his balance in the summary.
    static void assertThatItIsWhatIsOwed(Street street) throws Exception {
        var ledger = street.ledger();
        Keys keys = Keys.find(street.out().resolve("keys")).orElseThrow();
        for (JsonNode member : street.summary().path("members")) {
            String id = member.path("id").asString();
            AccountId account = new AccountId(ByteString.of(keys.getMember(id).pseudonym()));
            Money claimed =
                    Stream.of("2025-10", "2025-11")
                            .map(month -> ledger.month(month).claimed().get(account))
                            .filter(Objects::nonNull)
                            .reduce(Money.ZERO, Money::plus);
            assertThat(claimed).as(id).isEqualTo(cents(member.path("balance").asString()));
        }
        assertThat(street.verify()).contains("settlements=recomputed anchored=yes");
    }

    private static Money cents(String amount) {
        return new Money(new BigDecimal(amount).movePointRight(6).longValueExact());
    }
}
