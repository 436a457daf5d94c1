package mitoyen.node.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    private static final Figures EN = new Figures(Messages.in(Language.EN));
    private static final Figures FR = new Figures(Messages.in(Language.FR));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0.000 kWh | 0,000 kWh",
                "1 | 0.000 kWh | 0,000 kWh",
                "500 | 0.001 kWh | 0,001 kWh",
                "-500 | −0.001 kWh | −0,001 kWh",
                "-499 | 0.000 kWh | 0,000 kWh",
                "1234567890 | 1,234.568 kWh | 1 234,568 kWh",
                "999999999999 | 1,000,000.000 kWh | 1 000 000,000 kWh"
            })
    void energyHasThreeDecimalsRoundedHalfUp(long mWh, String english, String french) {
        assertThat(plain(EN.kWh(mWh))).isEqualTo(english);
        assertThat(plain(FR.kWh(mWh))).isEqualTo(french);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 Wh",
                "999499 | 999 Wh",
                "1000000 | 1.0 kWh",
                "99940000 | 99.9 kWh",
                "100000000 | 100 kWh",
                "9999400000 | 9,999 kWh",
                "12345600000 | 12.3 MWh"
            })
    void energyOfAHeadlineHasThreePlacesOrSo(long mWh, String english) {
        assertThat(plain(EN.briefEnergy(mWh))).isEqualTo(english);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12300000 | EUR | €12.30 | 12,30 €",
                "-12300000 | EUR | −€12.30 | −12,30 €",
                "1234560000 | CHF | CHF 1,234.56 | 1 234,56 CHF",
                "0 | EUR | €0.00 | 0,00 €"
            })
    void moneyHasCentsAndItsCurrency(long micros, String currency, String english, String french) {
        assertThat(plain(EN.money(micros, currency))).isEqualTo(english);
        assertThat(plain(FR.money(micros, currency))).isEqualTo(french);
    }

    @Test
    void aPriceShowsTheDecimalsThatItHas() {
        assertThat(plain(EN.price(140_000, "EUR"))).isEqualTo("€0.14/kWh");
        assertThat(plain(FR.price(123_456, "EUR"))).isEqualTo("0,123456 €/kWh");
        assertThat(plain(EN.price(0, "EUR"))).isEqualTo("€0.00/kWh");
    }

    @Test
    void powerIsTheIntervalsMean() {
        assertThat(plain(EN.power(250_000, 15))).isEqualTo("1.00 kW");
        assertThat(plain(FR.power(1_000_000, 60))).isEqualTo("1,00 kW");
    }

    @Test
    void ratiosAndRatesAreInPerCent() {
        assertThat(EN.percent(412_345)).isEqualTo("41.2%");
        assertThat(plain(FR.percent(412_345))).isEqualTo("41,2 %");
        assertThat(EN.rate(200_000)).isEqualTo("20%");
        assertThat(EN.rate(55_000)).isEqualTo("5.5%");
    }

    @Test
    void datesAndPeriodsAreInWords() {
        LocalDate first = LocalDate.of(2025, 10, 1);
        assertThat(plain(FR.longDate(first))).isEqualTo("mercredi 1er octobre 2025");
        assertThat(plain(EN.longDate(first))).isEqualTo("Wednesday 1 October 2025");
        assertThat(FR.period("2025-10")).isEqualTo("octobre 2025");
        assertThat(plain(EN.period("2025-10-25"))).isEqualTo("25 October 2025");
    }

    private static String plain(String text) {
        return text.replace('\u202f', ' ').replace('\u00a0', ' ');
    }
}
