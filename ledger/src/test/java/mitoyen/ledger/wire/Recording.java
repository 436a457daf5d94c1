package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;

/// A recorded ledger (LE-59): a file of lines `name: value` that holds the genesis, and for each
/// block its time, its bundles and the two roots that come of them. The lines that begin with `#`
/// say in words what is asked for and what comes of it.
///
/// A row to be recorded is a line of [AccountScript]. In a shared ledger there may stand behind its
/// bar who is accused by the engine's notice, as `v1` of signing twice and as `light:v1` of an
/// attack on light clients, and `wake`, where a wake for 9:00 is ordered instead of transactions.
final class Recording {
    /// All there are.
    static final List<String> FILES =
            List.of(
                    "recorded-ledger.txt",
                    "recorded-ledger-2.txt",
                    "recorded-keys-2.txt",
                    "recorded-shared-ledger.txt",
                    "recorded-settlers.txt",
                    "recorded-ledger-3.txt");

    private static final String LIGHT = "light:";

    private final String text;

    private Recording(String text) {
        this.text = text;
    }

    /// What a file holds.
    static Recording read(String file) {
        try (InputStream in =
                Objects.requireNonNull(Recording.class.getResourceAsStream(file), file)) {
            return new Recording(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// What comes of a ledger of version 2 or later for which these rows are executed, a block a
    /// row.
    static Recording of(Genesis genesis, List<String> rows) {
        AccountScript ledger = new AccountScript(genesis);
        StringBuilder record = new StringBuilder();
        append(record, "genesis", ByteString.of(genesis.toBytes()).toString());
        for (int height = 1; height <= rows.size(); height++) {
            String row = rows.get(height - 1);
            String line = row.contains("|") ? AccountScript.line(row) : row;
            List<String> behind = behind(row);
            Moment moment = ledger.begin(line);
            List<byte[]> bundles = new ArrayList<>();
            if (genesis.isShared()) {
                bundles.add(notice(2L * height, behind));
            }
            bundles.add(bundle(ledger, line, behind, moment));
            Draft.Sealed sealed = ledger.execute(moment, bundles);
            append(record, "# " + row, ledger.answer(sealed));
            append(record, "time " + height, Long.toString(moment.timeMillis()));
            if (genesis.isShared()) {
                append(record, "notice " + height, ByteString.of(bundles.getFirst()).toString());
            }
            append(record, "bundle " + height, ByteString.of(bundles.getLast()).toString());
            append(record, "state " + height, sealed.stateRoot().toString());
            append(record, "receipts " + height, sealed.receiptsRoot().toString());
        }
        return new Recording(record.toString());
    }

    /// The whole file.
    String text() {
        return text;
    }

    /// The genesis that the ledger begins with.
    Genesis genesis() {
        try {
            return Genesis.decode(bytes("genesis"));
        } catch (CborException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    /// How many blocks it has.
    int height() {
        return (int) text.lines().filter(line -> line.startsWith("state ")).count();
    }

    /// The bundles of a block, the engine's notice first in a shared ledger.
    List<byte[]> bundles(int height) {
        return Stream.of("notice " + height, "bundle " + height)
                .filter(name -> text.contains("\n" + name + ": "))
                .map(this::bytes)
                .toList();
    }

    /// The bytes that a name stands for.
    byte[] bytes(String name) {
        return HexFormat.of().parseHex(value(name));
    }

    /// Executes every block from its bytes alone, and holds the roots against those recorded; and
    /// so what comes of the events alone (LE-53).
    ///
    /// @return what came of each
    List<Draft.Sealed> execute() {
        Genesis genesis = genesis();
        assertThat(genesis.toBytes()).isEqualTo(bytes("genesis"));
        BlockExecution execution = new BlockExecution(genesis);
        StateMachine machine = new StateMachine(genesis);
        State state = execution.initialState();
        State fromEvents = state;
        List<Draft.Sealed> blocks = new ArrayList<>();
        for (int height = 1; height <= height(); height++) {
            Draft.Sealed sealed = execution.execute(state, moment(height), bundles(height));
            assertThat(sealed.stateRoot().toBytes()).isEqualTo(bytes("state " + height));
            assertThat(sealed.receiptsRoot().toBytes()).isEqualTo(bytes("receipts " + height));
            state = sealed.state();
            for (Event event : sealed.events()) {
                fromEvents = machine.apply(fromEvents, event);
            }
            assertThat(fromEvents.root()).as("replay of events").isEqualTo(sealed.stateRoot());
            blocks.add(sealed);
        }
        return blocks;
    }

    /// When a block was; in version 1 the height stands for it.
    private Moment moment(int height) {
        String name = "time " + height;
        return new Moment(
                height, text.contains("\n" + name + ": ") ? Long.parseLong(value(name)) : height);
    }

    private String value(String name) {
        String start = name + ": ";
        return text.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> behind(String row) {
        int bar = row.indexOf('|');
        return bar < 0
                ? List.of()
                : Stream.of(row.substring(bar + 1).split(" ", -1))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    private static byte[] notice(long engineHeight, List<String> behind) {
        return SharedLedger.notice(
                engineHeight,
                behind.stream()
                        .filter(word -> !word.equals("wake"))
                        .map(word ->
                                word.startsWith(LIGHT)
                                        ? SharedLedger.lightClientAttack(
                                                word.substring(LIGHT.length()), engineHeight - 1)
                                        : SharedLedger.evidence(word, engineHeight - 1))
                        .toArray(Evidence[]::new));
    }

    private static byte[] bundle(
            AccountScript ledger, String line, List<String> behind, Moment moment) {
        if (behind.contains("wake")) {
            return new Wake(AccountScript.time("9:00"), moment.height() - 1).toBytes();
        }
        return line.endsWith("tick")
                ? AccountScript.tick()
                : Bundle.of(List.of(ledger.signed(line, moment))).toBytes();
    }

    private static void append(StringBuilder record, String name, String value) {
        record.append((name + ": " + value).stripTrailing()).append('\n');
    }
}
