package mitoyen.node.yaml;

import java.time.ZoneId;
import java.util.Currency;
import mitoyen.node.input.Fault;

/// Scalars that several files hold.
public final class Scalars {
    private Scalars() {}

    /// The name of an IANA zone.
    public static String zone(String text) throws Refused {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw new Refused(Fault.NOT_A_ZONE, text);
        }
        return text;
    }

    /// A currency that counts in cents, as what is owed is whole cents.
    public static String currency(String text) throws Refused {
        boolean known =
                Currency.getAvailableCurrencies().stream()
                        .anyMatch(currency ->
                                currency.getCurrencyCode().equals(text)
                                        && currency.getDefaultFractionDigits() == 2);
        if (!known) {
            throw new Refused(Fault.NOT_A_CURRENCY, text);
        }
        return text;
    }

    /// True or false.
    public static Boolean flag(String text) throws Refused {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refused(Fault.NOT_A_FLAG, text);
        };
    }
}
