package mitoyen.node.readings;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;

/// The columns of a readings file, in any order.
enum Column {
    START("start"),
    METER("meter"),
    CONSUMPTION("consumption_kwh"),
    PRODUCTION("production_kwh"),
    ALLOCATED("allocated_kwh"),
    SOLD("sold_kwh");

    private final String title;

    Column(String title) {
        this.title = title;
    }

    /// Its name in the header.
    String title() {
        return title;
    }

    /// The columns of a file in the order of its header, or nothing if the header is wrong.
    ///
    /// @param operatorSplit whether the operator's two columns must be there; otherwise they must
    ///   not
    static Optional<List<Column>> order(
            String file,
            int line,
            List<String> header,
            boolean operatorSplit,
            MistakeLog mistakes) {
        if (header.stream().anyMatch(Column::isBinary)) {
            mistakes.add(file, line, Fault.BINARY);
            return Optional.empty();
        }
        Set<Column> expected = expected(operatorSplit);
        List<Column> order = new ArrayList<>();
        boolean right = true;
        for (String title : header) {
            Optional<Column> column = find(title);
            if (column.isEmpty() || !expected.contains(column.get())) {
                refuseUnknown(file, line, title, column, expected, mistakes);
                right = false;
            } else if (order.contains(column.get())) {
                mistakes.add(file, line, Fault.DUPLICATE_COLUMN, title);
                right = false;
            } else {
                order.add(column.get());
            }
        }
        for (Column column : expected) {
            if (!order.contains(column)) {
                mistakes.add(file, line, Fault.MISSING_COLUMN, column.title, titles(expected));
                right = false;
            }
        }
        return right ? Optional.of(List.copyOf(order)) : Optional.empty();
    }

    private static void refuseUnknown(
            String file,
            int line,
            String title,
            Optional<Column> column,
            Set<Column> expected,
            MistakeLog mistakes) {
        if (column.isPresent()) {
            mistakes.add(file, line, Fault.UNEXPECTED_COLUMN, title);
        } else {
            mistakes.add(
                    file, line, Fault.UNKNOWN_COLUMN, RowText.excerpt(title), titles(expected));
        }
    }

    private static Set<Column> expected(boolean operatorSplit) {
        return operatorSplit
                ? EnumSet.allOf(Column.class)
                : EnumSet.range(Column.START, Column.PRODUCTION);
    }

    private static Optional<Column> find(String title) {
        return List.of(values()).stream().filter(column -> column.title.equals(title)).findFirst();
    }

    private static String titles(Set<Column> columns) {
        return String.join(",", columns.stream().map(Column::title).toList());
    }

    private static boolean isBinary(String title) {
        return title.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r');
    }
}
