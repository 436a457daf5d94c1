package mitoyen.node.community;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import mitoyen.ledger.energy.BillingPeriod;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;
import mitoyen.node.input.Fault;
import mitoyen.node.yaml.Refused;

/// The kinds of value in a community file.
final class Values {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern METER = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+([.][0-9]+)?");
    private static final Pattern TOO_PRECISE = Pattern.compile(".*[.][0-9]{7,}");
    private static final List<String> STEPS = List.of("PT5M", "PT10M", "PT15M", "PT30M", "PT60M");
    private static final Set<String> RESERVED = Set.of("community", "network-operator");
    private static final long PRICE_LIMIT = 1_000 * Decimals.ONE;
    private static final int NAME_LIMIT = 200;
    private static final int NOTE_LIMIT = 1_000;

    private Values() {}

    static String id(String text) throws Refused {
        if (!ID.matcher(text).matches()) {
            throw new Refused(Fault.NOT_AN_ID, text);
        }
        return text;
    }

    /// A member's id: not one of the accounts that every community has.
    static String memberId(String text) throws Refused {
        if (RESERVED.contains(text)) {
            throw new Refused(Fault.RESERVED_ID, text);
        }
        return id(text);
    }

    static String meter(String text) throws Refused {
        if (!METER.matcher(text).matches()) {
            throw new Refused(Fault.NOT_A_METER_ID, text);
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
            throw new Refused(Fault.NOT_ONE_LINE, limit);
        }
        return text;
    }

    static String version(String text) throws Refused {
        if (!text.equals("1")) {
            throw new Refused(Fault.NOT_VERSION_ONE, text);
        }
        return text;
    }

    /// The minutes of a step.
    static Integer step(String text) throws Refused {
        if (!STEPS.contains(text)) {
            throw new Refused(Fault.NOT_A_STEP, text, String.join(", ", STEPS));
        }
        return Integer.valueOf(text.substring(2, text.length() - 1));
    }

    static BillingPeriod billing(String text) throws Refused {
        return switch (text) {
            case "month" -> BillingPeriod.MONTH;
            case "day" -> BillingPeriod.DAY;
            default -> throw new Refused(Fault.NOT_A_PERIOD, text);
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
        throw new Refused(Fault.NOT_A_DAY, text);
    }

    static Price price(String text) throws Refused {
        long micros = decimal(text);
        if (micros > PRICE_LIMIT) {
            throw new Refused(Fault.PRICE_TOO_HIGH, text);
        }
        return new Price(micros);
    }

    static Share rate(String text) throws Refused {
        return share(text, Fault.RATE_ABOVE_ONE);
    }

    static Share coefficient(String text) throws Refused {
        return share(text, Fault.COEFFICIENT_ABOVE_ONE);
    }

    private static Share share(String text, Fault aboveOne) throws Refused {
        long millionths = decimal(text);
        if (millionths > Decimals.ONE) {
            throw new Refused(aboveOne, text);
        }
        return new Share(millionths);
    }

    private static long decimal(String text) throws Refused {
        if (!DECIMAL.matcher(text).matches()) {
            throw new Refused(Fault.DECIMAL_MALFORMED, text);
        }
        if (TOO_PRECISE.matcher(text).matches()) {
            throw new Refused(Fault.DECIMAL_TOO_PRECISE, text);
        }
        try {
            return Decimals.parseMillionths(text);
        } catch (NumberFormatException tooLarge) {
            throw new Refused(Fault.DECIMAL_TOO_LARGE, text);
        }
    }
}
