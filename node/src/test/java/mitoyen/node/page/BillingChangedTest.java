package mitoyen.node.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A community that billed by month bills by day from some day on. Days keep the terms that they
/// were settled under (EN-47), on the page too.
class BillingChangedTest {
    @TempDir private Path folder;

    @Test
    void whatWasBilledByMonthIsShownByMonth() throws Exception {
        settle(InboxFolder.COMMUNITY, "2025-06-30");
        settle(InboxFolder.COMMUNITY.replace("billing: month", "billing: day"), "2025-07-01");
        try (FolderRecords records = FolderRecords.open(folder.resolve("street"), new RealDisk())) {
            Street street = records.street();
            assertThat(street.periods().stream().map(each -> each.period()).distinct())
                    .containsExactly("2025-06", "2025-07-01");
            assertThat(street.listPeriods()).containsExactly("2025-06", "2025-07-01");
            for (String period : street.listPeriods()) {
                assertThat(street.during(period).sales()).as(period).isNotEmpty();
            }
        }
    }

    private void settle(String community, String day) throws Exception {
        Path terms = Files.writeString(folder.resolve("community.yaml"), community);
        Path readings =
                Files.writeString(folder.resolve(day + ".csv"), InboxFolder.readings(day, "1.5"));
        Settlement.run(
                new SettlementRequest(
                        terms,
                        List.of(readings),
                        folder.resolve("street"),
                        false,
                        false,
                        false,
                        250),
                new RealDisk(),
                new SecureRandom(),
                Progress.NONE);
    }
}
