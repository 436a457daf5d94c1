package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.account.Times;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import org.pcollections.TreePMap;

/// What an account sent: how far each of its lanes is, and how full its bucket (LE-92, LE-93).
///
/// @param lanes by lane, the number of its last transaction
/// @param bucketSteps how many steps are in the bucket
/// @param bucketMillis when that was so: up to which time the bucket has leaked [ms since 1970]
public record Sender(SortedMap<Integer, Long> lanes, long bucketSteps, long bucketMillis) {
    /// An account that sent nothing yet.
    static final Sender NEW = new Sender(TreePMap.empty(), 0, 0);

    private static final int DEPTH = 3;
    private static final int MOST = 4_096;

    public Sender {
        lanes = persistent(lanes);
    }

    /// Whether a lane was used up to a number or beyond.
    boolean passed(int lane, long number) {
        return lanes.getOrDefault(lane, -1L) >= number;
    }

    /// The bucket at a time, with what leaked by then gone.
    ///
    /// @param millisPerStep how long a step takes to leak [ms], at least 1
    public Sender leaked(long timeMillis, long millisPerStep) {
        long leaked = Times.elapsed(bucketMillis, timeMillis) / millisPerStep;
        return leaked >= bucketSteps
                ? new Sender(lanes, 0, Math.max(timeMillis, bucketMillis))
                : new Sender(lanes, bucketSteps - leaked, bucketMillis + leaked * millisPerStep);
    }

    /// The earliest time, not before another, at which the bucket has room (LE-93): the end of time
    /// where a step takes so long to leak.
    ///
    /// @param timeMillis not before this [ms since 1970]
    /// @param steps for how many steps, at most what the bucket holds
    public long roomMillis(long timeMillis, int steps, TrafficLimits limits) {
        Sender then = leaked(timeMillis, limits.bucketMillis());
        long over = then.bucketSteps + steps - limits.bucketSteps();
        return over <= 0
                ? timeMillis
                : Times.after(then.bucketMillis, Times.repeated(over, limits.bucketMillis()));
    }

    /// After a transaction of so many steps.
    public Sender sent(int lane, long number, int steps) {
        return new Sender(persistent(lanes).plus(lane, number), bucketSteps + steps, bucketMillis);
    }

    /// The same map, of which a changed one shares all but a few nodes.
    private static TreePMap<Integer, Long> persistent(SortedMap<Integer, Long> lanes) {
        return lanes instanceof TreePMap<Integer, Long> kept ? kept : TreePMap.from(lanes);
    }

    /// The bytes that stand for it in the state's root (LE-104).
    byte[] toCbor() {
        CborWriter writer = new CborWriter().map(3);
        List<Map.Entry<Integer, Long>> entries = new ArrayList<>(lanes.entrySet());
        Fields.writeList(
                writer.key("lanes"),
                entries,
                (out, lane) -> out.array(2).integer(lane.getKey()).integer(lane.getValue()));
        writer.key("bucket-steps").integer(bucketSteps);
        return writer.key("bucket-millis").integer(bucketMillis).toBytes();
    }

    /// What [#toCbor] wrote.
    static Sender fromCbor(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        SortedMap<Integer, Long> lanes = new TreeMap<>();
        int count = reader.key("lanes").beginArray(MOST);
        for (int i = 0; i < count; i++) {
            int start = reader.offset();
            reader.beginArray(2);
            int lane = (int) reader.unsigned(Integer.MAX_VALUE);
            if (!lanes.isEmpty() && lanes.lastKey() >= lane) {
                throw new CborException(start, "a lane twice or out of order");
            }
            lanes.put(lane, reader.unsigned(Long.MAX_VALUE));
            reader.endArray();
        }
        reader.endArray();
        long steps = reader.key("bucket-steps").unsigned(Long.MAX_VALUE);
        long millis = reader.key("bucket-millis").integer();
        reader.endMap();
        reader.end();
        return new Sender(lanes, steps, millis);
    }
}
