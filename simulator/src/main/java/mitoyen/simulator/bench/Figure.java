package mitoyen.simulator.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// Numbers for people: middles and rounding.
final class Figure {
    private Figure() {}

    /// The median of a figure over rounds; of an even number the mean of the middle two.
    static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// The value below which so many thousandths of the measurements are, or which is the last.
    ///
    /// @param sorted rising, not empty
    static long quantile(long[] sorted, int thousandths) {
        int index = (int) ((long) sorted.length * thousandths / 1_000);
        return sorted[Math.min(index, sorted.length - 1)];
    }

    static double thousandths(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
