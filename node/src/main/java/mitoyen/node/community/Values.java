package mitoyen.node.community;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import mitoyen.ledger.energy.BillingPeriod;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;

/// The kinds of value in a community file.
final class Values {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern METER = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final List<String> STEPS = List.of("PT5M", "PT10M", "PT15M", "PT30M", "PT60M");
    private static final Set<String> RESERVED = Set.of("community", "network-operator");
    private static final long PRICE_LIMIT = 1_000 * Decimals.ONE;
    private static final int NAME_LIMIT = 200;
    private static final int NOTE_LIMIT = 1_000;

    private Values() {}

    static String id(String text) throws Refused {
        if (!ID.matcher(text).matches()) {
            throw new Refused("is not an id: " + text, "use a-z, 0-9 and -, at most 40 characters");
        }
        return text;
    }

    /// A member's id: not one of the accounts that every community has.
    static String memberId(String text) throws Refused {
        if (RESERVED.contains(text)) {
            throw new Refused("is reserved: " + text, "choose another id");
        }
        return id(text);
    }

    static String meter(String text) throws Refused {
        if (!METER.matcher(text).matches()) {
            throw new Refused(
                    "is not a meter id: " + text,
                    "use letters, digits and . _ : -, at most 64 characters");
        }
        return text;
    }

    static String name(String text) throws Refused {
        return words(text, NAME_LIMIT);
    }

    static String note(String text) throws Refused {
        return words(text, NOTE_LIMIT);
    }

    private static String words(String text, int limit) throws Refused {
        if (text.isBlank()
                || text.length() > limit
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new Refused(
                    "is empty, longer than " + limit + " characters or of several lines",
                    "write it on one line");
        }
        return text;
    }

    static String version(String text) throws Refused {
        if (!text.equals("1")) {
            throw new Refused("is not 1: " + text, "write version: 1 or use a newer program");
        }
        return text;
    }

    static String zone(String text) throws Refused {
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw new Refused("is not an IANA zone: " + text, "write a name such as Europe/Paris");
        }
        return text;
    }

    /// The minutes of a step.
    static Integer step(String text) throws Refused {
        if (!STEPS.contains(text)) {
            throw new Refused("is not a step: " + text, "use one of " + String.join(", ", STEPS));
        }
        return Integer.valueOf(text.substring(2, text.length() - 1));
    }

    /// A currency that counts in cents, as what is owed is whole cents.
    static String currency(String text) throws Refused {
        boolean known =
                Currency.getAvailableCurrencies().stream()
                        .anyMatch(currency ->
                                currency.getCurrencyCode().equals(text)
                                        && currency.getDefaultFractionDigits() == 2);
        if (!known) {
            throw new Refused(
                    "is not a currency with cents: " + text, "write an ISO 4217 code such as EUR");
        }
        return text;
    }

    static BillingPeriod billing(String text) throws Refused {
        return switch (text) {
            case "month" -> BillingPeriod.MONTH;
            case "day" -> BillingPeriod.DAY;
            default -> throw new Refused("is not a period: " + text, "use month or day");
        };
    }

    static Boolean flag(String text) throws Refused {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refused("is neither true nor false: " + text, "use one of them");
        };
    }

    static LocalDate date(String text) throws Refused {
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException notInTheCalendar) {
            // falls through: a 30th of February is refused like any other text
        }
        throw new Refused("is not a day: " + text, "write it as 2025-01-31");
    }

    static Price price(String text) throws Refused {
        long micros = decimal(text);
        if (micros > PRICE_LIMIT) {
            throw new Refused("is above 1000 per kWh: " + text, "give the price of one kWh");
        }
        return new Price(micros);
    }

    static Share rate(String text) throws Refused {
        return share(text, "write 0.20 for 20 %");
    }

    static Share coefficient(String text) throws Refused {
        return share(text, "write 0.30 for 30 %");
    }

    private static Share share(String text, String remedy) throws Refused {
        long millionths = decimal(text);
        if (millionths > Decimals.ONE) {
            throw new Refused("is above 1: " + text, remedy);
        }
        return new Share(millionths);
    }

    private static long decimal(String text) throws Refused {
        try {
            return Decimals.parseMillionths(text);
        } catch (NumberFormatException wrong) {
            throw new Refused(
                    "is " + wrong.getMessage(),
                    "write digits, a point and at most 6 decimals, such as 0.140000");
        }
    }
}
