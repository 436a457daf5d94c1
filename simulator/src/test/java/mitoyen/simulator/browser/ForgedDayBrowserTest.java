package mitoyen.simulator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import mitoyen.consensus.Block;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.machine.StateProofs;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.ledger.proof.ProofCodec;
import mitoyen.node.page.PageServer;
import mitoyen.node.settlement.LedgerIndex;
import mitoyen.node.settlement.LedgerReader;
import mitoyen.simulator.browser.Chromium.Reader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A server that answers the check of a day with true proofs of something else than was asked for.
class ForgedDayBrowserTest {
    private static final LocalDate CORRECTED = LocalDate.of(2025, 10, 21);
    private static final LocalDate OTHER = LocalDate.of(2025, 10, 20);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Blocks BLOCKS = new Blocks();

    private static Chromium chromium;
    private static PageServer server;
    private static ObjectNode before;
    private static String rootBefore;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        chromium = new Chromium();
        ExampleFolder.settle(folder);
        try (PageServer earlier = PageServer.serve(folder, new RealDisk(), 0);
                Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            before = read(page, earlier, CORRECTED, "readings");
            page.navigate(earlier.address() + "members/alice");
            rootBefore = page.locator("#check-root").inputValue();
        }
        ExampleFolder.correct(folder);
        LedgerReader.read(folder, BLOCKS);
        server = PageServer.serve(folder, new RealDisk(), 0);
    }

    @AfterAll
    static void stop() throws IOException {
        chromium.close();
        server.close();
    }

    @Test
    void whatADayWasBeforeItsCorrectionIsNotTheDayUnderALaterRoot() {
        try (Page page = open()) {
            answer(page, "readings", BLOCKS::withEarlierDay);
            assertThat(verdict(page, CORRECTED, now(page))).isEqualTo("false");
        }
    }

    @Test
    void theRootsLastBlockIsNotWhicheverTheServerSays() {
        try (Page page = open()) {
            answer(
                    page,
                    "readings",
                    forged ->
                            BLOCKS.withEarlierDay(forged)
                                    .put("blockCount", BLOCKS.firstSettled(CORRECTED)));
            assertThat(verdict(page, CORRECTED, now(page))).isEqualTo("false");
        }
    }

    @Test
    void theOtherKindOfADayIsNotTheOneAskedFor() {
        try (Page page = open()) {
            answer(page, "allocations", asked -> read(page, server, OTHER, "readings"));
            assertThat(verdict(page, OTHER, now(page))).isEqualTo("false");
        }
    }

    @Test
    void anotherCommunitysDayIsNotTheOneAskedFor() {
        try (Page page = open()) {
            page.locator("form.check").evaluate("form => { form.dataset.community = 'other'; }");
            assertThat(verdict(page, OTHER, now(page))).isEqualTo("false");
            page.locator("#check-result details").first().click();
            assertThat(page.locator("#check-result .steps li").first()).containsText("✗");
            assertThat(page.locator("#check-result .steps li").nth(2)).containsText("✗");
        }
    }

    @Test
    void anotherMembersHalfOfADayDoesNotGoWithOnesOwn() {
        try (Page page = open()) {
            answer(page, "allocations", asked -> read(page, server, "bruno", OTHER, "allocations"));
            assertThat(verdict(page, OTHER, now(page))).isEqualTo("false");
        }
    }

    @Test
    void aDayIsProvedUnderTheRootAndTheBlockOfAnyHeight() {
        try (Page page = open()) {
            assertThat(verdict(page, OTHER, rootBefore)).isEqualTo("true");
            assertThat(page.locator("#check-result")).containsText("the day’s last ones");
            assertThat(verdict(page, CORRECTED, rootBefore)).isEqualTo("false");
            assertThat(verdict(page, OTHER, BLOCKS.thatSettled(OTHER).hash().toString()))
                    .isEqualTo("true");
        }
    }

    @Test
    void aDaysRootSaysNothingOfLaterCorrections() {
        try (Page page = open()) {
            answer(page, "readings", BLOCKS::withEarlierDay);
            String root = before.get("dayRoot").asString();
            assertThat(verdict(page, CORRECTED, root)).isEqualTo("true");
            assertThat(page.locator("#check-result"))
                    .containsText("Whether the day was corrected since");
        }
    }

    private static Page open() {
        Page page = chromium.open(new Reader("en-GB", false, 1200));
        page.navigate(server.address() + "members/alice");
        return page;
    }

    private static String now(Page page) {
        return page.locator("#check-root").inputValue();
    }

    /// Puts another answer into the place of the server's for one kind.
    private static void answer(Page page, String kind, UnaryOperator<ObjectNode> forgery) {
        page.route(
                "**/proof?kind=" + kind + "&*",
                route -> {
                    ObjectNode asked = parse(route.fetch().text());
                    route.fulfill(
                            new Route.FulfillOptions()
                                    .setBody(JSON.writeValueAsString(forgery.apply(asked))));
                });
    }

    private static String verdict(Page page, LocalDate day, String root) {
        page.locator("#check-result").evaluate("element => element.replaceChildren()");
        page.locator("#check-day").selectOption(day.toString());
        page.locator("#check-root").fill(root);
        page.locator(".check button").click();
        Locator verdict = page.locator("#check-result .verdict");
        verdict.waitFor();
        return String.valueOf(verdict.getAttribute("data-holds"));
    }

    private static ObjectNode read(Page page, PageServer from, LocalDate day, String kind) {
        return read(page, from, "alice", day, kind);
    }

    private static ObjectNode read(
            Page page, PageServer from, String member, LocalDate day, String kind) {
        URI address =
                from.address()
                        .resolve(
                                "/api/members/%s/days/%s/proof?kind=%s"
                                        .formatted(member, day, kind));
        return parse(page.request().get(address.toString()).text());
    }

    private static ObjectNode parse(String json) {
        return (ObjectNode) JSON.readTree(json.getBytes(StandardCharsets.UTF_8));
    }

    /// All blocks, and what the ledger held after each.
    private static final class Blocks implements LedgerReader.Visitor {
        private final List<Block> blocks = new ArrayList<>();
        private final List<State> states = new ArrayList<>();
        private final SortedMap<LocalDate, Long> firstSettled = new TreeMap<>();
        private String community = "";

        @Override
        public void visit(Block block, List<EnergyEvent> events, LedgerIndex index) {
            blocks.add(block);
            community = index.community();
            for (LocalDate day : index.days().keySet()) {
                firstSettled.putIfAbsent(day, block.height());
            }
        }

        @Override
        public void visit(Block block, List<EnergyEvent> events, LedgerIndex index, State state) {
            visit(block, events, index);
            states.add(state);
        }

        long firstSettled(LocalDate day) {
            return Objects.requireNonNull(firstSettled.get(day));
        }

        Block thatSettled(LocalDate day) {
            return blocks.get(Math.toIntExact(firstSettled(day)) - 1);
        }

        /// What the day was at first, which is in the state of then, under the root of now.
        ObjectNode withEarlierDay(ObjectNode today) {
            int place = Math.toIntExact(firstSettled(CORRECTED)) - 1;
            State state = states.get(place);
            List<Digest> leaves =
                    blocks.stream()
                            .map(block -> MerkleTree.leafHash(block.hash().toBytes()))
                            .toList();
            BlockProof block =
                    new BlockProof(
                            ByteString.of(blocks.get(place).header()),
                            MerkleTree.path(leaves, place).siblings());
            ByteString key = state.energy().findDay(community, CORRECTED).orElseThrow().key();
            byte[] entry = ProofCodec.encode(StateProofs.prove(state, StatePart.DAYS, key, block));
            return before.deepCopy()
                    .put("entry", HexFormat.of().formatHex(entry))
                    .put("blockCount", today.get("blockCount").asLong())
                    .put("ledgerRoot", today.get("ledgerRoot").asString());
        }
    }
}
