package mitoyen.node.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The mistakes found so far, so that one run names many of them.
///
/// A file of seven million bad rows costs no more memory than one of twenty.
public final class MistakeLog {
    /// How many mistakes of one file are shown; the rest is counted.
    public static final int SHOWN_PER_FILE = 20;

    private final Map<String, Found> byFile = new LinkedHashMap<>();

    /// Notes a mistake.
    public void add(Mistake mistake) {
        byFile.computeIfAbsent(mistake.file(), _ -> new Found()).add(mistake);
    }

    /// Notes a mistake.
    ///
    /// @param file the file as the user named it
    /// @param line the line in it, from 1, or 0
    /// @param values what stands in the places of its words
    public void add(String file, int line, Fault fault, Object... values) {
        add(new Mistake(file, line, fault, values));
    }

    /// Notes what is wrong with a whole file, in place of all that was noted of it.
    public void replace(String file, Fault fault) {
        byFile.put(file, new Found());
        add(file, 0, fault);
    }

    /// Whether anything is wrong with a file so far.
    public boolean concern(String file) {
        return byFile.containsKey(file);
    }

    /// Whether nothing is wrong so far.
    public boolean isEmpty() {
        return byFile.isEmpty();
    }

    /// Refuses the input if anything is wrong with it.
    ///
    /// @throws InputMistakes with the mistakes in the order in which files were first noted
    public void throwIfAny() throws InputMistakes {
        if (isEmpty()) {
            return;
        }
        List<Mistake> shown = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        SortedMap<String, Long> hidden = new TreeMap<>();
        byFile.forEach((file, found) -> {
            shown.addAll(found.shown);
            found.shown.forEach(mistake -> lines.add(mistake.toString()));
            if (found.more > 0) {
                lines.add(file + ": … and " + found.more + " more");
                hidden.put(file, found.more);
            }
        });
        throw new InputMistakes(shown, lines, hidden);
    }

    private static final class Found {
        private final List<Mistake> shown = new ArrayList<>();
        private long more;

        void add(Mistake mistake) {
            if (shown.size() < SHOWN_PER_FILE) {
                shown.add(mistake);
            } else {
                more++;
            }
        }
    }
}
