package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.readings.Progress;
import mitoyen.node.verify.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A street brings years of readings to a new ledger of version 2 at once: more days than an
/// account may send at once (LE-93).
class ManyDaysTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);
    private static final int DAYS = 1_100;

    @TempDir private Path folder;

    @Test
    void areSettledAndVerified() throws Exception {
        InboxFolder inbox = new InboxFolder(folder.resolve("in"));
        Path street = folder.resolve("street");
        try (RunningNode node = start(street)) {
            inbox.drop("community.yaml", InboxFolder.COMMUNITY.replace("2025-01-01", "2020-01-01"));
            inbox.drop("a.csv", readings());
            InboxFolder.await(Duration.ofMinutes(15), () -> inbox.settled().size() == 4);
            assertThat(node.height()).isGreaterThan(DAYS);
        }
        assertThat(Verification.run(street, Optional.empty(), new RealDisk(), Progress.NONE))
                .asString()
                .contains("settlements=recomputed");
    }

    private static String readings() {
        StringBuilder csv = new StringBuilder("start,meter,consumption_kwh,production_kwh\n");
        Instant end = FIRST.plusDays(DAYS).atStartOfDay(ZONE).toInstant();
        Instant at = FIRST.atStartOfDay(ZONE).toInstant();
        for (; at.isBefore(end); at = at.plusSeconds(3_600)) {
            csv.append(at).append(",A1,,1.5\n").append(at).append(",B1,0.75,\n");
        }
        return csv.toString();
    }

    private RunningNode start(Path street) throws Exception {
        return NodeFixture.startWithInbox(
                street,
                new Beginning.Founded("rue", Optional.of(ZONE.getId()), Optional.of("EUR")),
                folder.resolve("in"));
    }
}
