package mitoyen.node.readings;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import mitoyen.ledger.energy.BillingPeriod;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.PriceLine;
import mitoyen.ledger.energy.SharingKey;
import mitoyen.ledger.energy.Tenure;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;
import mitoyen.node.community.Community;

/// Communities for tests of readings.
final class Communities {
    private Communities() {}

    /// Four members with a meter each: A1, B1, C1, C2; all may produce.
    static Community of(String zone, int stepMinutes, String key) {
        return of(
                zone,
                stepMinutes,
                key,
                List.of(
                        member("alice", "A1"),
                        member("bruno", "B1"),
                        member("cleo", "C1"),
                        member("dina", "C2")));
    }

    static Community of(String zone, int stepMinutes, String key, List<Member> members) {
        SharingKey sharing =
                key.equals("from-operator")
                        ? new SharingKey.FromOperator()
                        : new SharingKey.ProRata(SharingKey.Rounding.CONSERVING);
        PriceLine prices =
                new PriceLine(
                        LocalDate.EPOCH,
                        Price.ZERO,
                        Price.ZERO,
                        Price.ZERO,
                        Price.ZERO,
                        Price.ZERO);
        return new Community(
                new Terms(
                        "test",
                        zone,
                        stepMinutes,
                        "EUR",
                        BillingPeriod.MONTH,
                        Optional.empty(),
                        sharing,
                        List.of(prices),
                        "operator",
                        members),
                new TreeMap<>());
    }

    private static Member member(String id, String meter) {
        return new Member(
                id,
                Optional.empty(),
                Optional.of(Share.ZERO),
                List.of(new Tenure(meter, Optional.empty(), Optional.empty())));
    }
}
