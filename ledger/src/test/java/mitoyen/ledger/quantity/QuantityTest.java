package mitoyen.ledger.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// EN-1: whole numbers of millionths, read and written without a float, and never a wrong number.
final class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.000000",
        "0.14, 140000, 0.140000",
        "12.000001, 12000001, 12.000001",
        "007.5, 7500000, 7.500000",
        "9223372036854.775807, 9223372036854775807, 9223372036854.775807"
    })
    void whatIsReadIsWrittenWithSixDecimals(String text, long millionths, String written) {
        assertThat(Decimals.parseMillionths(text)).isEqualTo(millionths);
        assertThat(Decimals.formatMillionths(millionths)).isEqualTo(written);
        assertThat(Decimals.formatMillionths(-millionths))
                .isEqualTo((millionths == 0 ? "" : "-") + written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.",
                ".5",
                "-1",
                "+1",
                "1,5",
                "1e3",
                " 1",
                "0.1234567",
                "1.2.3",
                "٣",
                "9223372036854.775808",
                "99999999999999999999"
            })
    void anythingElseIsRefusedAndNothingIsRounded(String text) {
        assertThatThrownBy(() -> Decimals.parseMillionths(text))
                .isInstanceOf(NumberFormatException.class);
    }

    @Test
    void whatIsOwedIsPrintedInWholeCentsOrNotAtAll() {
        assertThat(Decimals.formatCents(12_300_000)).isEqualTo("12.30");
        assertThat(Decimals.formatCents(-10_000)).isEqualTo("-0.01");
        assertThatThrownBy(() -> Decimals.formatCents(12_300_001))
                .isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 1, 2, 3, 4",
        "5, 1, 3, 1, 2",
        "4, 1, 3, 1, 1",
        "9223372036854775807, 2, 4, 4611686018427387903, 4611686018427387904",
        "9223372036854775807, 9223372036854775807, 9223372036854775807, "
                + "9223372036854775807, 9223372036854775807"
    })
    void aDivisionSaysItsRounding(long a, long b, long d, long floor, long halfUp) {
        assertThat(Ratio.floor(a, b, d)).isEqualTo(floor);
        assertThat(Ratio.halfUp(a, b, d)).isEqualTo(halfUp);
        assertThat(Ratio.halfUp(-a, b, d)).as("away from zero").isEqualTo(-halfUp);
        assertThat(Ratio.halfUp(a, -b, d)).isEqualTo(-halfUp);
    }

    @Test
    void aSumOrQuotientBeyond63BitsIsAnError() {
        Energy most = new Energy(Long.MAX_VALUE);
        Money all = new Money(Long.MAX_VALUE);
        assertThatThrownBy(() -> most.plus(new Energy(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> all.plus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Ratio.floor(Long.MAX_VALUE, 2, 1))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Ratio.halfUp(Long.MAX_VALUE, 2, 1))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Price(Long.MAX_VALUE).costOf(most))
                .isInstanceOf(ArithmeticException.class);
    }
}
