package mitoyen.node.page;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Renders a compiled template with every value escaped for its place.
final class Html {
    private Html() {}

    static String render(Consumer<HtmlTemplateOutput> template) {
        Utf8ByteOutput page = new Utf8ByteOutput();
        template.accept(new OwaspHtmlTemplateOutput(page));
        return new String(page.toByteArray(), StandardCharsets.UTF_8);
    }
}
