package mitoyen.node.page;

import java.util.List;

/// What came of looking at dropped files, or of settling them.
///
/// @param outcome which of the fields below say something
/// @param files the files with mistakes
/// @param refusal why a settlement was refused
/// @param newDays days not settled before
/// @param correctedDays days settled before with other readings
/// @param unchangedDays days settled before with the same readings
/// @param height where the ledger stands
/// @param root the root there, in hexadecimal
public record Findings(
        Outcome outcome,
        List<FileFindings> files,
        String refusal,
        int newDays,
        int correctedDays,
        int unchangedDays,
        long height,
        String root) {
    public Findings {
        files = List.copyOf(files);
    }

    /// How it went.
    public enum Outcome {
        /// The files have mistakes.
        MISTAKES,
        /// The files are sound and what they ask is refused.
        REFUSED,
        /// All is well; nothing is settled yet.
        READY,
        /// Settled.
        SETTLED
    }

    /// How many mistakes are shown.
    public int mistakeCount() {
        return files.stream().mapToInt(file -> file.mistakes().size()).sum();
    }

    /// What is wrong with a file.
    ///
    /// @param name as it was dropped
    public record FileFindings(String name, List<PlacedMistake> mistakes) {
        public FileFindings {
            mistakes = List.copyOf(mistakes);
        }
    }

    /// A mistake and the lines around it.
    ///
    /// @param line from 1; 0 where it has no line
    /// @param excerpt the line with its neighbours, or nothing
    public record PlacedMistake(int line, String what, String remedy, List<Line> excerpt) {
        public PlacedMistake {
            excerpt = List.copyOf(excerpt);
        }
    }

    /// A line of a file, shortened.
    public record Line(int number, String text) {}
}
