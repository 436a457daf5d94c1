package mitoyen.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// A share of the thousand seeds of ten thousand steps that `./mitoyen simulate` is for: on all
/// processors, about a minute of two of them; with `-Dlong` ten times as many.
class SeedsShareTest {
    private static final int SEEDS = System.getProperty("long") == null ? 16 : 160;

    @Test
    void noViolationOnAMachineInABadYear() {
        simulate(1, "light");
    }

    @Test
    void noViolationOnAMachineThatNobodyWouldKeep() {
        simulate(1_001, "heavy");
    }

    private static void simulate(int first, String faults) {
        StringWriter out = new StringWriter();
        int status =
                new CommandLine(new SimulateCommand())
                        .setOut(new PrintWriter(out))
                        .execute(
                                "--seeds",
                                first + ".." + (first + SEEDS - 1),
                                "--steps",
                                "10000",
                                "--faults",
                                faults);
        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString()).endsWith(" violations=0\n");
        assertThat(out.toString()).contains("seeds=%d steps=%d ".formatted(SEEDS, SEEDS * 10_000));
    }
}
