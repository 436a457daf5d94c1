package mitoyen.node.settlement;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.proof.Commitment;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.books.EnergyTotals;
import mitoyen.node.books.SettledDay;
import mitoyen.node.keys.CommunityKeys;

/// What the ledger says of a day's sums: in the open where the terms say so, or say nothing and ten
/// meters or more took part; behind a salted commitment otherwise.
///
/// Of few meters, the sum less one's own is nearly the neighbour's day.
final class DayTotals {
    private DayTotals() {}

    static Totals of(SettledDay day, CommunityKeys keys) {
        int meters = day.readings().meters();
        EnergyTotals totals = EnergyTotals.of(day);
        Optional<Boolean> publish = day.terms().publishTotals();
        boolean agreed = publish.orElse(false);
        if (publish.orElse(meters >= Parameters.STANDARD.crowd())) {
            return new Totals.Published(
                    meters,
                    totals.consumption(),
                    totals.production(),
                    totals.allocated(),
                    totals.sold(),
                    agreed);
        }
        CborWriter content = new CborWriter().array(5).integer(meters);
        content.integer(totals.consumption().mWh()).integer(totals.production().mWh());
        content.integer(totals.allocated().mWh()).integer(totals.sold().mWh());
        return new Totals.Committed(Commitment.of(salt(day, keys), content.toBytes()));
    }

    private static Digest salt(SettledDay day, CommunityKeys keys) {
        String name = day.date() + " " + day.revision();
        return Digest.of(
                keys.salt().derive("mitoyen salt totals", name.getBytes(StandardCharsets.UTF_8)));
    }
}
