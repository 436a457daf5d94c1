package mitoyen.simulator.architecture.bad;

import java.time.LocalDate;
import java.time.ZoneId;

final class TimeZones {
    private TimeZones() {}

    static String midnight(LocalDate day) {
        return day.atStartOfDay(ZoneId.of("Europe/Paris")).toString();
    }
}
