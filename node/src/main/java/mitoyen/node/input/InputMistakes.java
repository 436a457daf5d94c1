package mitoyen.node.input;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Refusal of input files, with everything that was found wrong in them. The program exits with
/// status 2 and has changed nothing on disk.
public final class InputMistakes extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;
    private final transient List<String> lines;
    private final transient SortedMap<String, Long> hidden;

    InputMistakes(List<Mistake> mistakes, List<String> lines, SortedMap<String, Long> hidden) {
        super(String.join(System.lineSeparator(), lines));
        this.mistakes = List.copyOf(mistakes);
        this.lines = List.copyOf(lines);
        this.hidden = Collections.unmodifiableSortedMap(new TreeMap<>(hidden));
    }

    /// Refusal for a single mistake.
    public InputMistakes(Mistake mistake) {
        this(List.of(mistake), List.of(mistake.toString()), new TreeMap<>());
    }

    /// The mistakes that are shown: at most [MistakeLog#SHOWN_PER_FILE] a file, by file and line.
    public List<Mistake> mistakes() {
        return mistakes;
    }

    /// How many mistakes of a file are not shown, by the file as the user named it; files of which
    /// all are shown are left out.
    public SortedMap<String, Long> hidden() {
        return hidden;
    }

    /// The lines to print: the mistakes and, for a file with more of them, how many more.
    public List<String> lines() {
        return lines;
    }
}
