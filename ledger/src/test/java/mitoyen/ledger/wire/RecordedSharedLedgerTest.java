package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import org.junit.jupiter.api.Test;

/// A recorded ledger that several nodes share, byte by byte and root by root (LE-59, LE-170 to
/// LE-179): notices, evidence, wakes and changes of validators.
final class RecordedSharedLedgerTest {
    private static final String RECORD = "recorded-shared-ledger.txt";

    /// Behind the bar who is accused by the notice, and whether a wake comes.
    private static final List<String> LINES =
            List.of(
                    "at 8:00 founder opens ana; creates TOKEN owing=9 |",
                    "founder reserves 5 TOKEN to ana until=9:00 as h |",
                    "council seats v5 power=1099511627776 called=Rue signed by c1,c3 |",
                    "council seats v5 power=3; seats v4 power=0 signed by c1,c2 | v1",
                    "council seats v1 signed by c1,c2 | v1 nobody",
                    "at 9:30 founder tick | wake",
                    "founder tick |",
                    "council seats v2 power=0; seats v3 power=0 signed by c2,c3 |",
                    "council seats v5 power=0 signed by c2,c3 | v5",
                    "council seats v5 power=4 signed by c2,c3 |");

    @Test
    void bytesAndRootsAreThoseOfTheRecord() {
        assertThat(record()).isEqualTo(read());
    }

    @Test
    void theRecordIsExecutedFromItsBytesAlone() throws CborException {
        BlockExecution execution = new BlockExecution(Genesis.decode(bytes("genesis")));
        State state = execution.initialState();
        for (int height = 1; height <= LINES.size(); height++) {
            Moment moment = new Moment(height, Long.parseLong(value("time " + height)));
            List<byte[]> bundles = List.of(bytes("notice " + height), bytes("bundle " + height));
            Draft.Sealed sealed = execution.execute(state, moment, bundles);
            assertThat(sealed.stateRoot().toBytes()).isEqualTo(bytes("state " + height));
            assertThat(sealed.receiptsRoot().toBytes()).isEqualTo(bytes("receipts " + height));
            state = sealed.state();
        }
    }

    private static String record() {
        AccountScript ledger = new AccountScript(SharedLedger.genesis(Parameters.STANDARD));
        StringBuilder record = new StringBuilder();
        append(record, "genesis", ByteString.of(ledger.genesis.toBytes()).toString());
        for (int height = 1; height <= LINES.size(); height++) {
            String row = LINES.get(height - 1);
            String line = AccountScript.line(row);
            List<String> behind =
                    List.of(row.substring(row.indexOf('|') + 1).strip().split(" ", -1));
            int engineHeight = 2 * height;
            Moment moment = ledger.begin(line);
            byte[] notice =
                    SharedLedger.notice(
                            engineHeight,
                            behind.stream()
                                    .filter(word -> !word.isEmpty() && !word.equals("wake"))
                                    .map(name -> SharedLedger.evidence(name, engineHeight - 1))
                                    .toArray(Evidence[]::new));
            byte[] bundle =
                    behind.contains("wake")
                            ? new Wake(AccountScript.time("9:00"), height - 1).toBytes()
                            : line.endsWith("tick")
                                    ? AccountScript.tick()
                                    : Bundle.of(List.of(ledger.signed(line, moment))).toBytes();
            Draft.Sealed sealed = ledger.execute(moment, List.of(notice, bundle));
            append(record, "# " + row, ledger.answer(sealed));
            append(record, "time " + height, Long.toString(moment.timeMillis()));
            append(record, "notice " + height, ByteString.of(notice).toString());
            append(record, "bundle " + height, ByteString.of(bundle).toString());
            append(record, "state " + height, sealed.stateRoot().toString());
            append(record, "receipts " + height, sealed.receiptsRoot().toString());
        }
        return record.toString();
    }

    private static void append(StringBuilder record, String name, String value) {
        record.append((name + ": " + value).stripTrailing()).append('\n');
    }

    private static String read() {
        try (InputStream in =
                Objects.requireNonNull(
                        RecordedSharedLedgerTest.class.getResourceAsStream(RECORD))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] bytes(String name) {
        return HexFormat.of().parseHex(value(name));
    }

    private static String value(String name) {
        String start = name + ": ";
        return read().lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElseThrow();
    }
}
