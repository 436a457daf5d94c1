package mitoyen.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// A share of the thousand seeds of ten thousand steps that `./mitoyen simulate` is for: on all
/// processors, about two minutes of two of them; with `-Dlong` five times as many.
class SeedsShareTest {
    private static final int TIMES = System.getProperty("long") == null ? 1 : 5;
    private static final int LIGHT_SEEDS = 56 * TIMES;
    private static final int HEAVY_SEEDS = 16 * TIMES;

    @Test
    void noViolationOnAMachineInABadYear() {
        simulate(1, LIGHT_SEEDS, "light");
    }

    @Test
    void noViolationOnAMachineThatNobodyWouldKeep() {
        simulate(101, HEAVY_SEEDS, "heavy");
    }

    private static void simulate(int first, int seeds, String faults) {
        StringWriter out = new StringWriter();
        int status =
                new CommandLine(new SimulateCommand())
                        .setOut(new PrintWriter(out))
                        .execute(
                                "--seeds",
                                first + ".." + (first + seeds - 1),
                                "--steps",
                                "10000",
                                "--faults",
                                faults);
        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString()).endsWith(" violations=0\n");
        assertThat(out.toString()).contains("seeds=%d steps=%d ".formatted(seeds, seeds * 10_000));
    }
}
