package mitoyen.simulator.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import mitoyen.node.page.PageServer;

/// The page's JavaScript modules without a page and without a server: they are answered in the
/// browser, from the program's own resources.
final class PageModules {
    /// Nobody listens there: what is asked for is answered here.
    private static final String ORIGIN = "http://127.0.0.1:9/";

    private PageModules() {}

    /// Opens an empty page from which `import("/verify.js")` and the like find their modules.
    static void open(Page page) {
        page.route(ORIGIN + "*", PageModules::answer);
        page.navigate(ORIGIN + "page");
    }

    private static void answer(Route route) {
        String name = URI.create(route.request().url()).getPath().substring(1);
        if (!name.endsWith(".js")) {
            route.fulfill(
                    new Route.FulfillOptions()
                            .setContentType("text/html")
                            .setBody("<!doctype html><link rel=icon href=data:,>"));
            return;
        }
        try (InputStream in = PageServer.class.getResourceAsStream(name)) {
            route.fulfill(
                    new Route.FulfillOptions()
                            .setContentType("text/javascript")
                            .setBodyBytes(in.readAllBytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
