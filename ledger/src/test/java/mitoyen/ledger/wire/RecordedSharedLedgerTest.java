package mitoyen.ledger.wire;

import java.util.List;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;

/// A recorded ledger that several nodes share, byte by byte and root by root (LE-59, LE-170 to
/// LE-179): notices, evidence, wakes and changes of validators.
final class RecordedSharedLedgerTest implements RecordedCase {
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
