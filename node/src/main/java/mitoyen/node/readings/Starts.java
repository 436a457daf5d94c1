package mitoyen.node.readings;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.Locale;

/// Instants read straight from a reader's buffer.
///
/// `2025-10-01T00:00+02:00`, with or without seconds, and with `Z`, is read without a String; any
/// other ISO-8601 form by `java.time`. The last text and the last date are remembered, since rows
/// come by interval or by meter.
final class Starts {
    static final long NO_OFFSET = Long.MIN_VALUE;
    static final long NOT_A_TIME = Long.MIN_VALUE + 1;
    static final long OFF_GRID = Long.MIN_VALUE + 2;

    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .appendPattern("[XXX][XX][X]")
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final int DATE = 10;
    private static final int LONGEST = 40;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long MINUTE_MILLIS = 60_000;

    private final char[] lastDate = new char[DATE];
    private long lastDateMillis;
    private final char[] lastText = new char[LONGEST];
    private int lastLength = -1;
    private long lastMillis;

    /// The instant that a text stands for [ms since 1970-01-01T00:00Z], or one of the constants of
    /// this class.
    long millis(char[] text, int from, int length) {
        if (length == lastLength && Arrays.equals(text, from, from + length, lastText, 0, length)) {
            return lastMillis;
        }
        long millis = parse(text, from, length);
        if (length <= LONGEST) {
            System.arraycopy(text, from, lastText, 0, length);
            lastLength = length;
            lastMillis = millis;
        }
        return millis;
    }

    private long parse(char[] text, int from, int length) {
        int zone = from + 16;
        int end = from + length;
        if (length < 17 || text[from + 10] != 'T' || text[from + 13] != ':') {
            return slow(text, from, length);
        }
        int hour = two(text, from + 11);
        int minute = two(text, from + 14);
        int second = 0;
        if (text[zone] == ':' && length >= 20) {
            second = two(text, zone + 1);
            zone += 3;
        }
        int offset = offsetMinutes(text, zone, end);
        if (offset == Integer.MIN_VALUE
                || outside(hour, 23)
                || outside(minute, 59)
                || outside(second, 59)
                || !date(text, from)) {
            return slow(text, from, length);
        }
        return lastDateMillis + (hour * 60L + minute - offset) * MINUTE_MILLIS + second * 1_000L;
    }

    private boolean date(char[] text, int from) {
        if (Arrays.equals(text, from, from + DATE, lastDate, 0, DATE)) {
            return true;
        }
        int century = two(text, from);
        int year = two(text, from + 2);
        int month = two(text, from + 5);
        int day = two(text, from + 8);
        if (text[from + 4] != '-'
                || text[from + 7] != '-'
                || outside(century, 99)
                || outside(year, 99)
                || outside(month - 1, 11)) {
            return false;
        }
        YearMonth yearMonth = YearMonth.of(century * 100 + year, month);
        if (!yearMonth.isValidDay(day)) {
            return false;
        }
        lastDateMillis = yearMonth.atDay(day).toEpochDay() * DAY_MILLIS;
        System.arraycopy(text, from, lastDate, 0, DATE);
        return true;
    }

    private static int offsetMinutes(char[] text, int from, int end) {
        if (end - from == 1 && text[from] == 'Z') {
            return 0;
        }
        if (end - from != 6 || text[from + 3] != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = two(text, from + 1);
        int minutes = two(text, from + 4);
        if (outside(hours, 17) || outside(minutes, 59)) {
            return Integer.MIN_VALUE;
        }
        int total = hours * 60 + minutes;
        return switch (text[from]) {
            case '+' -> total;
            case '-' -> -total;
            default -> Integer.MIN_VALUE;
        };
    }

    /// Two digits, or a number far from any that two digits make.
    private static int two(char[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1_000 : tens * 10 + ones;
    }

    private static boolean outside(int value, int most) {
        return value < 0 || value > most;
    }

    private static long slow(char[] chars, int from, int length) {
        String text = new String(chars, from, length);
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, ISO);
            return time.getNano() % 1_000_000 == 0 ? time.toInstant().toEpochMilli() : OFF_GRID;
        } catch (DateTimeException notWithOffset) {
            return isLocal(text) ? NO_OFFSET : NOT_A_TIME;
        } catch (ArithmeticException beyondAllTime) {
            return NOT_A_TIME;
        }
    }

    private static boolean isLocal(String text) {
        try {
            LocalDateTime local = LocalDateTime.parse(text.replace(' ', 'T'));
            return local.getYear() > 0;
        } catch (DateTimeException notATime) {
            return false;
        }
    }
}
