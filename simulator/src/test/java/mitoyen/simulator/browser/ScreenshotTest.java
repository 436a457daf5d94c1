package mitoyen.simulator.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.page.PageServer;
import mitoyen.simulator.browser.Chromium.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Makes the pictures of the documents. They are written to `docs/images` only where
/// `MITOYEN_SCREENSHOTS` is set: a run of the tests leaves the checkout as it was.
class ScreenshotTest {
    private static final int LARGEST_BYTES = 300_000;
    private static final Path IMAGES = ExampleFolder.ROOT.resolve("docs/images");

    @Test
    void thePagesOfTheReadmeArePicturedFromTheExample(@TempDir Path folder) throws Exception {
        ExampleFolder.settle(folder);
        try (Chromium chromium = new Chromium();
                PageServer server = PageServer.serve(folder, new RealDisk(), 0)) {
            Reader wide = new Reader("en-GB", false, 1100);
            Reader dark = new Reader("fr-FR", true, 1100);
            Reader phone = new Reader("fr-FR", false, 390);
            Reader paper = new Reader("fr-FR", false, 860);
            picture(chromium, wide, server.address().toString(), "page", 1180);
            picture(chromium, dark, server.address() + "members/alice", "member-dark", 1080);
            picture(chromium, phone, server.address().toString(), "phone", 1000);
            picture(chromium, wide, server.address() + "days/2025-10-26", "day", 1080);
            picture(chromium, paper, server.address() + "statements/alice/2025-10", "statement", 0);
        }
    }

    /// @param height in pixels; 0: the whole page
    private static void picture(
            Chromium chromium, Reader reader, String address, String name, int height)
            throws IOException {
        try (Page page = chromium.open(reader)) {
            page.navigate(address);
            Page.ScreenshotOptions options = new Page.ScreenshotOptions().setFullPage(true);
            if (height > 0) {
                options.setClip(new Clip(0, 0, reader.width(), height));
            }
            byte[] png = page.screenshot(options);
            assertThat(png.length).as(name).isBetween(10_000, LARGEST_BYTES);
            if (System.getenv("MITOYEN_SCREENSHOTS") != null) {
                Files.createDirectories(IMAGES);
                Files.write(IMAGES.resolve(name + ".png"), png);
            }
        }
    }
}
