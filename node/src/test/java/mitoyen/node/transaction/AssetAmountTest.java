package mitoyen.node.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mitoyen.ledger.account.Asset;
import mitoyen.ledger.quantity.Amount;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssetAmountTest {
    @ParameterizedTest
    @CsvSource({
        "EUR, 12.50, 12500000, 12.50 EUR",
        "EUR, 12, 12000000, 12.00 EUR",
        "EUR, 12.5, 12500000, 12.50 EUR",
        "EUR, 0.01, 10000, 0.01 EUR",
        "EUR, 1u, 1, 0.000001 EUR",
        "EUR-held, 3.99, 3990000, 3.99 EUR-held",
        "JPY, 500, 500000000, 500 JPY",
        "sun, 12, 12, 12 sun",
        "sun-token, 12u, 12, 12 sun-token",
        "hour, 9223372036854775807, 9223372036854775807, 9223372036854775807 hour",
        "SUN, 12u, 12, 12u of SUN",
        "kWh, 5u, 5, 5u of kWh",
        "EUR-gift, 5u, 5, 5u of EUR-gift"
    })
    void anAmountIsReadAndWritten(String asset, String text, long units, String written) {
        Amount amount = AssetAmount.parse(new Asset(asset), text);

        assertThat(amount.units()).isEqualTo(units);
        assertThat(AssetAmount.format(new Asset(asset), amount)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EUR | 1,50 | write it with a point",
                "EUR | 1.000,50 | write it with a point",
                "EUR | 1e3 | write it with a point",
                "EUR | '' | write it with a point",
                "EUR | +1 | write it with a point",
                "EUR | .5 | write it with a point",
                "EUR | 1. | write it with a point",
                "EUR | 99999999999999 | write it with a point",
                "EUR | 9999999999999 | too large",
                "EUR | 0.001 | more than 2 decimals",
                "JPY | 0.5 | more than 0 decimals",
                "sun | 1.0 | not a whole number",
                "sun | 9223372036854775808 | more than the ledger can hold",
                "SUN | 12 | is not clear",
                "kWh | 1.5 | is not clear",
                "EUR-gift | 1.50 | is not clear"
            })
    void whatIsNoAmountOrCouldBeTwoIsRefused(String asset, String text, String why) {
        assertThatThrownBy(() -> AssetAmount.parse(new Asset(asset), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
