package mitoyen.node.testnet;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// The processes of a member: the node, in a JVM like this one, and the CometBFT that it starts.
/// Which they are stands in a file, so that another command finds them.
public final class MemberProcess {
    /// The program of this very class path; named, since it is above this package.
    private static final String MAIN = "mitoyen.node.Mitoyen";

    /// What a node's heap has [MiB].
    private static final long LEAST_HEAP_MIB = 160;

    private static final long MOST_HEAP_MIB = 512;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Member member;

    public MemberProcess(Member member) {
        this.member = member;
    }

    /// Starts the node, unless it runs. What it says goes to its log.
    public void start() throws IOException {
        if (find().isPresent()) {
            return;
        }
        Process process =
                new ProcessBuilder(command())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(member.log().toFile()))
                        .start();
        process.getOutputStream().close();
        Files.writeString(member.processFile(), process.pid() + " " + begun(process.toHandle()));
    }

    /// The node, if it runs.
    public Optional<ProcessHandle> find() throws IOException {
        if (!Files.exists(member.processFile())) {
            return Optional.empty();
        }
        String[] words = Files.readString(member.processFile()).strip().split(" ", -1);
        return words.length == 2 && words[0].matches("[0-9]{1,18}")
                ? ProcessHandle.of(Long.parseLong(words[0]))
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> begun(process).equals(words[1]))
                : Optional.empty();
    }

    /// Ends node and CometBFT at once, as a loss of power does.
    public void kill() throws IOException, InterruptedException {
        Optional<ProcessHandle> node = find();
        if (node.isPresent()) {
            List<ProcessHandle> all =
                    Stream.concat(Stream.of(node.get()), node.get().descendants()).toList();
            all.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle each : all) {
                await(each);
            }
        }
    }

    /// Asks the node to finish, and waits until it has.
    public void stop() throws IOException, InterruptedException {
        Optional<ProcessHandle> node = find();
        if (node.isPresent()) {
            node.get().destroy();
            if (!await(node.get())) {
                kill();
            }
        }
    }

    private static boolean await(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException slow) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A number may be another process's by now: the time of its beginning tells them apart.
    private static String begun(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    /// A small heap: a member is one of several on this machine. A third of it is for what is
    /// young, lest what is under way is copied into what is old.
    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        long heap = heapMiB();
        command.addAll(List.of("-Xmx" + heap + "m", "-Xmn" + heap / 3 + "m"));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        command.add("--enable-native-access=ALL-UNNAMED");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:AOTCache=") || option.startsWith("-Xlog:"))
                .forEach(command::add);
        command.add("-cp");
        command.add(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(each -> Path.of(each).toAbsolutePath().toString())
                        .reduce((left, right) -> left + File.pathSeparator + right)
                        .orElseThrow());
        command.addAll(List.of(MAIN, "node", "--config", member.configuration().toString()));
        return command;
    }

    /// All members together may have half of the machine's memory.
    private long heapMiB() throws IOException {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize();
        try (Stream<Path> beside = Files.list(member.folder().resolveSibling("."))) {
            long members = beside.filter(each -> Files.exists(each.resolve("node.yaml"))).count();
            return Math.clamp((memory >> 21) / Math.max(1, members), LEAST_HEAP_MIB, MOST_HEAP_MIB);
        }
    }
}
