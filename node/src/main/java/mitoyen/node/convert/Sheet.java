package mitoyen.node.convert;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.readings.CsvTable;

/// A file with a header: its columns by name, its cells as numbers.
final class Sheet {
    private final String file;
    private final MistakeLog mistakes;
    private final CsvTable.Line header;

    Sheet(Path file, MistakeLog mistakes, CsvTable.Line header) {
        this.file = file.toString();
        this.mistakes = mistakes;
        this.header = header;
    }

    /// The names of the columns.
    List<String> titles() {
        return header.cells();
    }

    /// The place of a column, or -1 after a mistake was noted.
    int column(String title) {
        int column = header.cells().indexOf(title);
        if (column < 0) {
            refuse(Fault.PUBLISHED_COLUMN_MISSING, title);
        }
        return column;
    }

    /// A cell of kilowatt-hours as energy [mWh], or nothing after a mistake was noted.
    Optional<Long> kwh(CsvTable.Line line, int column) {
        return number(line, column).map(Amounts::ofKwh);
    }

    /// A cell as a number, or nothing after a mistake was noted.
    Optional<BigDecimal> number(CsvTable.Line line, int column) {
        if (column < 0) {
            return Optional.empty();
        }
        Optional<BigDecimal> number = Amounts.number(line.cell(column));
        if (number.isEmpty()) {
            refuse(line, Fault.NOT_A_CELL, header.cell(column), line.cell(column));
        }
        return number;
    }

    /// Notes a mistake of the header.
    void refuse(Fault fault, Object... values) {
        refuse(header, fault, values);
    }

    /// Notes a mistake of a line.
    void refuse(CsvTable.Line line, Fault fault, Object... values) {
        mistakes.add(file, line.number(), fault, values);
    }
}
