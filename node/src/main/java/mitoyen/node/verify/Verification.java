package mitoyen.node.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.proof.MerkleLog;
import mitoyen.node.books.Anchor;
import mitoyen.node.books.Books;
import mitoyen.node.books.SettledDay;
import mitoyen.node.input.Mistake;
import mitoyen.node.output.AllocationsCsv;
import mitoyen.node.output.SalesCsv;
import mitoyen.node.output.SummaryJson;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.Archive;
import mitoyen.node.settlement.LedgerIndex;
import mitoyen.node.settlement.LedgerReader;
import mitoyen.node.settlement.SummaryAnchor;

/// Checks a folder from its first byte to its last, and repairs nothing.
public final class Verification {
    private final Path folder;
    private final Progress progress;

    /// Where the ledger stood when the documents were made.
    private Optional<Anchor> documented = Optional.empty();

    private Verification(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /// What was found to hold.
    ///
    /// @param anchor where the ledger stands
    /// @param recomputed whether the vault was there and settlements were done again
    /// @param unchecked which settlements and claims were not, and why, a line each: the vault of
    ///   one of several settlers need not have what was replaced later
    /// @param anchored whether the ledger was held against a root from elsewhere
    /// @param pruned of how many blocks only the headers are there
    /// @param executed how many blocks were executed again: all, unless some were pruned
    public record Result(
            Anchor anchor,
            boolean recomputed,
            List<String> unchecked,
            boolean anchored,
            long pruned,
            long executed) {
        private static final int UNCHECKED_SHOWN = 10;

        public Result {
            unchecked = List.copyOf(unchecked);
        }

        /// What `verify` prints: what holds, in a line, and below it what was not done again.
        public List<String> lines() {
            List<String> lines = new ArrayList<>(List.of(toString()));
            if (anchor.height() == 0) {
                lines.add("founded, and no block yet");
            }
            unchecked.stream()
                    .limit(UNCHECKED_SHOWN)
                    .forEach(each -> lines.add("not recomputed: " + each));
            if (unchecked.size() > UNCHECKED_SHOWN) {
                lines.add(
                        "not recomputed: … and %d more"
                                .formatted(unchecked.size() - UNCHECKED_SHOWN));
            }
            return lines;
        }

        /// The first of the lines that `verify` prints.
        @Override
        public String toString() {
            String all = unchecked.isEmpty() ? line() : line() + " unchecked=" + unchecked.size();
            return pruned == 0 ? all : all + " pruned=" + pruned + " executed=" + executed;
        }

        /// What was done about settlements: `recomputed`, or `absent` where there is no vault.
        public String settlements() {
            return recomputed ? "recomputed" : "absent";
        }

        private String line() {
            return String.format(
                    Locale.ROOT,
                    "OK blocks=%d transactions=%d root=%s settlements=%s anchored=%s",
                    anchor.height(),
                    anchor.transactions(),
                    anchor.root(),
                    settlements(),
                    anchored ? "yes" : "no");
        }
    }

    /// Checks a folder.
    ///
    /// @param root a root that somebody kept, of any height
    /// @throws IOException naming the first thing that does not hold
    public static Result run(Path folder, Optional<Hash> root, Disk disk, Progress progress)
            throws IOException {
        return new Verification(folder, progress).run(root, disk);
    }

    private Result run(Optional<Hash> root, Disk disk) throws IOException {
        Optional<SummaryAnchor> summary = SummaryAnchor.find(folder);
        BlockCheck blocks = new BlockCheck();
        LedgerIndex index =
                LedgerReader.audit(
                        folder,
                        disk,
                        (block, events, upTo) -> {
                            blocks.check(block, events, upTo);
                            if (block.height() == summary.map(SummaryAnchor::height).orElse(0L)) {
                                documented = Optional.of(upTo.anchor());
                            }
                        });
        if (index.height() == 0) {
            return founded(index, root.isPresent() || summary.isPresent(), disk);
        }
        if (root.isPresent() && !index.hasRoot(root.get())) {
            throw new DoesNotHold(
                    "root "
                            + root.get()
                            + " is that of no block: the ledger was altered or cut"
                            + " short, or is another one");
        }
        if (summary.isPresent()) {
            check(summary.get(), index);
        }
        long pruned = LedgerReader.countPruned(folder);
        if (pruned > 0 && Archive.isSettledInto(folder)) {
            throw new DoesNotHold(
                    "%s: the blocks up to %d were pruned, and what is in the vault is checked"
                                    .formatted(Archive.ledger(folder), pruned)
                            + " against all of them; restore the ledger from a backup");
        }
        List<String> unchecked = List.of();
        Optional<Archive> archive = Archive.find(folder, disk, index);
        if (archive.isPresent()) {
            try (Archive open = archive.get()) {
                if (index.findFounding().isEmpty() && !open.listKept().isEmpty()) {
                    throw new DoesNotHold(
                            Archive.keys(folder)
                                    + ": the keys of no community on this ledger; restore them"
                                    + " from a backup");
                }
                unchecked = recompute(open);
                if (summary.isPresent()) {
                    requireCurrent(summary.get(), index);
                }
                if (summary.isPresent() || !index.days().isEmpty()) {
                    compareDocuments(open);
                }
            }
        } else if (summary.isPresent()) {
            requireCurrent(summary.get(), index);
        }
        return new Result(
                index.anchor(),
                archive.isPresent(),
                unchecked,
                root.isPresent() || summary.isPresent(),
                pruned,
                index.height() - index.unexecuted());
    }

    /// What holds of a ledger that has no block yet.
    ///
    /// @param grown whether something beside it tells that it had one
    private Result founded(LedgerIndex index, boolean grown, Disk disk) throws IOException {
        if (grown || isSettled(index, disk)) {
            throw new DoesNotHold(Path.of("ledger") + ": no block; the ledger was cut short");
        }
        Hash root = Hash.of(new MerkleLog().root().toBytes());
        return new Result(new Anchor(0, 0, root), false, List.of(), false, 0, 0);
    }

    private boolean isSettled(LedgerIndex index, Disk disk) throws IOException {
        Optional<Archive> archive = Archive.find(folder, disk, index);
        if (archive.isEmpty()) {
            return false;
        }
        try (Archive open = archive.get()) {
            return !open.listKept().isEmpty();
        }
    }

    private static void check(SummaryAnchor summary, LedgerIndex index) throws DoesNotHold {
        Optional<Mistake> reason = summary.findReasonAgainst(index);
        if (reason.isPresent()) {
            throw new DoesNotHold(reason.get().finding());
        }
    }

    /// On a ledger that also holds what others send, documents are as old as the last settlement.
    private static void requireCurrent(SummaryAnchor summary, LedgerIndex index)
            throws DoesNotHold {
        boolean current =
                index.lastVersion() == Genesis.PROTOCOL_VERSION
                        ? summary.height() == index.height()
                        : index.daysThrough(summary.height()).equals(index.days());
        if (!current) {
            throw new DoesNotHold(
                    "%s: is of block %d and the ledger is at block %d: settle again, or start the"
                                    .formatted(summary.file(), summary.height(), index.height())
                            + " node again, to bring the documents up to date");
        }
    }

    /// @return the settlements and claims that were not done again
    private List<String> recompute(Archive archive) throws IOException {
        SettlementCheck check = new SettlementCheck(archive);
        long height = archive.index().height();
        LedgerReader.read(
                folder,
                (block, events, index) -> {
                    progress.step("recomputing blocks", block.height(), height);
                    for (EnergyEvent event : events) {
                        recompute(check, event, index);
                    }
                });
        return check.unchecked();
    }

    /// What is settled of other communities on the same ledger, their own vaults tell.
    private static void recompute(SettlementCheck check, EnergyEvent event, LedgerIndex index)
            throws IOException {
        switch (event) {
            case EnergyEvent.CommunityFounded(var founding)
                    when index.findFounding().equals(Optional.of(founding)) ->
                    check.check(founding);
            case EnergyEvent.DaySettled(var settlement) when index.isOf(settlement.community()) ->
                    check.check(settlement, index.height());
            case EnergyEvent.MonthClaimed(var claim) when index.isOf(claim.community()) ->
                    check.check(claim, index);
            case EnergyEvent.CommunityFounded _,
                    EnergyEvent.DaySettled _,
                    EnergyEvent.MonthClaimed _,
                    EnergyEvent.DayProposed _,
                    EnergyEvent.DayAttested _,
                    EnergyEvent.DayDissented _,
                    EnergyEvent.ClaimProposed _,
                    EnergyEvent.ClaimAttested _,
                    EnergyEvent.ClaimObjected _,
                    EnergyEvent.ClaimHeld _,
                    EnergyEvent.ClaimDropped _ -> {}
        }
    }

    private void compareDocuments(Archive archive) throws IOException {
        Books books = new Books();
        try (ComparingStream file = new ComparingStream(folder.resolve("allocations.csv"))) {
            AllocationsCsv.header().writeTo(file);
            List<LocalDate> dates = List.copyOf(archive.index().days().keySet());
            long done = 0;
            for (LocalDate date : dates) {
                SettledDay day = archive.load(date);
                AllocationsCsv.rows(day).writeTo(file);
                books.add(day);
                progress.step("comparing documents", ++done, dates.size());
            }
            file.end();
        }
        compare("sales.csv", out -> SalesCsv.write(books.bills().sales(), out));
        Anchor anchor = documented.orElseGet(archive.index()::anchor);
        compare("summary.json", out -> SummaryJson.write(books, anchor, out));
    }

    private void compare(String name, Disk.Content content) throws IOException {
        try (ComparingStream file = new ComparingStream(folder.resolve(name))) {
            content.writeTo(file);
            file.end();
        }
    }
}
