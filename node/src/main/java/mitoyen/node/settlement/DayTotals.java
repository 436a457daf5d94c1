package mitoyen.node.settlement;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.proof.Commitment;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.books.EnergyTotals;
import mitoyen.node.books.SettledDay;
import mitoyen.node.keys.CommunityKeys;

/// What the ledger says of a day's sums: in the open where the terms say so, or say nothing and a
/// crowd took part; behind a salted commitment otherwise (EN-51).
///
/// A crowd is ten meters or more, with no fewer than three members on the side of those who
/// produced and of those who consumed: of fewer, the sum less one's own is nearly the neighbour's
/// day, and of one it is his day.
final class DayTotals {
    private static final int FEWEST_MEMBERS = 3;

    private DayTotals() {}

    static Totals of(SettledDay day, CommunityKeys keys) {
        int meters = day.readings().meters();
        EnergyTotals totals = EnergyTotals.of(day);
        Optional<Boolean> publish = day.terms().publishTotals();
        boolean agreed = publish.orElse(false);
        if (meters > 0 && publish.orElse(isCrowd(day))) {
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

    private static boolean isCrowd(SettledDay day) {
        return day.readings().meters() >= Parameters.STANDARD.crowd()
                && isNoneOrMany(day.roster(), day.readings().production())
                && isNoneOrMany(day.roster(), day.readings().consumption());
    }

    private static boolean isNoneOrMany(Roster roster, long[] values) {
        boolean[] seen = new boolean[roster.memberCount()];
        int members = 0;
        for (int at = 0; at < values.length && members < FEWEST_MEMBERS; at++) {
            if (values[at] > 0) {
                int owner = roster.ownerOf(at % roster.meterCount());
                members += seen[owner] ? 0 : 1;
                seen[owner] = true;
            }
        }
        return members == 0 || members == FEWEST_MEMBERS;
    }

    private static Digest salt(SettledDay day, CommunityKeys keys) {
        String name = day.date() + " " + day.revision();
        return Digest.of(
                keys.salt().derive("mitoyen salt totals", name.getBytes(StandardCharsets.UTF_8)));
    }
}
