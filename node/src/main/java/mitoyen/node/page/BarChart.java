package mitoyen.node.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Energy over time: above the line what was drawn, in two parts, below it what was left over.
///
/// Upwards stand what the community made (full) and what suppliers delivered (hatched), downwards
/// the surplus (dotted): the parts are told by place and texture, and by colour only besides.
///
/// @param width [px]
/// @param height [px]
/// @param zeroY where the line of nothing runs [px]
/// @param bars in the order of time
/// @param lines of the scale, each with its energy
/// @param marks below the picture
public record BarChart(
        int width, int height, String zeroY, List<Bar> bars, List<Line> lines, List<Mark> marks) {
    private static final int LEFT = 46;
    private static final int TOP = 14;
    private static final int PLOT = 190;
    private static final int BOTTOM = 24;

    /// What the longest mark needs, such as `28 févr.`, and some air [px].
    private static final int MARK = 58;

    public BarChart {
        bars = List.copyOf(bars);
        lines = List.copyOf(lines);
        marks = List.copyOf(marks);
    }

    /// An amount of time.
    ///
    /// @param name its name in full
    /// @param mark what stands below it where there is room, or nothing
    /// @param href where it leads, or nothing
    /// @param use the energy
    public record Slot(String name, String mark, String href, Use use) {}

    /// A slot as drawn [px].
    public record Bar(
            Slot slot,
            String x,
            String width,
            String sharedY,
            String sharedHeight,
            String gridY,
            String gridHeight,
            String surplusHeight) {}

    /// A line of the scale.
    ///
    /// @param y [px]
    /// @param mWh the energy it stands for, without a sign [mWh]
    public record Line(String y, long mWh) {}

    /// A word below the picture.
    ///
    /// @param x its middle [px]
    public record Mark(String x, String text) {}

    /// Draws slots of equal length.
    ///
    /// @param width the picture's width [px]
    public static BarChart of(int width, List<Slot> slots) {
        long up = slots.stream().mapToLong(slot -> slot.use().consumption()).max().orElse(0);
        long down = slots.stream().mapToLong(slot -> slot.use().surplus()).max().orElse(0);
        long step = step(Math.max(up, down));
        long top = roundUp(up, step);
        long bottom = roundUp(down, step);
        double scale = (double) PLOT / Math.max(1, top + bottom);
        double zero = TOP + top * scale;
        double pitch = (double) (width - LEFT) / Math.max(1, slots.size());
        double gap = pitch > 6 ? pitch * 0.18 : pitch > 3 ? 0.6 : 0;
        List<Bar> bars = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        double free = 0;
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            double x = LEFT + i * pitch;
            bars.add(bar(slot, x + gap / 2, pitch - gap, zero, scale));
            double middle = x + pitch / 2;
            if (!slot.mark().isEmpty() && middle >= free) {
                marks.add(new Mark(px(middle), slot.mark()));
                free = middle + MARK;
            }
        }
        List<Line> lines = new ArrayList<>();
        for (long mWh = -bottom; mWh <= top; mWh += step) {
            lines.add(new Line(px(zero - mWh * scale), Math.abs(mWh)));
        }
        return new BarChart(width, TOP + PLOT + BOTTOM, px(zero), bars, lines, marks);
    }

    /// Whether its bars lead to pages of their own. A reader of the keyboard finds the same links
    /// in the table beside it, without one stop for each bar.
    public boolean leads() {
        return bars.stream().anyMatch(bar -> !bar.slot().href().isEmpty());
    }

    /// Where the lines of the scale begin [px].
    public int left() {
        return LEFT;
    }

    private static Bar bar(Slot slot, double x, double width, double zero, double scale) {
        double shared = slot.use().allocated() * scale;
        double grid = slot.use().complement() * scale;
        return new Bar(
                slot,
                px(x),
                px(width),
                px(zero - shared),
                px(shared),
                px(zero - shared - grid),
                px(grid),
                px(slot.use().surplus() * scale));
    }

    /// A round step of which two to five make the whole: 1, 2 or 5 times a power of ten.
    private static long step(long most) {
        long step = 1;
        while (true) {
            for (long factor : new long[] {1, 2, 5}) {
                if (step * factor * 4 >= most) {
                    return step * factor;
                }
            }
            step *= 10;
        }
    }

    private static long roundUp(long value, long step) {
        return Math.ceilDiv(value, step) * step;
    }

    private static String px(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
