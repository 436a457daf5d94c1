package mitoyen.node.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// Where energy came from and where it went: two columns of ends with bands between them.
///
/// The height of an end and the width of a band are energy on one scale, the bands of an end fill
/// it exactly, and an end's figure is the sum of its bands: the picture cannot disagree with
/// itself. A band without energy is there with no width, so that a live picture keeps its parts.
///
/// @param width [px]
/// @param height [px]
/// @param ends left ones first, from top to bottom
/// @param bands in the order in which they were given
public record FlowPicture(int width, int height, List<End> ends, List<Band> bands) {
    private static final int BAR = 10;
    private static final int LABEL = 40;
    private static final int TALLEST = 190;
    private static final int READABLE = 17;

    /// A picture for a narrow screen is taller: its bands are steeper, and words need room.
    private static final int NARROW = 500;

    private static final int TALLEST_IF_NARROW = 250;

    /// With more ends than this a narrow picture has words at its ends alone.
    private static final int ROWS_WITH_WORDS_IF_NARROW = 2;

    /// Labels nearer to each other than this would touch [px].
    private static final int LINE = 18;

    /// A letter of a name, on average, and the figure behind it [px].
    private static final double LETTER = 8.4;

    private static final int FIGURE = 84;

    public FlowPicture {
        ends = List.copyOf(ends);
        bands = List.copyOf(bands);
    }

    /// Energy that goes from one end to another.
    ///
    /// @param from the name of an end on the left
    /// @param to the name of an end on the right
    /// @param tone how it is drawn: `own`, `shared`, `grid` or `surplus`
    /// @param label what it is called on the band
    /// @param mWh at least 0
    public record Flow(String from, String to, String tone, String label, long mWh) {}

    /// A bar at the side, under its label.
    ///
    /// @param name its name in full
    /// @param shortName as much of the name as the picture has room for
    /// @param left whether it stands on the left
    /// @param y its top [px]
    /// @param height [px]
    /// @param mWh the sum of its bands
    public record End(
            String name, String shortName, boolean left, String y, String height, long mWh) {
        /// Where its label's base line runs [px].
        public String labelY() {
            return px(Double.parseDouble(y) - 9);
        }
    }

    /// A band between two bars.
    ///
    /// @param path its outline, as an SVG path
    /// @param x where its label's middle is [px]
    /// @param y where its label's base line runs [px]
    /// @param readable whether it is wide enough for its label
    public record Band(Flow flow, String path, String x, String y, boolean readable) {}

    /// Draws flows between ends, which stand in the order in which flows name them.
    ///
    /// @param width the picture's width [px]
    public static FlowPicture of(int width, List<Flow> flows) {
        long total = Math.max(1, flows.stream().mapToLong(Flow::mWh).sum());
        int tallest = width < NARROW ? TALLEST_IF_NARROW : TALLEST;
        double scale = (double) tallest / total;
        int rows = Math.max(count(flows, true), count(flows, false));
        SequencedMap<String, Column> left = columns(flows, true, scale, rows);
        SequencedMap<String, Column> right = columns(flows, false, scale, rows);
        List<End> ends = new ArrayList<>();
        left.forEach(
                (name, column) -> ends.add(column.end(name, true, room(width, column, right))));
        right.forEach(
                (name, column) -> ends.add(column.end(name, false, room(width, column, left))));
        List<Band> bands = new ArrayList<>();
        boolean roomy = width >= NARROW || rows <= ROWS_WITH_WORDS_IF_NARROW;
        for (Flow flow : flows) {
            Column from = column(left, flow.from());
            Column to = column(right, flow.to());
            bands.add(band(flow, width, scale, from, to, roomy, ends));
        }
        return new FlowPicture(width, tallest + rows * LABEL + 6, ends, bands);
    }

    /// The middle of the picture [px].
    public int middle() {
        return width / 2;
    }

    /// Where the right bars begin [px].
    public int rightBar() {
        return width - BAR;
    }

