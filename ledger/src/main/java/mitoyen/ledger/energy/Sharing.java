package mitoyen.ledger.energy;

import java.util.Optional;
import java.util.OptionalInt;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Ratio;
import mitoyen.ledger.quantity.Share;

/// The sharing keys: how an interval's production is divided among those who consume (EN-20 to
/// EN-27).
public final class Sharing {
    private final DayReadings readings;
    private final int meters;
    private final LargestRemainder remainder;
    private final long[] allocated;
    private final long[] sold;

    private Sharing(DayReadings readings) {
        this.readings = readings;
        meters = readings.meters();
        remainder = new LargestRemainder(meters);
        allocated = new long[readings.consumption().length];
        sold = new long[readings.production().length];
    }

    /// Shares one local day.
    ///
    /// @throws IllegalArgumentException if the readings are of another size than the roster, or if
    ///   the key is the operator's and the readings bring no split
    /// @throws ArithmeticException if the sum of an interval exceeds a `long`
    public static DayAllocation allocate(SharingKey key, Roster roster, DayReadings readings) {
        if (roster.meterCount() != readings.meters()) {
            throw new IllegalArgumentException(
                    readings.meters() + " meters read, " + roster.meterCount() + " in the roster");
        }
        return switch (key) {
            case SharingKey.FromOperator() -> operatorSplit(readings);
            case SharingKey.ProRata(var rounding) ->
                    switch (rounding) {
                        case CONSERVING -> new Sharing(readings).proRata();
                        case AT_DSO -> new Sharing(readings).atDso();
                    };
            case SharingKey.Static fixed ->
                    new Sharing(readings).fixed(coefficients(fixed, roster));
        };
    }

    /// The first thing in an operator's split that no meter could have measured, if any: in order
    /// of intervals, within one by place, and the interval's rounding last (EN-26, EN-27).
    ///
    /// @throws IllegalArgumentException if the readings bring no split
    public static Optional<Violation> findViolation(DayReadings readings) {
        DayAllocation split = operatorSplit(readings);
        int meters = readings.meters();
        for (int interval = 0; interval < readings.intervals(); interval++) {
            long leak = 0;
            for (int place = 0; place < meters; place++) {
                int i = interval * meters + place;
                long allocated = split.allocated()[i];
                long sold = split.sold()[i];
                if (allocated > readings.consumption()[i]) {
                    return violation(interval, OptionalInt.of(place), Rule.ALLOCATED);
                }
                if (sold > readings.production()[i]) {
                    return violation(interval, OptionalInt.of(place), Rule.SOLD);
                }
                leak = Math.addExact(leak, sold - allocated);
            }
            if (Math.abs(leak) > roundingBound(meters)) {
                return violation(interval, OptionalInt.empty(), Rule.ROUNDING);
            }
        }
        return Optional.empty();
    }

    /// The most that the roundings of one interval can amount to [mWh], of either sign: half a unit
    /// a meter, and one (EN-27).
    public static long roundingBound(int meters) {
        return (meters + 2L) / 2;
    }

    private DayAllocation proRata() {
        for (int interval = 0; interval < readings.intervals(); interval++) {
            int from = interval * meters;
            long consumed = sum(readings.consumption(), from);
            long produced = sum(readings.production(), from);
            long shared = Math.min(consumed, produced);
            if (shared > 0) {
                deal(shared, readings.consumption(), from, consumed, allocated);
                deal(shared, readings.production(), from, produced, sold);
            }
        }
        return new DayAllocation(allocated, sold);
    }

    private DayAllocation fixed(long[] coefficients) {
        for (int interval = 0; interval < readings.intervals(); interval++) {
            int from = interval * meters;
            long produced = sum(readings.production(), from);
            long shared = 0;
            for (int place = 0; place < meters; place++) {
                long share = Ratio.floor(produced, coefficients[place], Decimals.ONE);
                allocated[from + place] = Math.min(readings.consumption()[from + place], share);
                shared += allocated[from + place];
            }
            if (shared > 0) {
                deal(shared, readings.production(), from, produced, sold);
            }
        }
        return new DayAllocation(allocated, sold);
    }

    private DayAllocation atDso() {
        for (int interval = 0; interval < readings.intervals(); interval++) {
            int from = interval * meters;
            long consumed = sum(readings.consumption(), from);
            long produced = sum(readings.production(), from);
            if (consumed == 0 || produced == 0) {
                continue;
            }
            long covered = 0;
            for (int i = from; i < from + meters; i++) {
                long consumption = readings.consumption()[i];
                allocated[i] = Math.min(consumption, Ratio.halfUp(produced, consumption, consumed));
                covered += allocated[i];
            }
            for (int i = from; i < from + meters; i++) {
                long production = readings.production()[i];
                long surplus = Ratio.halfUp(produced - covered, production, produced);
                sold[i] = production - Math.max(0, surplus);
            }
        }
        return new DayAllocation(allocated, sold);
    }

    private void deal(long total, long[] weights, int from, long sum, long[] parts) {
        remainder.deal(total, weights, from, meters, sum, parts);
    }

    private long sum(long[] values, int from) {
        long sum = 0;
        for (int i = from; i < from + meters; i++) {
            sum = Math.addExact(sum, values[i]);
        }
        return sum;
    }

    private static long[] coefficients(SharingKey.Static key, Roster roster) {
        return roster.places().stream()
                .mapToLong(place ->
                        key.coefficients().getOrDefault(place.meter(), Share.ZERO).millionths())
                .toArray();
    }

    private static DayAllocation operatorSplit(DayReadings readings) {
        return readings.operatorSplit()
                .orElseThrow(() ->
                        new IllegalArgumentException("readings without the operator's split"));
    }

    private static Optional<Violation> violation(int interval, OptionalInt place, Rule rule) {
        return Optional.of(new Violation(interval, place, rule));
    }

    /// What an operator's split must keep.
    public enum Rule {
        /// Nobody is allocated more than he consumed.
        ALLOCATED,
        /// Nobody sells more than he produced.
        SOLD,
        /// What was sold and what was allocated differ by roundings only.
        ROUNDING
    }

    /// Where an operator's split breaks a rule.
    ///
    /// @param interval counted from 0 at local midnight
    /// @param place the meter's place in the roster; empty where the rule is about all of them
    /// @param rule which one
    public record Violation(int interval, OptionalInt place, Rule rule) {}
}
