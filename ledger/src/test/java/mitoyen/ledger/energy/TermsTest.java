package mitoyen.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.quantity.Price;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who takes part on a day, in which order, and at what prices.
final class TermsTest {
    private static final LocalDate MARCH = LocalDate.of(2025, 3, 1);
    private static final Terms TERMS =
            new Terms(
                    "street",
                    "Europe/Paris",
                    30,
                    "EUR",
                    BillingPeriod.MONTH,
                    Optional.empty(),
                    new SharingKey.FromOperator(),
                    List.of(line(LocalDate.of(2025, 1, 1), 140_000), line(MARCH, 150_000)),
                    "grid",
                    List.of(
                            member("zoe", tenure("Z9", "", ""), tenure("Z1", "2025-03-02", "")),
                            member("ana", tenure("A1", "", "2025-03-01")),
                            member("bob", tenure("A1", "2025-03-02", "2025-03-03"))));

    /// EN-2, EN-4: the days of a tenure include both ends, and meters stand in the file's order.
    @ParameterizedTest
    @CsvSource({
        "2025-02-28, Z9:0 A1:1",
        "2025-03-01, Z9:0 A1:1",
        "2025-03-02, Z9:0 Z1:0 A1:2",
        "2025-03-03, Z9:0 Z1:0 A1:2",
        "2025-03-04, Z9:0 Z1:0"
    })
    void thoseTakePartWhoseDaysContainTheDay(LocalDate day, String places) {
        Roster roster = TERMS.rosterOn(day);
        assertThat(roster.memberCount()).isEqualTo(3);
        assertThat(roster.places())
                .extracting(place -> place.meter() + ":" + place.member())
                .containsExactly(places.split(" ", -1));
    }

    /// EN-5.
    @ParameterizedTest
    @CsvSource({
        "2025-01-01, 140000",
        "2025-02-28, 140000",
        "2025-03-01, 150000",
        "2026-03-01, 150000"
    })
    void theLastPriceLineHoldsThatBeganOnTheDayOrBefore(LocalDate day, long local) {
        assertThat(TERMS.pricesOn(day).local()).isEqualTo(new Price(local));
    }

    /// EN-5.
    @Test
    void aDayBeforeTheFirstLineHasNoPrice() {
        assertThatThrownBy(() -> TERMS.pricesOn(LocalDate.of(2024, 12, 31)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PriceLine line(LocalDate from, long local) {
        return new PriceLine(
                from, new Price(local), Price.ZERO, Price.ZERO, Price.ZERO, Price.ZERO);
    }

    private static Member member(String id, Tenure... meters) {
        return new Member(id, Optional.empty(), Optional.empty(), Arrays.asList(meters));
    }

    private static Tenure tenure(String meter, String from, String to) {
        return new Tenure(meter, day(from), day(to));
    }

    private static Optional<LocalDate> day(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    }
}
