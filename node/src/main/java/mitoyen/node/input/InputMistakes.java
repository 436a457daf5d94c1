package mitoyen.node.input;

import java.util.List;

/// Refusal of input files, with everything that was found wrong in them. The program exits with
/// status 2 and has changed nothing on disk.
public final class InputMistakes extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;
    private final transient List<String> lines;

    InputMistakes(List<Mistake> mistakes, List<String> lines) {
        super(String.join(System.lineSeparator(), lines));
        this.mistakes = List.copyOf(mistakes);
        this.lines = List.copyOf(lines);
    }

    /// Refusal for a single mistake.
    public InputMistakes(Mistake mistake) {
        this(List.of(mistake), List.of(mistake.toString()));
    }

    /// The mistakes that are shown: at most [MistakeLog#SHOWN_PER_FILE] a file, by file and line.
    public List<Mistake> mistakes() {
        return mistakes;
    }

    /// The lines to print: the mistakes and, for a file with more of them, how many more.
    public List<String> lines() {
        return lines;
    }
}
