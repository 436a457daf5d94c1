package mitoyen.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SimulateCommandTest {
    private final StringWriter out = new StringWriter();

    @Test
    void aRunSaysItsSeedFirstAndItsTraceLast() {
        assertThat(simulate(Execution.Maker.OWN, "--seed", "5", "--steps", "200")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("seed 5");
        assertThat(lines.getLast()).matches("trace [0-9a-f]{64}");
    }

    @Test
    void manyRunsAreSummedUpInTheLastLine() {
        int status =
                simulate(
                        Execution.Maker.OWN,
                        "--seeds",
                        "1..3",
                        "--steps",
                        "150",
                        "--faults",
                        "heavy");
        assertThat(status).isZero();
        assertThat(out.toString().lines().toList().getLast())
                .matches("seeds=3 steps=450 hours=\\d+ faults=[1-9]\\d* violations=0");
    }

    @Test
    void aViolationExitsWithOneAndSaysHowToRepeatIt() {
        Execution.Maker broken =
                (genesis, rule) -> {
                    Execution own = Execution.Maker.OWN.of(genesis, rule);
                    return (state, moment, bundles) -> own.execute(state, moment, List.of());
                };
        assertThat(simulate(broken, "--seeds", "4..4", "--steps", "50")).isEqualTo(1);
        assertThat(out.toString())
                .contains("violation in seed 4, step ")
                .contains("./mitoyen simulate --seed 4 --steps 50 --faults light")
                .contains("violations=1");
        assertThat(simulate(broken, "--seed", "4", "--steps", "50")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--seeds 2..1",
                "--seeds 1-2",
                "--seeds 1..99999999999",
                "--seed 1 --seeds 1..2",
                "--seed x",
                "--steps 0",
                "--faults none"
            })
    void badUsageExitsWithTwo(String arguments) {
        assertThat(simulate(Execution.Maker.OWN, arguments.split(" ", -1))).isEqualTo(2);
    }

    private int simulate(Execution.Maker maker, String... arguments) {
        return new CommandLine(new SimulateCommand(maker))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }
}
