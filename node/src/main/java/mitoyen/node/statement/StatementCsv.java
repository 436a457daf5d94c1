package mitoyen.node.statement;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;

/// A statement as a table for other programs, the same in every language: one row a fact.
///
/// Rows of energy fill `kwh`; rows of trade fill all columns; sums fill `total`. Members stand
/// under their ids, so that no cell can pass for a spreadsheet's formula.
public final class StatementCsv {
    private StatementCsv() {}

    /// The whole file, lines ended by a line feed.
    public static String of(Statement statement) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            write(csv, statement);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string refused to grow", impossible);
        }
        return text.toString();
    }

    private static void write(CsvWriter csv, Statement statement) {
        csv.writeRecord("line", "with", "kwh", "price", "amount", "vat_rate", "vat", "total");
        writeEnergy(csv, statement.energy());
        statement.purchases().forEach(line -> writeTrade(csv, "purchase", line));
        statement.sales().forEach(line -> writeTrade(csv, "sale", line));
        statement.fees().forEach(fee -> writeFee(csv, fee));
        writeSum(csv, "paid", statement.paid());
        writeSum(csv, "earned", statement.earned());
        writeSum(csv, "fees", statement.fee());
        writeSum(csv, "balance", statement.balance());
        statement
                .earlier()
                .ifPresent(earlier -> {
                    String block = Long.toString(earlier.height());
                    String balance = cents(earlier.balance());
                    csv.writeRecord("replaces", block, "", "", "", "", "", balance);
                });
        statement.findDifference().ifPresent(sum -> writeSum(csv, "difference", sum));
        writeSum(csv, "saved", statement.saved());
        writeSum(csv, "gained", statement.gained());
        String block = Long.toString(statement.anchor().height());
        csv.writeRecord("block", block, "", "", "", "", "", "");
        csv.writeRecord("root", statement.anchor().root(), "", "", "", "", "", "");
    }

    private static void writeEnergy(CsvWriter csv, Statement.EnergyLines energy) {
        writeEnergy(csv, "consumption", energy.consumption());
        writeEnergy(csv, "allocated", energy.allocated());
        writeEnergy(csv, "own", energy.own());
        writeEnergy(csv, "complement", energy.complement());
        writeEnergy(csv, "production", energy.produced());
        writeEnergy(csv, "sold", energy.sold());
        writeEnergy(csv, "surplus", energy.surplus());
    }

    private static void writeEnergy(CsvWriter csv, String name, Energy energy) {
        csv.writeRecord(name, "", energy.toString(), "", "", "", "", "");
    }

    private static void writeTrade(CsvWriter csv, String name, Statement.Line line) {
        csv.writeRecord(
                name,
                line.other().id(),
                line.energy().toString(),
                line.price().toString(),
                cents(line.amount()),
                line.vatRate().toString(),
                cents(line.vat()),
                cents(line.total()));
    }

    private static void writeFee(CsvWriter csv, Statement.Fee fee) {
        String amount = cents(fee.amount());
        csv.writeRecord(
                fee.kind().name().toLowerCase(Locale.ROOT) + "-fee",
                "",
                fee.energy().toString(),
                fee.price().toString(),
                amount,
                "",
                "",
                amount);
    }

    private static void writeSum(CsvWriter csv, String name, Money sum) {
        csv.writeRecord(name, "", "", "", "", "", "", cents(sum));
    }

    private static String cents(Money money) {
        return Decimals.formatCents(money.micros());
    }
}
