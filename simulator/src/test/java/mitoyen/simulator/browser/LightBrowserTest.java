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

/// LI-8: the page's light client gives each recorded light block the answer that the ledger's own
/// gives.
class LightBrowserTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("mitoyen.root"))
                    .resolve("ledger/src/test/resources/mitoyen/ledger/light");

    private static final String ANSWERS =
            """
            async (lines) => {
              const { begin, verifyLater } = await import("/light.js");
              const { decodeLightBlock } = await import("/lightblocks.js");
              const { fromHex, toHex } = await import("/sha256.js");
              const blocks = new Map();
              const bytesOf = (text) => {
                const [, zeros] = text.match(/^zeros:(\\d+)$/) ?? [];
                if (zeros) return new Uint8Array(Number(zeros));
                const [name, bit] = text.split("^");
                if (!blocks.has(name)) return fromHex(text);
                const bytes = blocks.get(name).slice();
                if (bit) bytes[bit >> 3] ^= 0x80 >> (bit & 7);
                return bytes;
              };
              const answerOf = (trust, bytes) => {
                if (trust.startsWith("begin ")) return begin(bytes, fromHex(trust.slice(6)));
                const [name, now] = trust.split("@");
                return verifyLater(decodeLightBlock(blocks.get(name)), bytes, Number(now));
              };
              const describe = (answer) => {
                if (answer.kind === "refused") return `refused,${answer.reason}`;
                const { height, anchor } = answer.block.header;
                return ["proved", height, toHex(answer.hash), anchor.size, toHex(anchor.root)]
                  .join(",");
              };
              const answers = [];
              for (const line of lines) {
                const [name, ...rest] = line.split(";");
                if (rest.length === 1) {
                  blocks.set(name, fromHex(rest[0]));
                  continue;
                }
                const [trust, block] = rest;
                answers.push(`${name};${describe(await answerOf(trust, bytesOf(block)))}`);
              }
              return answers;
            }
            """;

    private static final String WITHOUT_ED25519 =
            """
            async ([hash, block]) => {
              const { begin } = await import("/light.js");
              const { fromHex } = await import("/sha256.js");
              crypto.subtle.importKey = () => Promise.reject(
                new DOMException("no such algorithm", "NotSupportedError"));
              return (await begin(fromHex(block), fromHex(hash))).reason;
            }
            """;

    @Test
    void everyRecordedLightBlockGetsTheSameAnswerInTheBrowser() throws IOException {
        List<String> lines = lines();
        List<String> expected = new ArrayList<>();
        lines.stream()
                .map(line -> line.split(";", -1))
                .filter(fields -> fields.length == 4)
                .forEach(fields -> expected.add(fields[0] + ";" + fields[3]));
        try (Chromium chromium = new Chromium();
                Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            PageModules.open(page);
            List<?> answers = (List<?>) page.evaluate(ANSWERS, lines);
            assertThat(chromium.takeComplaints()).isEmpty();
            assertThat(answers).hasSizeGreaterThan(100).isEqualTo(expected);
        }
    }

    @Test
    void aBrowserWithoutEd25519SaysSo() throws IOException {
        String[] beginning =
                lines().stream()
                        .map(line -> line.split(";", -1))
                        .filter(fields -> fields[0].equals("block 1 to begin with"))
                        .findFirst()
                        .orElseThrow();
        String block =
                lines().stream()
                        .filter(line -> line.startsWith("block 1;"))
                        .findFirst()
                        .orElseThrow();
        try (Chromium chromium = new Chromium();
                Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            PageModules.open(page);
            Object reason =
                    page.evaluate(
                            WITHOUT_ED25519,
                            List.of(
                                    beginning[1].substring("begin ".length()),
                                    block.substring("block 1;".length())));
            assertThat(reason).isEqualTo("unsupported");
        }
    }

    private static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(VECTORS.resolve("network.txt")));
        lines.addAll(Files.readAllLines(VECTORS.resolve("light.txt")));
        return lines;
    }
}
