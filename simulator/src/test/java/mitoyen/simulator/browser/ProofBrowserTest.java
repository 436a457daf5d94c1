package mitoyen.simulator.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateProofs;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.ProofCodec;
import mitoyen.ledger.proof.ProofVerifier;
import mitoyen.ledger.proof.Verdict;
import mitoyen.simulator.browser.Chromium.Reader;
import org.junit.jupiter.api.Test;

/// LE-169: the page's verifier gives each recorded proof the answer that the ledger's own gives.
class ProofBrowserTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("mitoyen.root"))
                    .resolve("ledger/src/test/resources/mitoyen/ledger/proof/proofs.txt");

    /// How long the longest holder is at least [bytes]: half of what a value may be.
    private static final int TOO_SHORT = 250_000;

    private static final int STATE_ROOT_AT = 80;

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
                const written = (part) => {
                  const [, zeros] = part.match(/^zeros:(\\d+)$/) ?? [];
                  return zeros ? "00".repeat(Number(zeros)) : part;
                };
                const bytes = fromHex(proof.split("+").map(written).join(""));
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
        List<String> answers = ask(lines);
        List<String> answered = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            answered.add(nameOf(lines.get(i)) + ";" + answers.get(i));
        }
        assertThat(answered).hasSizeGreaterThan(90).containsExactlyElementsOf(expected);
    }

    /// LE-164.
    @Test
    void theLongestValuesThatAStateCanHoldAreProvedByBothVerifiers() {
        State state = LargestEntries.state();
        byte[] header = new byte[BlockProof.HEADER_LENGTH];
        header[Long.BYTES - 1] = 1;
        state.root().bytes().copyTo(header, STATE_ROOT_AT);
        BlockProof block = new BlockProof(ByteString.of(header), List.of());
        LogRoot root = new LogRoot(1, BlockProof.leafHash(header));
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (var place : List.of(LargestEntries.HOLDER, LargestEntries.CLAIM)) {
            byte[] proof =
                    ProofCodec.encode(StateProofs.prove(state, place.part(), place.key(), block));
            Verdict verdict = ProofVerifier.verify(proof, root);
            assertThat(verdict).isInstanceOf(Verdict.Held.class);
            ByteString value = ((Verdict.Held) verdict).value();
            assertThat(value.length()).isBetween(TOO_SHORT, ProofCodec.MAX_VALUE_LENGTH);
            lines.add("largest;1:" + root.root() + ";" + HexFormat.of().formatHex(proof));
            expected.add("held,%s,%s,%s,1".formatted(place.part(), place.key(), value));
        }
        assertThat(ask(lines)).containsExactlyElementsOf(expected);
    }

    /// What the page's verifier answers to proofs, written as the recorded ones are.
    private static List<String> ask(List<String> lines) {
        try (Chromium chromium = new Chromium();
                Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            PageModules.open(page);
            List<?> answers = (List<?>) page.evaluate(ANSWERS, lines);
            assertThat(chromium.takeComplaints()).isEmpty();
            return answers.stream().map(String::valueOf).toList();
        }
    }

    private static String nameOf(String line) {
        return line.substring(0, line.indexOf(';'));
    }
}
