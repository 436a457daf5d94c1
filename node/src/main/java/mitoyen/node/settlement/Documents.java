package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.energy.Terms;
import mitoyen.node.books.Books;
import mitoyen.node.language.Language;
import mitoyen.node.output.SalesCsv;
import mitoyen.node.output.SummaryJson;
import mitoyen.node.statement.Statement;
import mitoyen.node.statement.StatementCsv;
import mitoyen.node.statement.StatementHtml;
import mitoyen.node.statement.Statements;

/// The documents of a folder: made anew from everything it ever settled, each put in its place
/// whole.
public final class Documents {
    private final Disk disk;
    private final Path folder;

    Documents(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    Path allocations() {
        return folder.resolve("allocations.csv");
    }

    /// Writes all but the allocations; the summary last, since it says where the ledger stands.
    void write(Books books, LedgerIndex index) throws IOException {
        disk.replaceUnsynced(
                folder.resolve("sales.csv"), out -> SalesCsv.write(books.bills().sales(), out));
        writeStatements(books, index);
        disk.replace(
                folder.resolve("summary.json"),
                out -> SummaryJson.write(books, index.anchor(), out));
    }

    /// The statements of everything that was settled, each anchored on the ledger.
    public static List<Statement> statements(Books books, LedgerIndex index) {
        Terms terms = books.findCommunity().orElseThrow().terms();
        return Statements.of(
                books.bills(), terms, books.details(), period -> anchor(index, period));
    }

    private void writeStatements(Books books, LedgerIndex index) throws IOException {
        Path folderOfStatements = folder.resolve("statements");
        disk.createDirectories(folderOfStatements);
        Language language = Language.ofZone(books.findCommunity().orElseThrow().terms().zone());
        for (Statement statement : statements(books, index)) {
            replace(folderOfStatements, statement, ".csv", StatementCsv.of(statement));
            replace(folderOfStatements, statement, ".html", StatementHtml.of(statement, language));
        }
    }

    /// The block of the month's last claim, so that a statement sent once stays as it is while the
    /// ledger grows; before the first claim, the last block.
    private static Statement.Anchor anchor(LedgerIndex index, String period) {
        long claimed = index.month(period.substring(0, "2025-10".length())).height();
        long height = claimed == 0 ? index.height() : claimed;
        return new Statement.Anchor(height, index.findRoot(height).orElseThrow().toString());
    }

    private void replace(Path statements, Statement statement, String ending, String text)
            throws IOException {
        disk.replaceUnsynced(
                statements.resolve(statement.fileName() + ending),
                out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
