package mitoyen.ledger.wire;

import java.util.List;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;

/// A recorded ledger that several nodes share and whose community a quorum of settlers settles,
/// byte by byte and root by root (LE-59, LE-180 to LE-188).
final class RecordedSettlersTest implements RecordedCase {
    private static final String RECORD = "recorded-settlers.txt";

    private static final List<String> LINES =
            List.of(
                    "at 8:00 founder opens s1; opens s2; opens s3; opens ana; opens bea |",
                    "founder founds solaire settlers=s1,s2,s3 quorum=2 objection=3600000 |",
                    "s1 settles solaire 2025-10-01 |",
                    "s3 settles solaire 2025-10-01 allocations=a3 totals=committed |",
                    "s1 attests solaire 2025-10-01 |",
                    "s2 attests solaire 2025-10-01 of=s1 |",
                    "s3 dissents solaire 2025-10-01 of=s1 on=allocations root=a9 index=3 |",
                    "s2 dissents solaire 2025-10-01 of=s1 root=r8 |",
                    "s2 attests solaire 2025-10-01 of=s1 | light:v2",
                    "s1 attests solaire 2025-10-01 on=allocations |",
                    "s2 attests solaire 2025-10-01 of=s1 on=allocations |",
                    "s3 settles solaire 2025-10-01 supersedes=a1 allocations=a2 |",
                    "at 9:00 s1 claims solaire 2025-10 through=11 ana=1.00 bea=-1.00 |",
                    "s2 confirms solaire 2025-10 of=s1 through=11 ana=1.00 bea=-1.00 |",
                    "s3 disputes solaire 2025-10 of=s1 through=11 ana=1.00 bea=-1.00 index=0 |",
                    "s3 claims solaire 2025-10 through=11 ana=2.00 bea=-2.00 |",
                    "at 10:00 founder tick |",
                    "at 10:00:01 founder tick |",
                    "at 11:00 s1 claims solaire 2025-10 number=2 through=12 ana=-1.00 bea=1.00 |",
                    "s2 disputes solaire 2025-10 of=s1 number=2 through=12"
                            + " ana=-1.00 bea=1.00 | v3",
                    "at 12:00 founder tick |",
                    "s3 confirms solaire 2025-10 of=s1 number=2 through=12 ana=-1.00 bea=1.00 |",
                    "s1 confirms solaire 2025-10 number=2 through=12 ana=-1.00 bea=1.00 |",
                    "at 13:00 s1 claims solaire 2025-10 number=3 through=20 ana=-1.00 bea=1.00 |",
                    "s2 disputes solaire 2025-10 of=s1 number=3 through=20 ana=-1.00 bea=1.00 |",
                    "s3 disputes solaire 2025-10 of=s1 number=3 through=20 ana=-1.00 bea=1.00 |",
                    "s1 confirms solaire 2025-10 number=3 through=20 ana=-1.00 bea=1.00 |");

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
