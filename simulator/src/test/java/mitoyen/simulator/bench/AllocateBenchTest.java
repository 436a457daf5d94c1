package mitoyen.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import mitoyen.ledger.energy.LargestRemainder;
import org.junit.jupiter.api.Test;

class AllocateBenchTest {
    @Test
    void reportsTheWorseOfBothSizes() {
        List<String> progress = new ArrayList<>();
        SequencedMap<String, Object> figures = new AllocateBench(100_000, 1).run(progress::add);
        List<Double> ratios =
                figures.entrySet().stream()
                        .filter(figure -> figure.getKey().matches("homes[0-9]+Ratio"))
                        .map(figure -> (Double) figure.getValue())
                        .toList();
        assertThat(ratios).hasSize(2).allSatisfy(ratio -> assertThat(ratio).isPositive());
        assertThat(figures)
                .containsEntry("bench", "allocate")
                .containsEntry("goal", 0.3)
                .containsEntry("ratio", Math.min(ratios.getFirst(), ratios.getLast()));
        assertThat(progress).hasSize(2);
    }

    @Test
    void measuresWhatIsRight() {
        DealtIntervals data = new DealtIntervals(7, 50);
        assertThatCode(() -> data.check(new LargestRemainder(7))).doesNotThrowAnyException();
    }
}
