package mitoyen.ledger.wire;

import java.util.List;
import mitoyen.ledger.machine.Genesis;

/// A recorded ledger of protocol version 2, byte by byte and root by root, which begins on one of
/// version 1: what it says is frozen (LE-59). If a change makes this test fail once version 2 is
/// released, the change needs a new protocol version.
final class RecordedLedger2Test implements RecordedCase {
    private static final String RECORD = "recorded-ledger-2.txt";

    /// Every kind of step, of refusal with a trace, and of timer.
    static final List<String> LINES =
            List.of(
                    "founder activates from=3",
                    "at 8:00 founder tick",
                    "founder opens ana; opens bea with=b1:2,b2:1,b3:1 threshold=3; opens cyr",
                    "founder creates EUR step=10000 cap=0 owing=1000000",
                    "founder creates TOKEN issuer=cyr cap=1000; limits bea EUR owing=20000"
                            + " receives",
                    "founder limits bea EUR owing=20000",
                    "cyr mints 100 TOKEN to ana; mints 20 TOKEN to cyr; burns 5 TOKEN",
                    "ana transfers 30 TOKEN to bea; transfers 10000 EUR to ana from bea"
                            + " signed by ana,b1,b2 / lane=1",
                    "ana transfers 1 TOKEN to bea; transfers 999 TOKEN to bea",
                    "ana delegates car kinds=transfer,reserve,post assets=EUR:50000,TOKEN:9"
                            + " counterparties=bea,cyr period=60000 until=12:00",
                    "ana transfers 5 TOKEN to bea signed by car",
                    "at 9:00 ana reserves 10 TOKEN to bea until=10:00 arbiter=cyr as h1;"
                            + " reserves 2 TOKEN to bea until=10:00 as h2;"
                            + " reserves 3 TOKEN to bea until=11:00 as h3; closes cyr"
                            + " signed by ana,cyr",
                    "cyr posts h1 4",
                    "bea posts h2 signed by b1,b3",
                    "at 11:00 founder tick",
                    "ana reserves 7 TOKEN to bea until=12:00 as h4",
                    "bea voids h4 signed by b1,b2,b3",
                    "bea guards bea by=ana,founder threshold=2 delay=259200000 signed by b1,b2",
                    "ana recovers bea with=new lost=b1 signed by ana,founder",
                    "bea objects bea signed by b2",
                    "ana recovers bea with=new lost=b1,b2 signed by ana,founder",
                    "at 5d11:00 bea gives bea with=new,newer threshold=2 signed by new",
                    "bea guards bea signed by new,newer",
                    "ana revokes car; revokes car",
                    "ana revokes car",
                    "founder founds solaire",
                    "founder settles solaire 2025-10-01 signed by founder,settler",
                    "founder claims solaire 2025-10 through=27 ana=12.30 bea=-12.30"
                            + " signed by founder,settler",
                    "ana closes ana",
                    "bea transfers 1 TOKEN to ana signed by new,newer");

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
        return new LedgerScript().genesis;
    }
}
