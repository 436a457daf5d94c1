package mitoyen.node.convert;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/// Numbers of exports as energy, each rounded once, HALF_UP to a millionth of a kilowatt-hour.
final class Amounts {
    private static final int LONGEST = 40;
    private static final int DIGITS = 12;
    private static final BigDecimal MWH_PER_KWH = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MWH_PER_WH = BigDecimal.valueOf(1_000);
    private static final BigDecimal MINUTES_PER_HOUR = BigDecimal.valueOf(60);

    private Amounts() {}

    /// A decimal number that is not negative and of a size that energy has; a decimal comma is one.
    static Optional<BigDecimal> number(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text.replace(',', '.'));
            boolean sane =
                    number.signum() >= 0
                            && Math.abs((long) number.scale()) <= LONGEST
                            && number.precision() - number.scale() <= DIGITS;
            return sane ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /// Energy [mWh] of a number of kilowatt-hours.
    static long ofKwh(BigDecimal kwh) {
        return kwh.multiply(MWH_PER_KWH).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /// Energy [mWh] of a mean power [W] over some minutes.
    static long ofWatts(BigDecimal watts, int minutes) {
        return watts.multiply(BigDecimal.valueOf(minutes))
                .multiply(MWH_PER_WH)
                .divide(MINUTES_PER_HOUR, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
