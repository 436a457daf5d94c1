package mitoyen.node.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.DayTrades;
import mitoyen.ledger.energy.Roster;

/// The sums of a settled day, by member and by interval.
final class DayUses {
    private final Roster roster;
    private final DayReadings readings;
    private final DayAllocation allocation;

    DayUses(Roster roster, DayReadings readings, DayAllocation allocation) {
        this.roster = roster;
        this.readings = readings;
        this.allocation = allocation;
    }

    /// What each member did, in the order of the terms.
    List<Use> byMember(DayTrades trades) {
        Use[] uses = new Use[roster.memberCount()];
        Arrays.fill(uses, Use.NONE);
        for (int interval = 0; interval < readings.intervals(); interval++) {
            for (int meter = 0; meter < readings.meters(); meter++) {
                int owner = roster.ownerOf(meter);
                uses[owner] = uses[owner].plus(use(interval * readings.meters() + meter));
            }
        }
        List<Use> withOwn = new ArrayList<>();
        for (int member = 0; member < uses.length; member++) {
            Use own = new Use(0, 0, 0, 0, trades.mWh(member, member));
            withOwn.add(uses[member].plus(own));
        }
        return withOwn;
    }

    /// What all did in each interval; whose own it was is not told apart.
    List<Use> byInterval() {
        List<Use> uses = new ArrayList<>(readings.intervals());
        for (int interval = 0; interval < readings.intervals(); interval++) {
            Use sum = Use.NONE;
            for (int meter = 0; meter < readings.meters(); meter++) {
                sum = sum.plus(use(interval * readings.meters() + meter));
            }
            uses.add(sum);
        }
        return uses;
    }

    private Use use(int at) {
        return new Use(
                readings.consumption()[at],
                readings.production()[at],
                allocation.allocated()[at],
                allocation.sold()[at],
                0);
    }
}
