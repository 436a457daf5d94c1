package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.energy.Sale;
import mitoyen.node.books.Books;
import mitoyen.node.books.SettledDay;
import mitoyen.node.language.Language;
import mitoyen.node.output.AllocationsCsv;
import mitoyen.node.output.SalesCsv;
import mitoyen.node.output.SummaryJson;
import mitoyen.node.readings.Progress;
import mitoyen.node.statement.Statement;
import mitoyen.node.statement.StatementCsv;
import mitoyen.node.statement.StatementHtml;
import mitoyen.node.statement.Statements;
import mitoyen.node.threads.Ahead;

/// The documents of a folder: made anew from everything it ever settled, each put in its place
/// whole.
public final class Documents {
    private static final Pattern STATEMENT =
            Pattern.compile("(?<member>.+)-[0-9]{4}-[0-9]{2}(-[0-9]{2})?[.](csv|html)");

    private final Disk disk;
    private final Path folder;

    Documents(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /// Writes all documents of a folder that has none, from its ledger, vault and keys alone.
    ///
    /// @throws IOException if a part is missing or does not hold, or nothing is settled
    public static void makeAnew(Path folder, Disk disk, Progress progress) throws IOException {
        try (Archive archive = Archive.open(folder, disk)) {
            if (archive.index().days().isEmpty()) {
                throw new IOException(folder + ": nothing is settled in it");
            }
            new Documents(disk, folder).make(archive, progress);
        }
    }

    /// Writes all documents of a folder from an archive of it.
    ///
    /// @param archive of which at least a day is settled
    /// @throws IOException if a part is missing or does not hold
    public static void make(Path folder, Archive archive, Disk disk) throws IOException {
        new Documents(disk, folder).make(archive, Progress.NONE);
    }

    private void make(Archive archive, Progress progress) throws IOException {
        List<LocalDate> dates = List.copyOf(archive.index().days().keySet());
        Books books = new Books();
        try (Disk.Replacement file = disk.replacement(allocations())) {
            AllocationsCsv.header().writeTo(file.out());
            long done = 0;
            for (LocalDate date : dates) {
                SettledDay day = archive.load(date);
                AllocationsCsv.rows(day).writeTo(file.out());
                books.add(day);
                done++;
                progress.step("making documents", done, dates.size());
            }
            file.commit();
        }
        write(books, archive);
    }

    Path allocations() {
        return folder.resolve("allocations.csv");
    }

    /// Writes all but the allocations; the summary last, since it says where the ledger stands.
    void write(Books books, Archive archive) throws IOException {
        writeSalesAndStatements(books, archive);
        disk.replace(
                folder.resolve("summary.json"),
                out -> SummaryJson.write(books, archive.index().anchor(), out));
    }

    /// The statements of everything that was settled, each anchored on the ledger.
    public static Stream<Statement> statements(Books books, Archive archive) {
        LedgerIndex index = archive.index();
        EarlierStatements earlier = EarlierStatements.of(books.bills(), archive);
        return Statements.of(
                books.bills(),
                period ->
                        new Statements.Context(
                                books.termsIn(period),
                                books.detailsIn(period),
                                anchor(index, period)),
                earlier::find);
    }

    /// Statements that are the first ones take their place together: to rename each takes the
    /// system as long as to create it.
    private void writeSalesAndStatements(Books books, Archive archive) throws IOException {
        Path place = folder.resolve("statements");
        if (Files.notExists(place, LinkOption.NOFOLLOW_LINKS)) {
            Path gathered = Disk.temporary(place);
            disk.deleteFolder(gathered);
            try {
                disk.createDirectories(gathered);
                writeSalesAndStatements(books, archive, gathered, disk::writeUnsynced);
                disk.moveFolder(gathered, place);
            } finally {
                disk.deleteFolder(gathered);
            }
        } else {
            SortedSet<Path> stale = statementsOf(archive.keys().members().keySet(), place);
            stale.removeAll(writeSalesAndStatements(books, archive, place, this::replace));
            for (Path statement : stale) {
                disk.delete(statement);
            }
        }
    }

    /// @param into the folder of the statements
    /// @param writer what writes a statement there
    /// @return all that was written
    private Set<Path> writeSalesAndStatements(
            Books books, Archive archive, Path into, FileWriter writer) throws IOException {
        Language language = Language.ofZone(books.findCommunity().orElseThrow().terms().zone());
        Set<Path> written = new HashSet<>();
        // Bills are worked out by who asks first, and so not on two threads at once.
        List<Sale> sales = books.bills().sales();
        try (Ahead<List<Path>> writing = Ahead.parallel("documents-")) {
            writing.give(() -> writeSales(sales));
            statements(books, archive)
                    .forEach(each -> writing.give(() -> write(each, language, into, writer)));
            while (writing.waiting() > 0) {
                written.addAll(writing.take());
            }
        }
        return written;
    }

    /// The statements in a folder of those who are members or were: what else lies there is not
    /// ours to delete.
    private static SortedSet<Path> statementsOf(Set<String> members, Path folder)
            throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
            for (Path file : listing) {
                Matcher name = STATEMENT.matcher(file.getFileName().toString());
                if (name.matches() && members.contains(name.group("member"))) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    /// The first block that holds all a period's statement says, the last settlement of each of its
    /// days and the last claim of its month, so that a statement sent once stays as it is while the
    /// ledger grows.
    private static Statement.Anchor anchor(LedgerIndex index, String period) {
        String month = Claims.monthOf(period);
        boolean whole = month.equals(period);
        LocalDate first = LocalDate.parse(whole ? month + "-01" : period);
        LocalDate next = whole ? first.plusMonths(1) : first.plusDays(1);
        long height = index.month(month).height();
        for (LedgerIndex.SettledEntry day : index.days().subMap(first, next).values()) {
            height = Math.max(height, day.height());
        }
        return new Statement.Anchor(height, index.findRoot(height).orElseThrow().toString());
    }

    /// Synced, since `verify` compares it: of a folder that was just restored, too.
    private List<Path> writeSales(List<Sale> sales) throws IOException {
        Path file = folder.resolve("sales.csv");
        disk.replace(file, out -> SalesCsv.write(sales, out));
        return List.of(file);
    }

    /// Writes a statement's two files. On any thread: the system takes as long over a small file as
    /// we over its text.
    private static List<Path> write(
            Statement statement, Language language, Path into, FileWriter writer)
            throws IOException {
        Path csv = into.resolve(statement.fileName() + ".csv");
        Path html = into.resolve(statement.fileName() + ".html");
        writer.write(csv, StatementCsv.of(statement).getBytes(StandardCharsets.UTF_8));
        writer.write(html, StatementHtml.bytes(statement, language));
        return List.of(csv, html);
    }

    private void replace(Path file, byte[] content) throws IOException {
        disk.replaceUnsynced(file, out -> out.write(content));
    }

    /// Writes a whole file.
    @FunctionalInterface
    private interface FileWriter {
        void write(Path file, byte[] content) throws IOException;
    }
}
