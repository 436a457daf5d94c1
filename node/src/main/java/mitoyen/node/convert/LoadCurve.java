package mitoyen.node.convert;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.readings.CsvTable;

/// The layout of a load curve: perhaps a preamble of two lines, names and values; then a header
/// with `Horodate` and `Valeur`; then the rows, which may repeat what a preamble would say.
final class LoadCurve {
    private static final String STAMP = "horodate";
    private static final String VALUE = "valeur";

    private final Map<String, String> preamble = new LinkedHashMap<>();
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<CsvTable.Line> rows;

    private LoadCurve(List<CsvTable.Line> before, CsvTable.Line header, List<CsvTable.Line> rows) {
        this.rows = List.copyOf(rows);
        for (int column = 0; column < header.cells().size(); column++) {
            columns.putIfAbsent(plain(header.cell(column)), column);
        }
        if (before.size() >= 2) {
            CsvTable.Line names = before.get(0);
            CsvTable.Line values = before.get(1);
            for (int column = 0; column < names.cells().size(); column++) {
                preamble.putIfAbsent(plain(names.cell(column)), values.cell(column));
            }
        }
    }

    /// The load curve in a file, or nothing after a mistake was noted.
    static Optional<LoadCurve> read(Path file, MistakeLog mistakes) {
        List<CsvTable.Line> lines = CsvTable.read(file, ';', mistakes);
        for (int header = 0; header < lines.size(); header++) {
            List<String> names = lines.get(header).cells().stream().map(LoadCurve::plain).toList();
            if (names.contains(STAMP) && names.contains(VALUE)) {
                return Optional.of(
                        new LoadCurve(
                                lines.subList(0, header),
                                lines.get(header),
                                lines.subList(header + 1, lines.size())));
            }
        }
        if (!lines.isEmpty()) {
            mistakes.add(file.toString(), 0, Fault.NO_LOAD_CURVE);
        }
        return Optional.empty();
    }

    /// The rows after the header.
    List<CsvTable.Line> rows() {
        return rows;
    }

    /// The time stamp of a row.
    String stamp(CsvTable.Line row) {
        return field(row, STAMP);
    }

    /// The value of a row, empty where there is none.
    String value(CsvTable.Line row) {
        return field(row, VALUE);
    }

    /// What the row, or else the preamble, says under a name; empty where neither does.
    ///
    /// @param name without accents, in lower case
    String field(CsvTable.Line row, String name) {
        Integer column = columns.get(name);
        String cell = column == null ? "" : row.cell(column);
        return cell.isEmpty() ? preamble.getOrDefault(name, "") : cell;
    }

    /// Text without accents and in lower case.
    static String plain(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }
}
