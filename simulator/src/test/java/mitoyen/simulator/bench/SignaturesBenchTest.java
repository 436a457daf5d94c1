package mitoyen.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class SignaturesBenchTest {
    @Test
    void measuresEachLibrary() {
        List<String> progress = new ArrayList<>();
        SequencedMap<String, Object> figures = new SignaturesBench(20, 1).run(progress::add);

        assertThat(figures)
                .containsEntry("bench", "signatures")
                .containsEntry("portableLibrary", "Bouncy Castle");
        assertThat(figures.sequencedKeySet().stream().filter(key -> key.endsWith("PerSecond")))
                .hasSize(5)
                .allSatisfy(key -> assertThat((Long) figures.get(key)).isPositive());
        assertThat(progress).hasSize(6);
    }
}
