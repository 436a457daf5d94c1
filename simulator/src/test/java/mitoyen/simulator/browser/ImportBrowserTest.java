package mitoyen.simulator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.page.PageServer;
import mitoyen.node.settlement.FolderLock;
import mitoyen.simulator.browser.Chromium.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The import page: mistakes in their places, nothing settled before it is asked for.
class ImportBrowserTest {
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
            assertThat(page.locator("#import-result h2")).containsText("1 mistake");
            assertThat(page.locator(".mistakes h3")).hasText("spoilt.csv");
            assertThat(page.locator(".excerpt .marked")).hasAttribute("value", "3");
            assertThat(page.locator(".excerpt .marked .what")).isVisible();
            assertThat(Chromium.obstacles(page)).isEmpty();
            assertThat(folder.resolve("ledger")).doesNotExist();

            page.locator("#discard").click();
            assertThat(page.locator("#file-list li")).hasCount(0);
            drop(page, ExampleFolder.READINGS);
            page.locator("#check-files").click();
            assertThat(page.locator("#import-result h2")).containsText("No community is known yet");

            drop(page, ExampleFolder.COMMUNITY);
            page.locator("#check-files").click();
            assertThat(page.locator("#import-result h2")).containsText("All is well");
            assertThat(page.locator("#import-result")).containsText("31 new days");
            assertThat(folder.resolve("ledger")).doesNotExist();

            page.locator("#settle").click();
            assertThat(page.locator("#import-result h2")).containsText("Settled");
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
                    .containsText("1 jour réglé a maintenant d’autres mesures");
            assertThat(page.locator("#import-result li")).hasText("mardi 21 octobre 2025");
            assertThat(page.locator("#settle")).hasCount(0);
            assertThat(Chromium.obstacles(page)).isEmpty();

            page.locator("#correct").click();
            assertThat(page.locator("#import-result")).containsText("1 jour à régler de nouveau");
            page.locator("#settle").click();
            assertThat(page.locator("#import-result"))
                    .containsText("1 jour a été réglé de nouveau");
            assertThat(chromium.takeComplaints()).isEmpty();
        }
    }

    @Test
    void mistakesAreSaidInTheReadersLanguageAndNameTheBoxesOfThePage(
            @TempDir Path folder, @TempDir Path files) throws IOException {
        List<String> lines = Files.readAllLines(ExampleFolder.READINGS);
        Path rows = files.resolve("rows.csv");
        List<String> wrong = new ArrayList<>(lines);
        wrong.set(2, lines.get(2).replaceFirst(",[^,]*$", ",-1"));
        wrong.set(4, lines.get(4).replaceFirst("[+]0[12]:00", ""));
        wrong.set(6, lines.get(6).replaceFirst("^([^,]*),[^,]*", "$1,X9"));
        Files.write(rows, wrong);
        Path header = files.resolve("header.csv");
        Files.write(header, List.of(lines.getFirst().replace("consumption_kwh", "conso")));
        Path gap = files.resolve("gap.csv");
        Files.write(gap, lines.subList(0, lines.size() - 20));
        Path again = files.resolve("again.csv");
        Files.write(again, lines.subList(0, 2));
        try (Chromium chromium = new Chromium();
                PageServer server = PageServer.serve(folder, new RealDisk(), 0);
                Page page = chromium.open(new Reader("fr-FR", false, 1200))) {
            page.navigate(server.address() + "import");
            Locator found = page.locator("#import-result");
            drop(page, ExampleFolder.COMMUNITY, rows, header);
            page.locator("#check-files").click();
            assertThat(found.locator("h2")).containsText("erreurs");
            assertThat(found).containsText("est négatif");
            assertThat(found).containsText("n’a pas de décalage");
            assertThat(found).containsText("compteur inconnu X9");
            assertThat(found).containsText("se convertit avant d’être déposé");
            assertThat(found.locator(".mistakes").first()).isVisible();
            assertThat(Chromium.obstacles(page)).isEmpty();

            page.locator("#discard").click();
            assertThat(page.locator("#file-list li")).hasCount(0);
            drop(page, ExampleFolder.COMMUNITY, gap, again);
            page.locator("#check-files").click();
            assertThat(found).containsText("le dernier jour, 2025-10-31");
            assertThat(found).containsText("cochez «\u00a0" + label(page, "partial") + "\u00a0»");
            assertThat(found).containsText("cochez «\u00a0" + label(page, "gapsZero") + "\u00a0»");
            assertThat(found).containsText("la première est dans again.csv, ligne 2");
            assertThat(found).not().containsText("--");
            assertThat(found).not().containsText("/tmp");
            assertThat(chromium.takeComplaints()).isEmpty();
        }
    }

    @Test
    void aRunInTheSameFolderIsToldInTheReadersLanguage(@TempDir Path folder) throws Exception {
        ExampleFolder.settle(folder);
        try (Chromium chromium = new Chromium();
                PageServer server = PageServer.serve(folder, new RealDisk(), 0);
                Page page = chromium.open(new Reader("fr-FR", false, 1200))) {
            page.navigate(server.address() + "import");
            drop(page, ExampleFolder.READINGS);
            page.locator("#check-files").click();
            assertThat(page.locator("#import-result")).containsText("déjà réglés");
            try (FolderLock _ = FolderLock.share(folder)) {
                page.locator("#settle").click();
                assertThat(page.locator("#import-result"))
                        .containsText("ce dossier sert à un autre règlement ou à un nœud");
            }
            assertThat(page.locator("#import-result")).containsText("attendez qu’il ait fini");
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

    /// What stands beside a box.
    private static String label(Page page, String box) {
        return page.locator("label:has([name=" + box + "])").innerText().strip();
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
