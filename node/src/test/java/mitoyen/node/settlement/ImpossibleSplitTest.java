package mitoyen.node.settlement;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.node.books.Books;
import mitoyen.node.books.SettledDay;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.readings.Progress;
import mitoyen.node.verify.DoesNotHold;
import mitoyen.node.verify.Verification;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// EN-26, EN-27: an operator's split that no meter could have measured, settled by someone who went
/// round the import and signed it, is found by whoever verifies.
class ImpossibleSplitTest {
    private static final String COMMUNITY =
            """
            version: 1
            community: lane
            zone: UTC
            step: PT60M
            currency: EUR
            billing: month
            key: {type: from-operator}
            prices:
              - from: 2025-01-01
                local: "0.14"
                supplier: "0.18"
                feed-in: "0.04"
                community-fee: "0.01"
            network-operator: enedis
            members:
              - {id: paula, name: Paula Martin, vat: "0", meters: [P1]}
              - {id: bruno, name: Bruno Petit, meters: [B1]}
            """;
    private static final LocalDate DAY = LocalDate.of(2025, 10, 31);
    private static final Instant MIDNIGHT = Instant.parse("2025-10-31T00:00:00Z");
    private static final int INTERVALS = 24;

    @TempDir private Path temporary;

    /// Without documents, which come last in a verification.
    @ParameterizedTest
    @CsvSource({
        "500, 500, ''",
        "500, 502, ''",
        "1001, 900, a meter is allocated more than it consumed",
        "900, 901, a meter sells more than it produced",
        "500, 503, sold and allocated differ by more than rounding explains"
    })
    void isFoundThoughItIsSigned(long allocated, long sold, String reason) throws Exception {
        Path folder = temporary.resolve("out");
        settle(folder, allocated, sold);
        assertThatThrownBy(() -> verify(folder))
                .isInstanceOf(DoesNotHold.class)
                .hasMessageContaining(
                        reason.isEmpty()
                                ? "allocations.csv: missing"
                                : "settlement of 2025-10-31: the operator's split is not possible"
                                        + " at 2025-10-31T00:00:00Z: "
                                        + reason);
    }

    /// In each interval Bruno consumed 1,000 mWh and Paula produced 900.
    private void settle(Path folder, long allocated, long sold) throws Exception {
        Path file = Files.writeString(temporary.resolve("community.yaml"), COMMUNITY);
        Community community = CommunityFile.read(file);
        Disk disk = new RealDisk();
        long start = MIDNIGHT.toEpochMilli();
        SettledDay day =
                SettledDay.share(
                        DAY,
                        0,
                        start,
                        start + Duration.ofHours(INTERVALS).toMillis(),
                        community,
                        new DayReadings(
                                INTERVALS,
                                2,
                                column(1, 1_000),
                                column(0, 900),
                                Optional.of(
                                        new DayAllocation(column(1, allocated), column(0, sold)))),
                        0,
                        0);
        try (Folder open =
                Folder.found(
                        folder,
                        community,
                        start,
                        disk,
                        LedgerPort.ownedBy(disk),
                        new SecureRandom())) {
            open.put(
                    PreparedDay.Entry.of(
                            day, Optional.empty(), open.keep(community), open.archive()));
            open.commit();
            Books books = open.archive().books();
            open.claim(books.bills());
        }
    }

    private static void verify(Path folder) throws IOException {
        Verification.run(folder, Optional.empty(), new RealDisk(), Progress.NONE);
    }

    /// One meter's value in every interval, of two meters.
    private static long[] column(int meter, long mWh) {
        long[] values = new long[2 * INTERVALS];
        Arrays.setAll(values, at -> at % 2 == meter ? mWh : 0);
        return values;
    }
}
