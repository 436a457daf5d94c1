package mitoyen.node.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementRequest;

/// A street of three members over five days in two months, settled for real. One of them has a name
/// that would like to be markup.
final class SampleFolder {
    static final String COMMUNITY =
            """
            version: 1
            community: impasse
            zone: Europe/Paris
            step: PT60M
            currency: EUR
            billing: month
            publish-totals: true
            key: {type: pro-rata}
            prices:
              - {from: 2025-01-01, local: "0.14", supplier: "0.18", feed-in: "0.04", community-fee: "0.01"}
            network-operator: enedis
            members:
              - {id: alice, name: Alice Martin, meters: [A1], vat: "0", vat-note: "Art. 293 B"}
              - {id: bruno, name: "Bruno & <b>Petit</b>", meters: [B1]}
              - {id: ecole, name: École, meters: [E1], vat: "0.2", price: "0"}
            """;
    static final LocalDate FIRST = LocalDate.of(2025, 9, 29);
    static final int DAYS = 5;

    private SampleFolder() {}

    /// Settles the street in a folder.
    static void settle(Path folder, Path files) throws IOException, InputMistakes, Refused {
        settle(folder, files, DAYS);
    }

    /// Settles the street's first days in a folder.
    static void settle(Path folder, Path files, int days)
            throws IOException, InputMistakes, Refused {
        Path community = Files.writeString(files.resolve("community.yaml"), COMMUNITY);
        Path readings = Files.writeString(files.resolve("readings.csv"), readings(FIRST, days));
        Settlement.run(
                new SettlementRequest(
                        community, List.of(readings), folder, false, false, false, 250),
                new RealDisk(),
                new SecureRandom(),
                Progress.NONE);
    }

    /// Readings of whole days.
    static String readings(LocalDate first, int days) {
        StringBuilder rows = new StringBuilder("start,meter,consumption_kwh,production_kwh\n");
        ZoneId zone = ZoneId.of("Europe/Paris");
        ZonedDateTime end = first.plusDays(days).atStartOfDay(zone);
        Random random = new Random(first.toEpochDay());
        for (ZonedDateTime at = first.atStartOfDay(zone); at.isBefore(end); at = at.plusHours(1)) {
            double sun = Math.max(0, Math.sin(Math.PI * (at.getHour() - 7) / 11.0));
            String start = at.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            row(rows, start, "A1", 200 + random.nextInt(500), (int) (sun * 1800));
            row(rows, start, "B1", 150 + random.nextInt(400), 0);
            row(rows, start, "E1", 100 + random.nextInt(300), (int) (sun * 900));
        }
        return rows.toString();
    }

    private static void row(StringBuilder rows, String start, String meter, int c, int p) {
        rows.append("%s,%s,%d.%03d,%d.%03d%n".formatted(start, meter, 0, c, p / 1000, p % 1000));
    }
}
