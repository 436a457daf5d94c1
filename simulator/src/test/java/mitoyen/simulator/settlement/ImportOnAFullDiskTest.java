package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.page.PageServer;
import mitoyen.simulator.faults.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The import page where the disk becomes full while it settles (issue 3, "Bad input").
class ImportOnAFullDiskTest {
    private static final String STOPPED = "Settling stopped before its end";

    @TempDir private Path temporary;

    @Test
    void the_page_says_that_it_stopped_and_goes_on_when_asked_again() throws Exception {
        Street street = Street.at(temporary, Street.LANE);
        Path readings = street.file(Street.LANE_READINGS.rows("2025-10-30..2025-11-02"));

        assertThat(settle(street, readings, FaultyDisk.fullAfter(12_000)))
                .contains(STOPPED)
                .contains("Days that are on the ledger stay settled", "settle again")
                .doesNotContain("nothing was changed");

        assertThat(settle(street, readings, FaultyDisk.sound())).contains("4 days were settled");
        assertThat(street.verify()).startsWith("OK blocks=7 ");
    }

    /// What the page answers to dropped files that are to be settled at once.
    private static String settle(Street street, Path readings, Disk disk) throws Exception {
        try (PageServer server = PageServer.serve(street.out(), disk, 0);
                HttpClient client = HttpClient.newHttpClient()) {
            URI page = server.address();
            post(client, page.resolve("/api/import/files?name=community.yaml"), street.community());
            post(client, page.resolve("/api/import/files?name=readings.csv"), readings);
            HttpRequest request =
                    asOfThePage(page.resolve("/api/import/settle"))
                            .POST(BodyPublishers.noBody())
                            .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static void post(HttpClient client, URI address, Path file)
            throws IOException, InterruptedException {
        HttpRequest request =
                asOfThePage(address)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofFile(file))
                        .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    }

    private static HttpRequest.Builder asOfThePage(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Accept-Language", "en")
                .header("Sec-Fetch-Site", "same-origin");
    }
}