    private static int count(List<Flow> flows, boolean left) {
        return (int) flows.stream().map(left ? Flow::from : Flow::to).distinct().count();
    }

    /// The ends of one side; the shorter side stands in the middle of the taller.
    private static SequencedMap<String, Column> columns(
            List<Flow> flows, boolean left, double scale, int rows) {
        SequencedMap<String, Long> sums = new LinkedHashMap<>();
        for (Flow flow : flows) {
            sums.merge(left ? flow.from() : flow.to(), flow.mWh(), Math::addExact);
        }
        SequencedMap<String, Column> columns = new LinkedHashMap<>();
        double y = LABEL + (rows - sums.size()) * LABEL / 2.0;
        for (Map.Entry<String, Long> sum : sums.entrySet()) {
            columns.put(sum.getKey(), new Column(y, sum.getValue(), scale));
            y += sum.getValue() * scale + LABEL;
        }
        return columns;
    }

    private static Column column(Map<String, Column> columns, String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalStateException("a flow without an end: " + name);
        }
        return column;
    }

    /// How many letters of a name there is room for. In a wide picture the middle is left to the
    /// words on the bands; in a narrow one a label has what another on its line leaves, and half of
    /// the line at least.
    private static int room(int width, Column column, Map<String, Column> opposite) {
        double taken =
                opposite.entrySet().stream()
                        .filter(other -> Math.abs(other.getValue().top - column.top) < LINE)
                        .mapToDouble(other -> other.getKey().length() * LETTER + FIGURE)
                        .max()
                        .orElse(0);
        double left =
                width >= NARROW ? width * 0.4 : Math.max(width * 0.5, width - 2 * BAR - taken);
        return (int) ((left - FIGURE) / LETTER);
    }

    private static Band band(
            Flow flow,
            int width,
            double scale,
            Column from,
            Column to,
            boolean roomy,
            List<End> ends) {
        double thickness = flow.mWh() * scale;
        double y0 = from.take(thickness);
        double y1 = to.take(thickness);
        double x0 = BAR;
        double x1 = width - BAR;
        double bend = width / 2.0;
        String path =
                "M%s %sC%s %s %s %s %s %sV%sC%s %s %s %s %s %sZ"
                        .formatted(
                                px(x0),
                                px(y0),
                                px(bend),
                                px(y0),
                                px(bend),
                                px(y1),
                                px(x1),
                                px(y1),
                                px(y1 + thickness),
                                px(bend),
                                px(y1 + thickness),
                                px(bend),
                                px(y0 + thickness),
                                px(x0),
                                px(y0 + thickness));
        double y = (y0 + y1 + thickness) / 2 + 4.5;
        boolean free =
                width >= NARROW
                        || ends.stream()
                                .mapToDouble(end -> Double.parseDouble(end.labelY()))
                                .noneMatch(labelY -> Math.abs(labelY - y) < LINE);
        return new Band(flow, path, px(bend), px(y), roomy && free && thickness >= READABLE);
    }

    private static String px(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /// An end while its bands are laid from top to bottom.
    private static final class Column {
        private final double top;
        private final long mWh;
        private final double scale;
        private double next;

        Column(double top, long mWh, double scale) {
            this.top = top;
            this.mWh = mWh;
            this.scale = scale;
            this.next = top;
        }

        double take(double thickness) {
            double y = next;
            next += thickness;
            return y;
        }

        End end(String name, boolean left, int room) {
            String height = px(mWh == 0 ? 0 : Math.max(1, mWh * scale));
            return new End(name, shorten(name, room), left, px(top), height, mWh);
        }

        /// Cut between whole characters, never inside one of two code units.
        private static String shorten(String name, int room) {
            return name.codePointCount(0, name.length()) <= room
                    ? name
                    : name.substring(0, name.offsetByCodePoints(0, room - 1)).strip() + "…";
        }
    }
}
