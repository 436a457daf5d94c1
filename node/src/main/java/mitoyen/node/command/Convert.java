package mitoyen.node.command;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.convert.ConvertOptions;
import mitoyen.node.convert.Converted;
import mitoyen.node.convert.Direction;
import mitoyen.node.convert.Kind;
import mitoyen.node.convert.Stamp;
import mitoyen.node.input.InputMistakes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `convert`: what others export, as a readings file.
@Command(
        name = "convert",
        description =
                "Turns exports into readings: enedis (load curves), at-eeg, ausgrid, citylearn."
                        + " What is assumed is said on standard error.",
        mixinStandardHelpOptions = true)
public final class Convert implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "KIND", description = "what the files are")
    private String kind = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "the exports")
    private List<Path> files = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where the readings go (default: standard output)")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--community",
            paramLabel = "FILE",
            description = "also writes a community file that fits; not for enedis")
    private Optional<Path> community = Optional.empty();

    @Option(
            names = "--operator",
            description = "at-eeg: with the operator's own split, for the key from-operator")
    private boolean operator;

    @Option(
            names = "--meter",
            paramLabel = "ID",
            description = "enedis: the meter, where the file does not name it")
    private Optional<String> meter = Optional.empty();

    @Option(
            names = "--direction",
            paramLabel = "DIRECTION",
            description = "enedis: consumption or production, where the file does not say")
    private Optional<String> direction = Optional.empty();

    @Option(
            names = "--stamp",
            paramLabel = "END",
            defaultValue = "end",
            description = "enedis: the end of the step that a stamp names, end or start")
    private String stamp = "";

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "Europe/Paris",
            description = "enedis: the zone of stamps without offset (default: ${DEFAULT-VALUE})")
    private String zone = "";

    @Override
    public Integer call() throws IOException, InputMistakes {
        Kind chosen = constant("KIND", Kind.class, kind);
        ConvertOptions options =
                new ConvertOptions(
                        meter,
                        direction.map(text -> constant("--direction", Direction.class, text)),
                        constant("--stamp", Stamp.class, stamp),
                        zone(),
                        operator);
        requirePlace("--out", out);
        requirePlace("--community", community);
        if (out.isPresent() && out.map(Convert::place).equals(community.map(Convert::place))) {
            throw usage("--community: the same file as --out; name another");
        }
        if (operator && chosen != Kind.AT_EEG) {
            throw usage("--operator: only at-eeg has an operator's split");
        }
        Converted converted = chosen.convert(files, options);
        if (community.isPresent() && converted.sketch().isEmpty()) {
            throw usage("--community: these files do not say who is a member");
        }
        write(converted);
        PrintWriter err = spec.commandLine().getErr();
        converted.assumptions().forEach(assumption -> err.println("assumed: " + assumption));
        err.println("converted: " + converted.readings().size() + " readings");
        err.flush();
        return 0;
    }

    private void write(Converted converted) throws IOException {
        if (out.isPresent()) {
            replace(out.get(), text -> converted.readings().write(converted.zone(), text));
        } else {
            PrintWriter text = spec.commandLine().getOut();
            converted.readings().write(converted.zone(), text);
            text.flush();
        }
        if (community.isPresent() && converted.sketch().isPresent()) {
            replace(community.get(), converted.sketch().get()::write);
        }
    }

    /// Puts a file in its place whole; what a killed run left beside it goes.
    private static void replace(Path file, Text content) throws IOException {
        new RealDisk()
                .replace(
                        file.toAbsolutePath(),
                        out -> {
                            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                            content.write(writer);
                            writer.flush();
                        });
    }

    /// Everything is checked before anything is written. A move would take an empty folder's place,
    /// that of a device, and that of the exports themselves, which may be the only ones.
    private void requirePlace(String option, Optional<Path> place) throws IOException {
        if (place.isEmpty()) {
            return;
        }
        Path file = place.get().toAbsolutePath();
        if (Files.isDirectory(file)) {
            throw usage(option + ": a folder: " + place.get() + "; name a file in it");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw usage(option + ": no file, but a device: " + place.get() + "; name a file");
        }
        for (Path export : files) {
            if (Files.exists(file) && Files.exists(export) && Files.isSameFile(file, export)) {
                throw usage(
                        option + ": one of the exports: " + place.get() + "; name another file");
            }
        }
        Path parent = file.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw usage(option + ": no such folder: " + parent + "; make it first");
        }
    }

    private static Path place(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--zone: not a zone such as Europe/Paris: " + zone,
                    unknown);
        }
    }

    private <E extends Enum<E>> E constant(String option, Class<E> type, String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        String allowed =
                String.join(
                        ", ", List.of(type.getEnumConstants()).stream().map(this::word).toList());
        throw usage(option + ": not one of " + allowed + ": " + text);
    }

    private String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /// What a file holds.
    @FunctionalInterface
    private interface Text {
        void write(Appendable out) throws IOException;
    }
}
