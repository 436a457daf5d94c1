package mitoyen.ledger.light;

import java.util.Comparator;

/// An instant as the engine writes it, to the nanosecond.
///
/// @param seconds since 1970-01-01T00:00Z, from 0 to the end of the year 9999
/// @param nanos of the second, 0 to 999,999,999
public record EngineTime(long seconds, int nanos) implements Comparable<EngineTime> {
    /// The last second of the year 9999.
    static final long MAX_SECONDS = 253_402_300_799L;

    static final int MAX_NANOS = 999_999_999;

    private static final int MILLIS = 1_000;
    private static final int NANOS_IN_MILLI = 1_000_000;
    private static final Comparator<EngineTime> ORDER =
            Comparator.comparingLong(EngineTime::seconds).thenComparingInt(EngineTime::nanos);

    /// @throws IllegalArgumentException if either is out of range
    public EngineTime {
        if (seconds < 0 || seconds > MAX_SECONDS || nanos < 0 || nanos > MAX_NANOS) {
            throw new IllegalArgumentException("no time: " + seconds + " s " + nanos + " ns");
        }
    }

    /// The same in milliseconds since 1970-01-01T00:00Z, rounded down.
    public long millis() {
        return seconds * MILLIS + nanos / NANOS_IN_MILLI;
    }

    @Override
    public int compareTo(EngineTime other) {
        return ORDER.compare(this, other);
    }

    /// As protobuf's Timestamp.
    byte[] toProto() {
        return new ProtoWriter().varint(1, seconds).varint(2, nanos).toBytes();
    }
}
