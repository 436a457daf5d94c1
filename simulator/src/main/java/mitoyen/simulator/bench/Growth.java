package mitoyen.simulator.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.Bundle;
import mitoyen.simulator.model.Chance;

/// What a transaction costs, signatures apart, as the ledger grows: from its bytes to the root, on
/// one thread, by the processor time of that thread.
final class Growth {
    private static final int STREET = 1_000;
    private static final int BLOCKS = 9;
    private static final int WARM_UP = 3;
    private static final long DAY_MILLIS = 86_400_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int perBlock;
    private final Consumer<String> progress;
    private final Chance chance = Chance.of(2025);

    /// @param perBlock how many transactions a block has, at most 1,000
    Growth(int perBlock, Consumer<String> progress) {
        this.perBlock = perBlock;
        this.progress = progress;
    }

    /// What grows, how large it is, and what is measured.
    ///
    /// @param micros of a processor for one [us]
    record Point(String of, int size, double micros) {}

    /// Figures for each size, in this order.
    List<Point> measure(List<Integer> sizes) {
        // Code that is not compiled yet would be measured as if the smallest ledger were slow.
        progress.accept("warming up");
        transfers(STREET);
        reservations(STREET);
        timers(STREET);
        List<Point> points = new ArrayList<>();
        for (int size : sizes) {
            points.add(said(new Point("accounts", size, transfers(size))));
        }
        for (int size : sizes) {
            points.add(said(new Point("holds", size, reservations(size))));
        }
        for (int size : sizes) {
            points.add(said(new Point("timers", size, timers(size))));
        }
        return points;
    }

    private double transfers(int accounts) {
        BareStreet street = new BareStreet(accounts);
        return blocks(street, street.accounts(), time -> street.transfers(perBlock, chance, time));
    }

    private double reservations(int holds) {
        BareStreet street = new BareStreet(STREET);
        State state = street.holds(street.accounts(), holds, BareStreet.START_MILLIS + DAY_MILLIS);
        return blocks(street, state, time -> street.reservations(perBlock, chance, time));
    }

    /// Timers that are due fire, at most a thousand a block; the median of a few blocks.
    private double timers(int timers) {
        BareStreet street = new BareStreet(STREET);
        BlockExecution execution = street.execution();
        State state = street.holds(street.accounts(), timers, BareStreet.START_MILLIS);
        state.root();
        List<Double> micros = new ArrayList<>();
        List<byte[]> tick = List.of(new Bundle(List.of()).toBytes());
        for (int height = 1; height <= BLOCKS; height++) {
            long start = THREADS.getCurrentThreadCpuTime();
            Draft.Sealed sealed =
                    execution.execute(
                            state, new Moment(height, BareStreet.START_MILLIS + DAY_MILLIS), tick);
            long nanos = THREADS.getCurrentThreadCpuTime() - start;
            if (!sealed.outcomes().isEmpty()) {
                micros.add(nanos / 1e3 / sealed.outcomes().size());
            }
            // A ledger of few timers has none left then: it is measured again from its start.
            state = sealed.state().timers().size() == 0 ? state : sealed.state();
        }
        return median(micros);
    }

    private double blocks(BareStreet street, State start, Transactions transactions) {
        BlockExecution execution = street.execution();
        State state = start;
        state.root();
        List<Double> micros = new ArrayList<>();
        for (int height = 1; height <= WARM_UP + BLOCKS; height++) {
            long time = BareStreet.START_MILLIS + height;
            List<ByteString> sent = transactions.at(time).stream().map(ByteString::of).toList();
            List<byte[]> bundles = List.of(new Bundle(sent).toBytes());
            long begun = THREADS.getCurrentThreadCpuTime();
            Draft.Sealed sealed = execution.execute(state, new Moment(height, time), bundles);
            long nanos = THREADS.getCurrentThreadCpuTime() - begun;
            requireAccepted(sealed);
            state = sealed.state();
            if (height > WARM_UP) {
                micros.add(nanos / 1e3 / perBlock);
            }
        }
        return median(micros);
    }

    private static void requireAccepted(Draft.Sealed sealed) {
        for (Draft.Outcome outcome : sealed.outcomes()) {
            if (!(outcome.receipt() instanceof Receipt.Accepted)) {
                throw new IllegalStateException("refused: " + outcome.receipt());
            }
        }
    }

    private Point said(Point point) {
        progress.accept("%,d %s: %.1f us".formatted(point.size, point.of, point.micros));
        return point;
    }

    private static double median(List<Double> micros) {
        return Figure.median(micros, Double::doubleValue);
    }

    @FunctionalInterface
    private interface Transactions {
        List<byte[]> at(long timeMillis);
    }
}
