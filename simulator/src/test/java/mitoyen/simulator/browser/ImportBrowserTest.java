package mitoyen.simulator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.page.PageServer;
import mitoyen.simulator.browser.Chromium.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The import page: mistakes in their places, nothing settled before it is asked for.
class ImportBrowserTest {
    private static final ContainsTextOptions PATIENTLY =
            new ContainsTextOptions().setTimeout(120_000);

    @Test
    void droppedFilesAreCheckedFirstAndSettledOnlyWhenAsked(
            @TempDir Path folder, @TempDir Path files) throws IOException {
        Path spoilt = files.resolve("spoilt.csv");
        Files.write(spoilt, spoilt());
        try (Chromium chromium = new Chromium();
                PageServer server = PageServer.serve(folder, new RealDisk(), 0);
                Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            page.navigate(server.address() + "import");
            assertThat(page.locator("#check-files")).isDisabled();
            assertThat(page.locator("#discard")).isHidden();

            drop(page, ExampleFolder.COMMUNITY, spoilt);
            page.locator("#check-files").click();
            assertThat(page.locator("#import-result h2")).containsText("1 mistake", PATIENTLY);
            assertThat(page.locator(".mistakes h3")).hasText("spoilt.csv");
            assertThat(page.locator(".excerpt .marked")).hasAttribute("value", "3");
            assertThat(page.locator(".excerpt .marked .what")).isVisible();
            assertThat(Chromium.obstacles(page)).isEmpty();
            assertThat(folder.resolve("ledger")).doesNotExist();

            page.locator("#discard").click();
            drop(page, ExampleFolder.READINGS);
            page.locator("#check-files").click();
            assertThat(page.locator("#import-result h2"))
                    .containsText("No community is known yet", PATIENTLY);

            drop(page, ExampleFolder.COMMUNITY);
            page.locator("#check-files").click();
            assertThat(page.locator("#import-result h2")).containsText("All is well", PATIENTLY);
            assertThat(page.locator("#import-result")).containsText("31 new days");
            assertThat(folder.resolve("ledger")).doesNotExist();

            page.locator("#settle").click();
            assertThat(page.locator("#import-result h2")).containsText("Settled", PATIENTLY);
            assertThat(folder.resolve("ledger")).exists();
            page.locator("#import-result a.button").click();
            assertThat(page.locator("h1")).containsText("1,424 kWh");
            assertThat(chromium.takeComplaints()).isEmpty();
        }
    }

    @Test
    void filesThatWaitAreShownAgainAndCanBeThrownAway(@TempDir Path folder) throws IOException {
        try (Chromium chromium = new Chromium();
                PageServer server = PageServer.serve(folder, new RealDisk(), 0);
                Page page = chromium.open(new Reader("fr-FR", false, 1200))) {
            page.navigate(server.address() + "import");
            FileChooser chooser =
                    page.waitForFileChooser(() -> page.getByText("Choisir des fichiers").click());
            assertThat(chooser.isMultiple()).isTrue();
            drop(page, ExampleFolder.COMMUNITY, ExampleFolder.READINGS);

            page.reload();
            assertThat(page.locator("#file-list li"))
                    .containsText(new String[] {"community.yaml", "readings-2025-10.csv"});
            assertThat(page.locator("#check-files")).isEnabled();
            page.locator("#discard").click();
            assertThat(page.locator("#file-list li")).hasCount(0);

            page.reload();
            assertThat(page.locator("#file-list li")).hasCount(0);
            assertThat(page.locator("#check-files")).isDisabled();
            assertThat(chromium.takeComplaints()).isEmpty();
        }
    }

    @Test
    void daysThatTheOperatorRevisedAreNamedAndSettledAnewOnlyWhenAsked(@TempDir Path folder)
            throws Exception {
        ExampleFolder.settle(folder);
        try (Chromium chromium = new Chromium();
                PageServer server = PageServer.serve(folder, new RealDisk(), 0);
                Page page = chromium.open(new Reader("fr-FR", false, 1200))) {
            page.navigate(server.address() + "import");
            drop(page, ExampleFolder.FILES.resolve("revised/readings-2025-10-21.csv"));
            page.locator("#check-files").click();
            assertThat(page.locator("#import-result h2"))
                    .containsText("1 jour réglé a maintenant d’autres mesures", PATIENTLY);
            assertThat(page.locator("#import-result li")).hasText("mardi 21 octobre 2025");
            assertThat(page.locator("#settle")).hasCount(0);
            assertThat(Chromium.obstacles(page)).isEmpty();

            page.locator("#correct").click();
            assertThat(page.locator("#import-result"))
                    .containsText("1 jour à régler de nouveau", PATIENTLY);
            page.locator("#settle").click();
            assertThat(page.locator("#import-result"))
                    .containsText("1 jour a été réglé de nouveau", PATIENTLY);
            assertThat(chromium.takeComplaints()).isEmpty();
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsSaidInTheReadersLanguage(@TempDir Path folder)
            throws IOException {
        try (Chromium chromium = new Chromium();
                PageServer server = PageServer.serve(folder, new RealDisk(), 0);
                Page page = chromium.open(new Reader("fr-FR", false, 1200))) {
            page.navigate(server.address() + "import");
            drop(page, ExampleFolder.READINGS);
            page.route("**/api/import/**", Route::abort);
            page.locator("#check-files").click();
            assertThat(page.locator("#import-result")).containsText("ne répond pas");
            assertThat(page.locator("#check-files")).isEnabled();
        }
    }

    private static void drop(Page page, Path... files) {
        page.locator("#files").setInputFiles(files);
        for (Path file : files) {
            assertThat(
                            page.locator(
                                    "#file-list li[data-name='%s'][data-arrived='true']"
                                            .formatted(file.getFileName())))
                    .isVisible();
        }
    }

    /// The example's readings with a negative consumption on their third line.
    private static List<String> spoilt() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(ExampleFolder.READINGS));
        String[] cells = lines.get(2).split(",", -1);
        cells[2] = "-1";
        lines.set(2, String.join(",", cells));
        return lines;
    }
}
