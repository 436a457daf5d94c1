package mitoyen.ledger.wire;

import java.util.List;
import mitoyen.ledger.energy.LocalDayTable;
import mitoyen.ledger.energy.LocalDayTable.Change;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;

/// A recorded ledger of protocol version 2 whose accounts have keys of every kind, byte by byte and
/// root by root (LE-59, LE-98, LE-120 to LE-126, LE-140 to LE-149).
final class RecordedKeysTest implements RecordedCase {
    private static final String RECORD = "recorded-keys-2.txt";

    private static final List<String> LINES =
            List.of(
                    "at 8:00 founder opens ana with=phone@example.org:1,spare@:1;"
                            + " opens bea with=pc@:1,key:1 threshold=2; opens cyr",
                    "founder creates TOKEN issuer=cyr verify=50",
                    "cyr mints 1000 TOKEN to ana",
                    "ana transfers 10 TOKEN to bea signed by phone@example.org",
                    "ana transfers 60 TOKEN to bea signed by phone@example.org",
                    "ana transfers 60 TOKEN to bea signed by phone@example.org+",
                    "ana transfers 1 TOKEN to bea signed by phone@example.org-",
                    "ana transfers 1 TOKEN to bea signed by phone@example.net",
                    "ana transfers 1 TOKEN to bea signed by phone@",
                    "ana transfers 1 TOKEN to bea signed by spare@",
                    "ana transfers 60 TOKEN to bea signed by spare@",
                    "bea transfers 5 TOKEN to cyr signed by pc@,key",
                    "bea transfers 5 TOKEN to cyr signed by pc@",
                    "ana delegates car@ kinds=transfer,reserve,post,void assets=TOKEN:9"
                            + " period=60000 until=12:00 signed by phone@example.org+",
                    "ana transfers 4 TOKEN to bea signed by car@",
                    "ana transfers 6 TOKEN to bea signed by car@",
                    "ana revokes car@ signed by spare@",
                    "bea guards bea by=ana,cyr threshold=2 delay=259200000 signed by key,pc@",
                    "cyr recovers bea with=lent@:1,tablet@example.org:1 lost=pc@"
                            + " signed by phone@example.org+,cyr",
                    "at 3d10:00 founder tick",
                    "bea transfers 1 TOKEN to ana signed by tablet@example.org",
                    "bea gives bea with=lent@:1 signed by lent@",
                    "bea transfers 1 TOKEN to ana signed by tablet@example.org",
                    "founder delegates clerk@ kinds=open-account,mint assets=COUPON:50"
                            + " period=60000 until=9d00:00; creates COUPON cap=100",
                    "founder opens dan; mints 9 COUPON to dan signed by clerk@",
                    "at 4d10:00 ana transfers 2 TOKEN to bea signed by spare@"
                            + " / id=again number=90 height=30 expires=4d11:00",
                    "ana transfers 2 TOKEN to bea signed by phone@example.org"
                            + " / id=again number=90 height=30 expires=4d11:00");

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
        LocalDayTable paris =
                new LocalDayTable(
                        "Europe/Paris", 3_600, List.of(new Change(1_774_746_000_000L, 7_200)));
        return RecordedCase.ofVersion2(
                AccountLine.genesis(
                        Parameters.STANDARD
                                .withOrigins(List.of(AccountScript.ORIGIN))
                                .with(paris)));
    }
}
