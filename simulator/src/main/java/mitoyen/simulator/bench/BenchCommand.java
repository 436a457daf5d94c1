package mitoyen.simulator.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `./mitoyen bench NAME`: measures one thing beside its limit.
@Command(
        name = "bench",
        description = "Measures one thing beside its limit.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final List<Benchmark> benchmarks;

    @Parameters(paramLabel = "NAME", description = "What to measure.")
    private String name = "";

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures here.")
    private @Nullable Path json;

    @Option(
            names = "--validators",
            paramLabel = "N",
            description = "Of bench network: another size, in shorter runs.")
    private @Nullable Integer validators;

    @Option(
            names = "--replicas",
            paramLabel = "K",
            description = "Of bench network: nodes that do not vote.")
    private @Nullable Integer replicas;

    @Spec private @Nullable CommandSpec spec;

    /// A command that offers these benchmarks.
    public BenchCommand(List<Benchmark> benchmarks) {
        this.benchmarks = List.copyOf(benchmarks);
    }

    /// Runs it and prints its figures.
    ///
    /// @return 0
    @Override
    public Integer call() throws IOException {
        SequencedMap<String, Object> figures = sized(find()).run(System.err::println);
        figures.forEach((figure, value) -> System.out.printf("%-24s %s%n", figure, value));
        if (json != null) {
            Files.writeString(json, JSON.writeValueAsString(figures) + "\n");
        }
        return 0;
    }

    private Benchmark sized(Benchmark found) {
        if (validators == null && replicas == null) {
            return found;
        }
        int voting = validators == null ? NetworkBench.FULL.validators() : validators;
        int others = replicas == null ? 0 : replicas;
        if (found instanceof NetworkBench network && voting >= 1 && others >= 0) {
            return network.sized(voting, others);
        }
        throw new ParameterException(
                requireNonNull(spec).commandLine(),
                "--validators, at least 1, and --replicas are sizes of bench network");
    }

    private Benchmark find() {
        return benchmarks.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new ParameterException(
                                requireNonNull(spec).commandLine(),
                                "there is no benchmark '"
                                        + name
                                        + "'; give one of "
                                        + benchmarks.stream().map(Benchmark::name).toList()));
    }
}
