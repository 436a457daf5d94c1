package mitoyen.node.statement;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import mitoyen.node.language.Figures;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import mitoyen.node.templates.statement.JtesheetGenerated;

/// A statement as a page to print: one file, no script, nothing from elsewhere.
public final class StatementHtml {
    private static final String STYLE = resource("statement.css");

    private StatementHtml() {}

    /// The whole page.
    public static String of(Statement statement, Language language) {
        return new String(bytes(statement, language), StandardCharsets.UTF_8);
    }

    /// The whole page in UTF-8.
    public static byte[] bytes(Statement statement, Language language) {
        Messages words = Messages.in(language);
        Utf8ByteOutput page = new Utf8ByteOutput();
        JtesheetGenerated.render(
                new OwaspHtmlTemplateOutput(page),
                null,
                statement,
                words,
                new Figures(words),
                STYLE);
        return page.toByteArray();
    }

    /// The one style sheet that a statement carries, so that whoever serves it can allow its hash
    /// and no other.
    public static String style() {
        return STYLE;
    }

    private static String resource(String name) {
        try (InputStream in = StatementHtml.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
