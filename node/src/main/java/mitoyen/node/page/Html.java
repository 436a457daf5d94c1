package mitoyen.node.page;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.function.Consumer;

/// Renders a compiled template with every value escaped for its place.
final class Html {
    private Html() {}

    static String render(Consumer<HtmlTemplateOutput> template) {
        StringOutput page = new StringOutput(1 << 15);
        template.accept(new OwaspHtmlTemplateOutput(page));
        return page.toString();
    }
}
