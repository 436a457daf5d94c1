package mitoyen.node.readings;

import java.util.Arrays;
import java.util.List;

/// Meters by id, found from a reader's buffer without a String.
final class MeterTable {
    private final List<String> ids;
    private final char[][] names;
    private final int[] slots;

    /// @param ids the distinct ids; their places are the indexes handed out
    MeterTable(List<String> ids) {
        this.ids = List.copyOf(ids);
        this.names = new char[ids.size()][];
        this.slots = new int[Integer.highestOneBit(Math.max(4, ids.size())) * 4];
        Arrays.fill(slots, -1);
        for (int index = 0; index < names.length; index++) {
            names[index] = ids.get(index).toCharArray();
            int slot = slotOf(names[index], 0, names[index].length);
            slots[slot] = index;
        }
    }

    /// How many meters there are.
    int size() {
        return names.length;
    }

    /// The id of a meter.
    String id(int index) {
        return ids.get(index);
    }

    /// The index of the meter, or -1 if there is none of that id.
    int find(char[] text, int from, int length) {
        return slots[slotOf(text, from, length)];
    }

    /// A finder for one file.
    Finder finder() {
        return new Finder();
    }

    /// The slot of the id, or the free one where it would stand: the table is never full.
    private int slotOf(char[] text, int from, int length) {
        int hash = length;
        for (int at = from; at < from + length; at++) {
            hash = hash * 31 + text[at];
        }
        int mask = slots.length - 1;
        int slot = (hash ^ (hash >>> 15)) & mask;
        while (slots[slot] >= 0 && !is(names[slots[slot]], text, from, length)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /// Finds the meters of rows that come one after the other. Files are regular: after a meter
    /// comes the one that came after it last time, or itself again. That guess is tried first.
    final class Finder {
        private final int[] successor = new int[Math.max(1, names.length)];
        private int last;

        /// The index of the meter, or -1 if there is none of that id.
        int find(char[] text, int from, int length) {
            int guess = successor[last];
            if (guess < names.length && is(names[guess], text, from, length)) {
                last = guess;
                return guess;
            }
            int found = MeterTable.this.find(text, from, length);
            if (found >= 0) {
                successor[last] = found;
                last = found;
            }
            return found;
        }
    }

    private static boolean is(char[] name, char[] text, int from, int length) {
        return name.length == length && Arrays.equals(name, 0, length, text, from, from + length);
    }
}
