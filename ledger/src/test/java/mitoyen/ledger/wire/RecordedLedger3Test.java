package mitoyen.ledger.wire;

import java.util.List;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;

/// A recorded ledger of several nodes whose council goes over from version 2 to 3, byte by byte and
/// root by root (LE-59, LE-155).
final class RecordedLedger3Test implements RecordedCase {
    private static final String RECORD = "recorded-ledger-3.txt";

    private static final List<String> LINES =
            List.of(
                    "at 8:00 founder opens ana; creates TOKEN owing=9 |",
                    "ana transfers 1 TOKEN to founder / number=9000000000000000 |",
                    "council activates version=3 from=6 signed by c1,c3 |",
                    "council activates version=3 from=9 signed by c1,c2 |",
                    "ana transfers 1 TOKEN to founder / lane=1 rules=3 |",
                    "ana transfers 1 TOKEN to founder / lane=1 rules=2 |",
                    "ana transfers 1 TOKEN to founder / lane=1 number=9000000000000000 |",
                    "ana transfers 1 TOKEN to founder / lane=1 |",
                    "at 9:00 council seats v5 power=3; seats v4 power=0 signed by c1,c2 | v1",
                    "council activates version=3 from=99 signed by c1,c2 |");

    @Override
    public String record() {
        return RECORD;
    }

    @Override
    public List<String> rows() {
        return LINES;
    }

    @Override
    public Genesis genesis() {
        return RecordedCase.ofVersion2(SharedLedger.genesis(Parameters.STANDARD));
    }
}
