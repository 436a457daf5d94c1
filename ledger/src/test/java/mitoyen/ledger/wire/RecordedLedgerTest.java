package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.State;
import org.junit.jupiter.api.Test;

/// A recorded ledger of protocol version 1, byte by byte and root by root: what it says is frozen
/// (LE-59). If a change makes this test fail, the change needs a new protocol version.
final class RecordedLedgerTest {
    private static final String RECORD = "recorded-ledger.txt";

    private static final List<String> LINES =
            List.of(
                    "founder founds solaire",
                    "settler settles solaire 2025-10-01",
                    "settler settles solaire 2025-10-02 allocations=b1 totals=committed",
                    "settler settles solaire 2025-10-02 allocations=b2 supersedes=b1 end=1500"
                            + " intervals=100 totals=3,900,600,500,501,agreed",
                    "settler claims solaire 2025-10 number=1 through=4 ana=12.30 bea=-12.31"
                            + " cyr=0.01",
                    "settler claims solaire 2025-10 number=3 through=5",
                    "settler claims solaire 2025-10 number=2 through=5 ana=-0.30 bea=0.30");

    @Test
    void bytesAndRootsAreThoseOfTheRecord() {
        assertThat(record()).isEqualTo(Recording.read(RECORD).text());
    }

    /// LE-53: from the events alone comes the same.
    @Test
    void theRecordIsExecutedFromItsBytesAlone() {
        Recording record = Recording.read(RECORD);
        assertThat(record.execute()).hasSameSizeAs(LINES);
        assertThat(record.genesis().hash().toBytes()).isEqualTo(record.bytes("hash"));
    }

    /// LE-55: neither height nor time is in the state, and an empty block has no receipt.
    @Test
    void anEmptyBlockChangesNothing() {
        LedgerScript ledger = new LedgerScript();
        ledger.run(LINES.getFirst());
        State before = ledger.state();
        Draft.Sealed sealed = ledger.execute(List.of());
        assertThat(sealed.stateRoot()).isEqualTo(before.root());
        assertThat(sealed.outcomes()).isEmpty();
        assertThat(sealed.receiptsRoot())
                .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(State.INITIAL.root()).hasToString("0".repeat(64));
    }

    /// A draft that is not kept leaves the state that it started from as it was.
    @Test
    void aDroppedDraftChangesNothing() {
        LedgerScript ledger = new LedgerScript();
        ledger.run(LINES.getFirst());
        State before = ledger.state();
        var root = before.root();
        BlockExecution execution = new BlockExecution(ledger.genesis);
        byte[] bundle = Bundle.of(List.of(ledger.signed(LINES.get(1)))).toBytes();
        Draft.Sealed one = execution.execute(before, new Moment(2, 2), List.of(bundle));
        Draft.Sealed two = execution.execute(before, new Moment(2, 2), List.of(bundle));
        assertThat(two).usingRecursiveComparison().isEqualTo(one);
        assertThat(one.stateRoot()).isNotEqualTo(root);
        assertThat(before.root()).isEqualTo(root);
    }

    private static String record() {
        LedgerScript ledger = new LedgerScript();
        StringBuilder record = new StringBuilder();
        append(record, "genesis", ledger.genesis.toBytes());
        append(record, "hash", ledger.genesis.hash().toBytes());
        for (int height = 1; height <= LINES.size(); height++) {
            String line = LINES.get(height - 1);
            byte[] bundle = Bundle.of(List.of(ledger.signed(line))).toBytes();
            Draft.Sealed sealed = ledger.execute(List.of(bundle));
            record.append("# ").append(line).append('\n');
            record.append("# ").append(LedgerScript.answer(sealed)).append('\n');
            append(record, "bundle " + height, bundle);
            append(record, "state " + height, sealed.stateRoot().toBytes());
            append(record, "receipts " + height, sealed.receiptsRoot().toBytes());
        }
        return record.toString();
    }

    private static void append(StringBuilder record, String name, byte[] bytes) {
        record.append(name).append(": ").append(ByteString.of(bytes)).append('\n');
    }
}
