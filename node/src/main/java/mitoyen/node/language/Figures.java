package mitoyen.node.language;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;

/// Numbers and dates as a language writes them.
///
/// Written here and not left to the JDK's locale data, which change from release to release: a
/// statement printed again must come out the same. Numbers never break over a line: groups are
/// parted by a narrow space in French, units stand behind a space that does not break.
public final class Figures {
    private static final String NARROW_SPACE = "\u202f";
    private static final String FIRM_SPACE = "\u00a0";
    private static final String MINUS = "\u2212";
    private static final int SCALE = 6;

    private final Messages words;
    private final boolean french;

    /// The figures of these messages' language.
    public Figures(Messages words) {
        this.words = words;
        this.french = words.language() == Language.FR;
    }

    /// A whole number.
    public String whole(long number) {
        return decimal(BigDecimal.valueOf(number), 0, 0);
    }

    /// Energy in kWh, rounded HALF_UP for the eye to three decimals, with its unit.
    ///
    /// @param mWh energy [mWh]
    public String kWh(long mWh) {
        return bareKwh(mWh) + FIRM_SPACE + "kWh";
    }

    /// Energy in kWh with three decimals and without its unit, for a column of a table.
    ///
    /// @param mWh energy [mWh]
    public String bareKwh(long mWh) {
        return decimal(BigDecimal.valueOf(mWh, SCALE), 3, 3);
    }

    /// Energy for a headline: three significant places or so, in Wh, kWh or MWh.
    ///
    /// @param mWh energy [mWh]
    public String briefEnergy(long mWh) {
        BigDecimal kWh = BigDecimal.valueOf(mWh, SCALE);
        long wholeKwh = Math.abs(mWh) / 1_000_000;
        if (wholeKwh >= 10_000) {
            return decimal(kWh.movePointLeft(3), 1, 1) + FIRM_SPACE + "MWh";
        }
        if (wholeKwh >= 1) {
            int decimals = wholeKwh >= 100 ? 0 : 1;
            return decimal(kWh, decimals, decimals) + FIRM_SPACE + "kWh";
        }
        return decimal(kWh.movePointRight(3), 0, 0) + FIRM_SPACE + "Wh";
    }

    /// Energy beside a line of a scale: no more places than it has.
    ///
    /// @param mWh energy [mWh], a round number
    public String roundEnergy(long mWh) {
        BigDecimal kWh = BigDecimal.valueOf(mWh, SCALE);
        return Math.abs(mWh) < 100_000 && mWh != 0
                ? decimal(kWh.movePointRight(3), 0, 3) + FIRM_SPACE + "Wh"
                : decimal(kWh, 0, 1) + FIRM_SPACE + "kWh";
    }

    /// The mean power over an interval in kW with two decimals.
    ///
    /// @param mWh energy of the interval [mWh]
    /// @param minutes length of the interval [min]
    public String power(long mWh, int minutes) {
        BigDecimal perHour =
                BigDecimal.valueOf(mWh, SCALE)
                        .multiply(BigDecimal.valueOf(60))
                        .divide(BigDecimal.valueOf(minutes), SCALE, RoundingMode.HALF_UP);
        return decimal(perHour, 2, 2) + FIRM_SPACE + "kW";
    }

    /// An amount of money with two decimals and its currency.
    ///
    /// @param micros amount [millionths], whole cents
    /// @param currency ISO 4217 code
    public String money(long micros, String currency) {
        return amount(decimal(BigDecimal.valueOf(micros, SCALE), 2, 2), currency);
    }

    /// A price with its unit: two decimals at least, six at most.
    ///
    /// @param microsPerKwh price [millionths/kWh]
    /// @param currency ISO 4217 code
    public String price(long microsPerKwh, String currency) {
        return amount(decimal(BigDecimal.valueOf(microsPerKwh, SCALE), 2, SCALE), currency)
                + "/kWh";
    }

    /// A ratio in per cent with one decimal.
    ///
    /// @param millionths ratio [millionths]
    public String percent(long millionths) {
        String number = decimal(BigDecimal.valueOf(millionths, SCALE - 2), 1, 1);
        return number + (french ? FIRM_SPACE : "") + "%";
    }

    /// A rate of tax in per cent, with the decimals that it has.
    ///
    /// @param millionths rate [millionths]
    public String rate(long millionths) {
        String number = decimal(BigDecimal.valueOf(millionths, SCALE - 2), 0, SCALE - 2);
        return number + (french ? FIRM_SPACE : "") + "%";
    }

    /// A date in words, such as `25 October 2025` or `1er octobre 2025`.
    public String date(LocalDate date) {
        String day = french && date.getDayOfMonth() == 1 ? "1er" : "" + date.getDayOfMonth();
        return day
                + FIRM_SPACE
                + words.text("month." + date.getMonthValue())
                + " "
                + date.getYear();
    }

    /// A day and the short name of its month, such as `25 Oct`.
    public String shortDate(LocalDate date) {
        return date.getDayOfMonth()
                + FIRM_SPACE
                + words.text("month.short." + date.getMonthValue());
    }

    /// A date with its day of the week.
    public String longDate(LocalDate date) {
        return words.text("weekday." + date.getDayOfWeek().getValue()) + " " + date(date);
    }

    /// A billing period: `October 2025` for `2025-10`, a date for a day.
    ///
    /// @param period `2025-10` or `2025-10-25`
    public String period(String period) {
        if (period.length() > 7) {
            return date(LocalDate.parse(period));
        }
        LocalDate first = LocalDate.parse(period + "-01");
        return words.text("month." + first.getMonthValue()) + " " + first.getYear();
    }

    private String amount(String number, String currency) {
        boolean euro = currency.equals("EUR");
        if (french) {
            return number + FIRM_SPACE + (euro ? "€" : currency);
        }
        if (!euro) {
            return currency + FIRM_SPACE + number;
        }
        return number.startsWith(MINUS) ? MINUS + "€" + number.substring(1) : "€" + number;
    }

    /// The number, rounded HALF_UP to the greatest number of decimals; zeros beyond the least are
    /// left out.
    private String decimal(BigDecimal number, int least, int most) {
        BigDecimal rounded = number.setScale(most, RoundingMode.HALF_UP);
        while (rounded.scale() > least
                && rounded.unscaledValue().mod(BigInteger.TEN).signum() == 0) {
            rounded = rounded.setScale(rounded.scale() - 1, RoundingMode.UNNECESSARY);
        }
        String digits = rounded.abs().toPlainString();
        int point = digits.indexOf('.');
        String whole = point < 0 ? digits : digits.substring(0, point);
        String fraction = point < 0 ? "" : (french ? "," : ".") + digits.substring(point + 1);
        return (rounded.signum() < 0 ? MINUS : "") + grouped(whole) + fraction;
    }

    private String grouped(String digits) {
        StringBuilder text = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > 0; at -= 3) {
            text.insert(at, french ? NARROW_SPACE : ",");
        }
        return text.toString();
    }
}
