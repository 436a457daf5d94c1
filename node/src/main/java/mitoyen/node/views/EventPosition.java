package mitoyen.node.views;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an event stands in the ledger: written `height.index`.
///
/// @param height of its block; 0 before the first
/// @param index its place among the block's events, from 0
public record EventPosition(long height, int index) implements Comparable<EventPosition> {
    /// Before the first event.
    public static final EventPosition START = new EventPosition(0, 0);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,9})");

    private static final int LAST_INDEX = 999_999_999;

    /// Behind every event of the blocks below one.
    ///
    /// @param height of that one, from 1
    public static EventPosition beforeBlock(long height) {
        return height == 1 ? START : new EventPosition(height - 1, LAST_INDEX);
    }

    /// The position that a text says, if it says one.
    public static Optional<EventPosition> find(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(
                        new EventPosition(
                                Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(EventPosition other) {
        return height == other.height
                ? Integer.compare(index, other.index)
                : Long.compare(height, other.height);
    }

    @Override
    public String toString() {
        return height + "." + index;
    }
}
