package mitoyen.node.threads;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/// The hand-over from many threads to one: places are given out in an order, filled in any, and
/// what is in them is taken in the order of the places.
///
/// Bounded: whoever wants a place waits while all are taken. One thread takes.
///
/// @param <T> what is handed over
public final class InOrder<T> {
    private final int places;
    private final ToLongFunction<T> weight;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition filled = lock.newCondition();
    private final Deque<Place> given = new ArrayDeque<>();
    private boolean closed;
    private boolean woken;

    /// @param places how many may be given out and not taken from, at least 1
    /// @param weight what a thing counts in [#take], at least 0
    public InOrder(int places, ToLongFunction<T> weight) {
        this.places = places;
        this.weight = weight;
    }

    /// The next place; waits until there is room. It must be filled, or all behind it wait forever.
    public Place reserve() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (given.size() >= places) {
                room.await();
            }
            Place place = new Place();
            given.add(place);
            return place;
        } finally {
            lock.unlock();
        }
    }

    /// What is in the first places, up to the first that is not filled yet, in their order. Waits
    /// until there is something.
    ///
    /// @param most how many to take at most
    /// @param mostWeight how much they may weigh together; the first is taken whatever it weighs
    /// @return empty once it is [done][#isDone]
    public List<T> take(int most, long mostWeight) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isAtEnd() && !isFirstFilled()) {
                filled.await();
            }
            return takeFilled(most, mostWeight);
        } finally {
            lock.unlock();
        }
    }

    /// The same, but waits only so long, or until it is [woken][#wake].
    ///
    /// @return empty also where nothing was filled meanwhile
    public List<T> take(int most, long mostWeight, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(patience.toNanos());
            return takeFilled(most, mostWeight);
        } finally {
            lock.unlock();
        }
    }

    /// Waits as long for something, and takes nothing.
    ///
    /// @return whether there is something to take
    public boolean await(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(patience.toNanos());
            return isFirstFilled();
        } finally {
            lock.unlock();
        }
    }

    /// Lets whoever takes with patience go on at once, or the next who does, though nothing is
    /// filled.
    public void wake() {
        lock.lock();
        try {
            woken = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Whether it is closed and no place is left.
    public boolean isDone() {
        lock.lock();
        try {
            return isAtEnd();
        } finally {
            lock.unlock();
        }
    }

    /// The same without waiting: empty where the first place is not filled.
    public List<T> poll(int most, long mostWeight) {
        lock.lock();
        try {
            return takeFilled(most, mostWeight);
        } finally {
            lock.unlock();
        }
    }

    /// How many places are given out and not taken from.
    public int size() {
        lock.lock();
        try {
            return given.size();
        } finally {
            lock.unlock();
        }
    }

    /// Says that no more places will be asked for; those that are out may still be filled and taken
    /// from.
    public void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(long patienceNanos) throws InterruptedException {
        long nanos = patienceNanos;
        while (!isAtEnd() && !isFirstFilled() && !woken && nanos > 0) {
            nanos = filled.awaitNanos(nanos);
        }
        woken = false;
    }

    private boolean isAtEnd() {
        return closed && given.isEmpty();
    }

    private boolean isFirstFilled() {
        Place first = given.peek();
        return first != null && first.content.isPresent();
    }

    private List<T> takeFilled(int most, long mostWeight) {
        List<T> taken = new ArrayList<>();
        long weighed = 0;
        while (taken.size() < most && isFirstFilled()) {
            T next = given.element().content.orElseThrow();
            weighed += weight.applyAsLong(next);
            if (!taken.isEmpty() && weighed > mostWeight) {
                break;
            }
            taken.add(next);
            given.remove();
        }
        room.signalAll();
        return taken;
    }

    /// A place in the order.
    public final class Place {
        private Optional<T> content = Optional.empty();

        private Place() {}

        /// Puts something in this place, once.
        public void fill(T value) {
            lock.lock();
            try {
                if (content.isPresent()) {
                    throw new IllegalStateException("the place is filled already");
                }
                content = Optional.of(value);
                filled.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
