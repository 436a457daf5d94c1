package mitoyen.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-154: local days begin when the JDK's own tables say, for zones of every kind: days of 23,
/// 24.5 and 25 hours, a midnight that does not exist or comes twice, a date that was left out.
final class LocalDayTableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Paris",
                "Australia/Lord_Howe",
                "America/Sao_Paulo",
                "America/Havana",
                "Asia/Kathmandu",
                "UTC"
            })
    void everyDayBeginsWhenItDoes(String zone) {
        LocalDayTable table = table(zone);
        for (LocalDate day = LocalDate.of(1975, 1, 1);
                day.getYear() < 2030;
                day = day.plusDays(1)) {
            assertThat(table.start(day))
                    .as("%s in %s", day, zone)
                    .isEqualTo(day.atStartOfDay(ZoneId.of(zone)).toInstant().toEpochMilli());
        }
    }

    @Test
    void aSpanLiesInItsDay() {
        LocalDayTable table = table("Europe/Paris");
        LocalDate day = LocalDate.of(2025, 10, 26);
        long start = table.start(day);
        long end = start + 25 * 3_600_000;
        assertThat(table.holds(day, start, end)).isTrue();
        assertThat(table.holds(day, start + 1, end - 1)).isTrue();
        assertThat(table.holds(day, start - 1, end)).isFalse();
        assertThat(table.holds(day, start, end + 1)).isFalse();
        assertThat(table.holds(day, start, start)).isFalse();
    }

    @Test
    void itIsReadBackAndNothingElseIs() throws CborException {
        LocalDayTable table = table("Europe/Paris");
        assertThat(read(table)).isEqualTo(table);
        var twice = List.of(new LocalDayTable.Change(5, 0), new LocalDayTable.Change(5, 1));
        for (LocalDayTable wrong :
                List.of(
                        new LocalDayTable("x", 64_801, List.of()),
                        new LocalDayTable("x", 0, twice),
                        new LocalDayTable("x".repeat(65), 0, List.of()))) {
            assertThatExceptionOfType(CborException.class).isThrownBy(() -> read(wrong));
        }
    }

    private static LocalDayTable read(LocalDayTable table) throws CborException {
        CborWriter writer = new CborWriter();
        table.write(writer);
        return LocalDayTable.read(new CborReader(writer.toBytes(), 3));
    }

    private static LocalDayTable table(String zone) {
        var rules = ZoneId.of(zone).getRules();
        List<LocalDayTable.Change> changes = new ArrayList<>();
        var from = LocalDate.of(1970, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
        var next = rules.nextTransition(from);
        while (next != null && next.getInstant().toEpochMilli() < 2_000_000_000_000L) {
            changes.add(
                    new LocalDayTable.Change(
                            next.getInstant().toEpochMilli(),
                            next.getOffsetAfter().getTotalSeconds()));
            next = rules.nextTransition(next.getInstant());
        }
        return new LocalDayTable(zone, rules.getOffset(from).getTotalSeconds(), changes);
    }
}
