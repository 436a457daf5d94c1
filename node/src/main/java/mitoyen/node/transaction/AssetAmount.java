package mitoyen.node.transaction;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.quantity.Decimals;

/// Amounts as people write them: money with its decimals, anything else in whole units.
///
/// The ledger does not say what an asset's unit is worth, so the code must: `EUR` and `EUR-held`
/// are money, `sun-token` is counted. Where a code could be either, an amount is written in the
/// ledger's own units, with a `u` behind it; that form is understood for every asset.
public final class AssetAmount {
    private static final Pattern UNITS = Pattern.compile("([0-9]{1,19})u");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,19}");
    private static final Pattern MONEY = Pattern.compile("[0-9]{1,13}(?:\\.([0-9]{1,6}))?");
    private static final String HELD = "-held";
    private static final int CODE_LENGTH = 3;

    private AssetAmount() {}

    /// How an asset's amounts are written.
    private enum Kind {
        /// In a currency, with a decimal point.
        MONEY,
        /// In whole units.
        COUNTED,
        /// It does not show.
        UNCLEAR
    }

    /// The amount that a text says.
    ///
    /// @throws IllegalArgumentException if it says none, or could mean two; the message is one line
    ///   that follows the text
    public static Amount parse(Asset asset, String text) {
        Matcher units = UNITS.matcher(text);
        if (units.matches()) {
            return new Amount(parseLong(units.group(1)));
        }
        return switch (kind(asset)) {
            case MONEY -> parseMoney(asset, text);
            case COUNTED -> parseCount(asset, text);
            case UNCLEAR ->
                    throw new IllegalArgumentException(
                            "is not clear: "
                                    + asset
                                    + " could be money or be counted; write the ledger's own units,"
                                    + " such as 1500000u");
        };
    }

    /// An amount in words, such as `12.50 EUR`.
    public static String format(Asset asset, Amount amount) {
        return switch (kind(asset)) {
            case MONEY -> money(asset, amount) + " " + asset;
            case COUNTED -> amount.units() + " " + asset;
            case UNCLEAR -> amount.units() + "u of " + asset;
        };
    }

    private static String money(Asset asset, Amount amount) {
        BigDecimal exact = BigDecimal.valueOf(amount.units(), 6);
        int decimals = decimals(asset);
        return exact.stripTrailingZeros().scale() <= decimals
                ? exact.setScale(decimals).toPlainString()
                : exact.toPlainString();
    }

    private static Amount parseMoney(Asset asset, String text) {
        Matcher money = MONEY.matcher(text);
        if (!money.matches()) {
            throw new IllegalArgumentException(
                    "is not an amount of money; write it with a point and without separators, such"
                            + " as "
                            + money(asset, new Amount(12 * Decimals.ONE)));
        }
        int decimals = decimals(asset);
        String fraction = money.group(1);
        if (fraction != null && fraction.length() > decimals) {
            throw new IllegalArgumentException(
                    "has more than " + decimals + " decimals, which " + asset + " has");
        }
        return new Amount(Decimals.parseMillionths(text));
    }

    private static Amount parseCount(Asset asset, String text) {
        if (!COUNT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "is not a whole number, and " + asset + " is counted; write such as 12");
        }
        return new Amount(parseLong(text));
    }

    private static long parseLong(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException large) {
            throw new IllegalArgumentException("is more than the ledger can hold", large);
        }
    }

    private static Kind kind(Asset asset) {
        String code = asset.code();
        String start = code.substring(0, Math.min(CODE_LENGTH, code.length()));
        boolean whole = code.equals(start) || code.equals(start + HELD);
        if (isCurrency(start) && whole) {
            return Kind.MONEY;
        }
        boolean looksLikeMoney =
                Asset.isCurrency(code) || (isCurrency(start) && code.startsWith(start + "-"));
        return looksLikeMoney || code.startsWith("kWh") ? Kind.UNCLEAR : Kind.COUNTED;
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(each ->
                        each.getCurrencyCode().equals(code)
                                && each.getDefaultFractionDigits() >= 0);
    }

    private static int decimals(Asset asset) {
        return Currency.getInstance(asset.code().substring(0, CODE_LENGTH))
                .getDefaultFractionDigits();
    }
}
