package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.consensus.Block;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.embedded.EmbeddedEngine;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.node.books.Anchor;
import mitoyen.node.settlement.LedgerReader;
import mitoyen.simulator.run.ExecutedLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Whoever has the program and no key makes blocks of his own, and a summary that fits them:
/// `verify` finds them (LE-63), also where the vault is absent.
class ForgedBlocksTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private Path temporary;
    private Street street;

    @BeforeEach
    void settle() throws Exception {
        street = Street.at(temporary.resolve("street"), Street.LANE);
        street.settle(Street.LANE_READINGS.rows("2025-10-31"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_empty_block_added_at_the_end_is_found(boolean withVault) throws Exception {
        assertThatVerifyFinds(withVault, List.of(), "block 4: holds something else than one");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_block_of_noise_added_at_the_end_is_found(boolean withVault) throws Exception {
        byte[] noise = "noise".getBytes(StandardCharsets.UTF_8);
        assertThatVerifyFinds(withVault, List.of(noise), "block 4: holds something else than one");
    }

    @Test
    void a_transaction_ordered_again_is_found() throws Exception {
        byte[] claim = blocks().getLast().bundles().getFirst();
        assertThatVerifyFinds(true, List.of(claim), "block 4: holds something else than one");
    }

    @Test
    void the_last_block_made_again_at_another_time_is_found() throws Exception {
        List<Block> blocks = blocks();
        Block last = blocks.getLast();
        List<Proposal> proposals =
                blocks.stream()
                        .map(block ->
                                new Proposal(
                                        block.timeMillis() + (block.equals(last) ? 60_000 : 0),
                                        block.bundles()))
                        .toList();
        byte[] genesis = Files.readAllBytes(street.out().resolve("ledger/genesis.cbor"));
        Files.delete(street.out().resolve("ledger/blocks-00000001.journal"));
        append(genesis, proposals);
        fitSummary();
        assertThatThrownBy(street::verify).hasMessageContaining("block 3: is of 2025-10-31T23:01");
    }

    private void assertThatVerifyFinds(boolean withVault, List<byte[]> bundles, String what)
            throws Exception {
        if (!withVault) {
            Files.delete(street.out().resolve("vault/vault.sqlite"));
        }
        assertThat(street.verify()).startsWith("OK ");
        long time = blocks().getLast().timeMillis() + 1;
        append(
                Files.readAllBytes(street.out().resolve("ledger/genesis.cbor")),
                List.of(new Proposal(time, bundles)));
        fitSummary();
        assertThatThrownBy(street::verify).hasMessageContaining(what);
    }

    private List<Block> blocks() throws Exception {
        List<Block> blocks = new ArrayList<>();
        LedgerReader.read(street.out(), (block, _, _) -> blocks.add(block));
        return blocks;
    }

    private void append(byte[] genesis, List<Proposal> proposals) throws Exception {
        Path ledger = street.out().resolve("ledger");
        BlockExecution execution = new BlockExecution(Genesis.decode(genesis));
        ExecutedLedger machine = new ExecutedLedger(execution::execute, execution.initialState());
        try (EmbeddedEngine engine =
                EmbeddedEngine.open(new RealDisk(), ledger, genesis, machine, _ -> {})) {
            engine.submit(proposals);
        }
    }

    private void fitSummary() throws Exception {
        Path file = street.out().resolve("summary.json");
        Anchor anchor = street.ledger().anchor();
        ObjectNode summary = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        ObjectNode ledger = (ObjectNode) summary.get("ledger");
        ledger.put("height", anchor.height());
        ledger.put("transactions", anchor.transactions());
        ledger.put("root", anchor.root().toString());
        Files.writeString(
                file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(summary) + "\n");
    }
}
