package mitoyen.simulator.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/// The days on which a French school is closed: close to the calendar of the academies, by rule
/// instead of by decree, so that any year can be simulated.
final class Holidays {
    private static final int SHORT_HOLIDAY_DAYS = 16;
    private static final Set<MonthDay> PUBLIC =
            Set.of(
                    MonthDay.of(Month.MAY, 1),
                    MonthDay.of(Month.MAY, 8),
                    MonthDay.of(Month.NOVEMBER, 11));

    private Holidays() {}

    /// Whether there are no lessons: weekends, public holidays, four short holidays of two weeks
    /// (All Saints, Christmas, winter, spring) and the summer.
    static boolean schoolIsClosedOn(LocalDate day) {
        return isWeekend(day)
                || PUBLIC.contains(MonthDay.from(day))
                || isSummer(day)
                || isIn(day, firstSaturdayFrom(day, Month.OCTOBER, 17))
                || isIn(day, firstSaturdayFrom(day, Month.DECEMBER, 17))
                || day.getDayOfYear() <= 4
                || isIn(day, firstSaturdayFrom(day, Month.FEBRUARY, 8))
                || isIn(day, firstSaturdayFrom(day, Month.APRIL, 5));
    }

    /// Whether people are at home during the day.
    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static boolean isSummer(LocalDate day) {
        return day.getMonth() == Month.AUGUST
                || (day.getMonth() == Month.JULY && day.getDayOfMonth() >= 5);
    }

    private static boolean isIn(LocalDate day, LocalDate first) {
        return !day.isBefore(first) && day.isBefore(first.plusDays(SHORT_HOLIDAY_DAYS));
    }

    private static LocalDate firstSaturdayFrom(LocalDate day, Month month, int dayOfMonth) {
        return LocalDate.of(day.getYear(), month, dayOfMonth)
                .with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
    }
}
