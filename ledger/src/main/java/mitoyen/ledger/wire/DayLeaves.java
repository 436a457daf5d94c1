package mitoyen.ledger.wire;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.Roster;

/// Writes the leaves of one community's one day, straight from its arrays (LE-80).
public final class DayLeaves {
    private final String community;
    private final String day;
    private final SortedMap<Integer, List<Integer>> placesByMember;
    private final int meters;
    private final MemberSecrets secrets;

    /// The leaves of a day.
    ///
    /// @param roster the meters that take part on it
    public DayLeaves(String community, LocalDate day, Roster roster, MemberSecrets secrets) {
        this.community = community;
        this.day = day.toString();
        this.placesByMember = placesByMember(roster);
        this.meters = roster.meterCount();
        this.secrets = secrets;
    }

    /// The tree of what was measured.
    public DayTree readings(DayReadings readings) {
        List<Series> series = new ArrayList<>();
        readings.operatorSplit()
                .ifPresent(split -> {
                    series.add(new Series("sold", split.sold()));
                    series.add(new Series("allocated", split.allocated()));
                });
        series.add(new Series("production", readings.production()));
        series.add(new Series("consumption", readings.consumption()));
        return tree(DayKind.READINGS, series);
    }

    /// The tree of what was shared.
    public DayTree allocations(DayAllocation allocation) {
        return tree(
                DayKind.ALLOCATIONS,
                List.of(
                        new Series("sold", allocation.sold()),
                        new Series("allocated", allocation.allocated())));
    }

    /// The places of each member's meters, in order.
    static SortedMap<Integer, List<Integer>> placesByMember(Roster roster) {
        SortedMap<Integer, List<Integer>> places = new TreeMap<>();
        for (int place = 0; place < roster.meterCount(); place++) {
            places.computeIfAbsent(roster.ownerOf(place), _ -> new ArrayList<>()).add(place);
        }
        return places;
    }

    private DayTree tree(DayKind kind, List<Series> series) {
        List<DayLeaf> leaves = new ArrayList<>(placesByMember.size());
        CborWriter writer = new CborWriter();
        placesByMember.forEach((member, places) ->
                leaves.add(
                        new DayLeaf(
                                member,
                                DayLeaf.salt(secrets.salts(member), kind, day),
                                content(writer, kind, member, places, series))));
        return new DayTree(leaves);
    }

    private ByteString content(
            CborWriter writer,
            DayKind kind,
            int member,
            List<Integer> places,
            List<Series> series) {
        writer.map(5);
        writer.key("day").text(day);
        writer.key("kind").text(kind.word());
        writer.key("meters").array(places.size());
        for (int place : places) {
            writer.map(series.size());
            for (Series each : series) {
                writer.key(each.name).integers(each.values, place, meters);
            }
        }
        writer.key("community").text(community);
        writer.key("pseudonym").bytes(secrets.pseudonym(member).bytes());
        return writer.take();
    }

    /// A named array of all meters' values, interval-major.
    private static final class Series {
        private final String name;
        private final long[] values;

        private Series(String name, long[] values) {
            this.name = name;
            this.values = values;
        }
    }
}
