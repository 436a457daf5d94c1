package mitoyen.simulator.bench;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// A picture of [Growth]: a line for what grows, its size to the right by powers of ten, the time
/// of a transaction upwards.
final class GrowthPicture {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final double LINE_HEIGHT = 15;
    private static final int LEFT = 60;
    private static final int RIGHT = 130;
    private static final int TOP = 20;
    private static final int BOTTOM = 40;
    private static final int GRID_LINES = 4;
    private static final List<String> COLOURS = List.of("#0b6e4f", "#b3541e", "#2f4b8f");

    private final List<Growth.Point> points;
    private final double least;
    private final double decades;
    private final double most;
    private final SortedSet<Double> named = new TreeSet<>();

    /// @param points of any number of lines
    GrowthPicture(List<Growth.Point> points) {
        this.points = List.copyOf(points);
        this.least = points.stream().mapToInt(Growth.Point::size).min().orElse(1);
        double largest = points.stream().mapToInt(Growth.Point::size).max().orElse(1);
        this.decades = Math.max(1, Math.log10(largest / least));
        this.most = roundedUp(points.stream().mapToDouble(Growth.Point::micros).max().orElse(1));
    }

    /// The picture as an SVG document.
    String toSvg() {
        StringBuilder svg = new StringBuilder();
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" \
                font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="white"/>
                """
                        .formatted(WIDTH, HEIGHT));
        for (int i = 0; i <= GRID_LINES; i++) {
            double micros = most * i / GRID_LINES;
            line(svg, LEFT, y(micros), WIDTH - RIGHT, y(micros), "#dddddd");
            text(svg, LEFT - 8, y(micros) + 4, "end", "%.0f".formatted(micros), "black");
        }
        text(svg, LEFT, TOP - 6, "start", "µs of a processor each", "black");
        for (int size : points.stream().map(Growth.Point::size).distinct().sorted().toList()) {
            text(svg, x(size), HEIGHT - BOTTOM + 20, "middle", "%,d".formatted(size), "black");
        }
        List<String> lines = points.stream().map(Growth.Point::of).distinct().toList();
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()));
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg, String of, String colour) {
        List<Growth.Point> line = points.stream().filter(each -> each.of().equals(of)).toList();
        for (int i = 0; i < line.size(); i++) {
            Growth.Point to = line.get(i);
            if (i > 0) {
                Growth.Point from = line.get(i - 1);
                line(svg, x(from.size()), y(from.micros()), x(to.size()), y(to.micros()), colour);
            }
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n",
                            x(to.size()),
                            y(to.micros()),
                            colour));
        }
        Growth.Point last = line.getLast();
        text(svg, x(last.size()) + 10, free(y(last.micros()) + 4), "start", of, colour);
    }

    /// A height for the name of a line, below those that stand there already.
    private double free(double wanted) {
        double height = wanted;
        for (double taken : named) {
            if (Math.abs(taken - height) < LINE_HEIGHT) {
                height = taken + LINE_HEIGHT;
            }
        }
        named.add(height);
        return height;
    }

    private static void line(
            StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\""
                                + " stroke-width=\"2\"/>%n",
                        x1,
                        y1,
                        x2,
                        y2,
                        colour));
    }

    private static void text(
            StringBuilder svg, double x, double y, String anchor, String text, String colour) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                        x,
                        y,
                        anchor,
                        colour,
                        text));
    }

    private double x(double size) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.log10(size / least) / decades;
    }

    private double y(double micros) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * micros / most;
    }

    private static double roundedUp(double micros) {
        return Math.max(GRID_LINES, Math.ceil(micros / GRID_LINES) * GRID_LINES);
    }
}
