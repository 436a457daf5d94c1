package mitoyen.node.page;

import java.time.LocalDate;
import java.util.List;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.Phrase;
import mitoyen.node.settlement.SettlementPlan;
import mitoyen.node.settlement.SettlementReport;

/// What came of looking at dropped files, or of settling them.
///
/// @param outcome which of the fields below say something
/// @param files the files with mistakes, or what a settlement was refused for
/// @param lacking the key of the sentence that says what is lacking
/// @param details lines that follow the reason of a refusal
/// @param newDays days not settled before
/// @param revised days settled before with other readings, where that was not expected
/// @param correctedDays days settled before with other readings
/// @param unchangedDays days settled before with the same readings
/// @param height where the ledger stands
/// @param root the root there, in hexadecimal
public record Findings(
        Outcome outcome,
        List<FileFindings> files,
        String lacking,
        List<Phrase> details,
        List<LocalDate> revised,
        int newDays,
        int correctedDays,
        int unchangedDays,
        long height,
        String root) {
    public Findings {
        files = List.copyOf(files);
        details = List.copyOf(details);
        revised = List.copyOf(revised);
    }

    /// How it went.
    public enum Outcome {
        /// The files have mistakes.
        MISTAKES,
        /// Something that a settlement needs was not dropped.
        LACKING,
        /// The settlement failed on its way: some days may be settled.
        STOPPED,
        /// The files are sound and what they ask is refused.
        REFUSED,
        /// Days that were settled have other readings now, and nobody said that they may.
        REVISED,
        /// All is well; nothing is settled yet.
        READY,
        /// Settled.
        SETTLED
    }

    /// How many mistakes there are, shown or not.
    public long mistakeCount() {
        return files.stream().mapToLong(file -> file.mistakes().size() + file.hidden()).sum();
    }

    /// Findings of files with mistakes.
    static Findings mistakes(List<FileFindings> files) {
        return new Findings(Outcome.MISTAKES, files, "", List.of(), List.of(), 0, 0, 0, 0, "");
    }

    /// Findings of a request that was refused.
    static Findings refused(FileFindings reason, List<Phrase> details) {
        return new Findings(
                Outcome.REFUSED, List.of(reason), "", details, List.of(), 0, 0, 0, 0, "");
    }

    /// Findings of a settlement that failed on its way, such as on a full disk.
    static Findings stopped() {
        return new Findings(Outcome.STOPPED, List.of(), "", List.of(), List.of(), 0, 0, 0, 0, "");
    }

    /// Findings of a request that lacks something.
    ///
    /// @param key of the sentence that says what
    static Findings lacking(String key) {
        return new Findings(Outcome.LACKING, List.of(), key, List.of(), List.of(), 0, 0, 0, 0, "");
    }

    /// Findings of days that were settled with other readings.
    static Findings revised(List<LocalDate> days) {
        return new Findings(Outcome.REVISED, List.of(), "", List.of(), days, 0, 0, 0, 0, "");
    }

    /// Findings of files that can be settled.
    static Findings ready(SettlementPlan plan) {
        return new Findings(
                Outcome.READY,
                List.of(),
                "",
                List.of(),
                List.of(),
                plan.fresh(),
                plan.revised().size(),
                plan.unchanged(),
                0,
                "");
    }

    /// Findings after a settlement.
    static Findings settled(SettlementReport report) {
        return new Findings(
                Outcome.SETTLED,
                List.of(),
                "",
                List.of(),
                List.of(),
                report.settled(),
                report.corrected(),
                report.unchanged(),
                report.anchor().height(),
                report.anchor().root().toString());
    }

    /// What is wrong with a file.
    ///
    /// @param name as it was dropped
    /// @param hidden how many more mistakes it has than are shown
    public record FileFindings(String name, List<PlacedMistake> mistakes, long hidden) {
        public FileFindings {
            mistakes = List.copyOf(mistakes);
        }
    }

    /// A mistake and the lines around it.
    ///
    /// @param excerpt the line with its neighbours, or nothing
    public record PlacedMistake(Mistake mistake, List<Line> excerpt) {
        public PlacedMistake {
            excerpt = List.copyOf(excerpt);
        }

        /// Whether this is the line that the mistake is on.
        public boolean isOn(Line line) {
            return mistake.line() == line.number();
        }
    }

    /// A line of a file, shortened.
    public record Line(int number, String text) {}
}
