package mitoyen.simulator.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.simulator.browser.Chromium.Reader;
import org.junit.jupiter.api.Test;

/// LE-169: the page's verifier gives each recorded proof the answer that the ledger's own gives.
class ProofBrowserTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("mitoyen.root"))
                    .resolve("ledger/src/test/resources/mitoyen/ledger/proof/proofs.txt");

    private static final String ANSWERS =
            """
            async (lines) => {
              const { verify, verifyGrowth } = await import("/verify.js");
              const { fromHex, toHex } = await import("/sha256.js");
              const rootOf = (text) => {
                const [size, root] = text.split(":");
                return { size: Number(size), root: fromHex(root) };
              };
              const describe = (answer) =>
                Object.entries(answer)
                  .sort(([left], [right]) => order.indexOf(left) - order.indexOf(right))
                  .map(([, value]) => (value instanceof Uint8Array ? toHex(value) : value))
                  .join(",");
              const order = ["kind", "reason", "part", "key", "value", "receipt", "height",
                "earlier", "later"];
              const answers = [];
              for (const line of lines) {
                const [, trust, proof] = line.split(";");
                const [, zeros] = proof.match(/^zeros:(\\d+)$/) ?? [];
                const bytes = zeros ? new Uint8Array(Number(zeros)) : fromHex(proof);
                const roots = trust.split(" ").map(rootOf);
                const check = roots.length === 1 ? verify : verifyGrowth;
                answers.push(describe(await check(bytes, ...roots)));
              }
              return answers;
            }
            """;

    @Test
    void everyRecordedProofGetsTheSameAnswerInTheBrowser() throws IOException {
        List<String> lines = Files.readAllLines(VECTORS);
        List<String> expected = new ArrayList<>();
        lines.forEach(line -> expected.add(nameOf(line) + line.substring(line.lastIndexOf(';'))));
        List<String> answered = new ArrayList<>();
        try (Chromium chromium = new Chromium();
                Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            PageModules.open(page);
            List<?> answers = (List<?>) page.evaluate(ANSWERS, lines);
            for (int i = 0; i < answers.size(); i++) {
                answered.add(nameOf(lines.get(i)) + ";" + answers.get(i));
            }
            assertThat(chromium.takeComplaints()).isEmpty();
        }
        assertThat(answered).hasSizeGreaterThan(90).containsExactlyElementsOf(expected);
    }

    private static String nameOf(String line) {
        return line.substring(0, line.indexOf(';'));
    }
}
