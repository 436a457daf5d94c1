package mitoyen.simulator.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/privacy.md tells of every text that somebody can choose and that goes on the ledger: a text
/// in the specification of what is ordered, and of what a ledger begins with, that is not in its
/// table makes this fail.
final class PrivacyPageTest {
    private static final Path DOCUMENTS =
            Path.of(System.getProperty("mitoyen.root", "..")).resolve("docs");

    /// What holds a text of its writer, by its type; days are none.
    private static final Pattern TEXT =
            Pattern.compile(
                    "\"([a-z-]+)\": (?:name|validator-name|asset-code|currency|tstr|bstr \\.size"
                            + " \\(0|\\[0\\*8 origin)");

    @Test
    void everyTextThatReachesTheLedgerIsInTheTable() throws IOException {
        String cddl = Files.readString(DOCUMENTS.resolve("spec/ledger.cddl"));
        String ordered =
                between(cddl, "; --- what is ordered", "; --- what a block answers")
                        + between(
                                cddl,
                                "; --- version 2: what is ordered",
                                "; --- version 2: what a block")
                        + between(cddl, "; --- a shared ledger", "engine-notice = ");
        Set<String> texts =
                TEXT.matcher(ordered)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(texts).hasSizeGreaterThan(8).contains("community", "name", "client-data");
        assertThat(table()).containsAll(texts);
    }

    private static Set<String> table() throws IOException {
        String page = Files.readString(DOCUMENTS.resolve("privacy.md"));
        String section =
                between(page, "### What people write themselves", "### What it still tells");
        return Pattern.compile("`([a-z-]+)`")
                .matcher(section)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from);
        assertThat(start).as(from).isNotNegative();
        return text.substring(start, text.indexOf(to, start));
    }
}
