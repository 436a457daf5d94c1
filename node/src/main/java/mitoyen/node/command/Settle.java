package mitoyen.node.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.output.SummaryJson;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementReport;
import mitoyen.node.settlement.SettlementRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `settle`: readings in, a settled ledger and its documents out.
@Command(
        name = "settle",
        description = "Settles readings on a ledger and writes who owes what to whom.",
        mixinStandardHelpOptions = true)
public final class Settle implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--community",
            required = true,
            paramLabel = "FILE",
            description = "the community's terms, in YAML")
    private Path community = Path.of("");

    @Option(
            names = "--readings",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "readings, in CSV, also compressed (.gz)")
    private List<Path> readings = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "where everything goes, and where earlier runs left theirs")
    private Path folder = Path.of("");

    @Option(
            names = "--gaps",
            paramLabel = "zero",
            description = "zero: a missing reading counts as 0 instead of being refused")
    private Gaps gaps = Gaps.refuse;

    @Option(
            names = "--partial",
            description = "accepts a first or last local day that is not whole")
    private boolean partial;

    @Option(
            names = "--correct",
            description = "settles days anew whose readings are other than when they were settled")
    private boolean correct;

    @Option(
            names = "--max-kw",
            paramLabel = "KW",
            defaultValue = "250",
            description = "the most that a meter can carry (default: ${DEFAULT-VALUE})")
    private int maxKw;

    @Option(names = "--json", description = "prints the summary as JSON")
    private boolean json;

    /// What to do about a missing reading.
    enum Gaps {
        /// Refuse the run.
        refuse,
        /// Count 0.
        zero
    }

    @Override
    public Integer call() throws IOException, InputMistakes, Refused {
        if (maxKw < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--max-kw: not above 0: " + maxKw + "; name a power in kW");
        }
        SettlementRequest request =
                new SettlementRequest(
                        community, readings, folder, gaps == Gaps.zero, partial, correct, maxKw);
        SettlementReport report = settle(request);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ByteArrayOutputStream summary = new ByteArrayOutputStream();
            SummaryJson.write(report.books(), report.anchor(), summary);
            out.print(summary.toString(StandardCharsets.UTF_8));
        } else {
            new SettlementText(report, folder).print(out);
        }
        out.flush();
        return 0;
    }

    private static SettlementReport settle(SettlementRequest request)
            throws IOException, InputMistakes, Refused {
        try (TerminalProgress progress = TerminalProgress.onStandardError()) {
            return Settlement.run(request, new RealDisk(), new SecureRandom(), progress);
        }
    }
}
