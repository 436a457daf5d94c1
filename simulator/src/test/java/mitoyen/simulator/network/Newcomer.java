package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.node.Mitoyen;
import mitoyen.node.cometbft.CometHome;
import mitoyen.node.testnet.Member;
import picocli.CommandLine;

/// Somebody who joins a network with the commands of `docs/operating.md`: his files are made anew
/// in the place of a replica's.
final class Newcomer {
    private final Network network;
    private final Path scratch;
    private final String said;

    private Newcomer(Network network, Path scratch, String said) {
        this.network = network;
        this.scratch = scratch;
        this.said = said;
    }

    /// Makes the files; nothing runs yet.
    ///
    /// @param scratch a folder for the files of transactions
    /// @param number of the replica in whose place he comes
    /// @param peers each `id@host:port`, with commas
    /// @param more options of `join`
    static Newcomer join(Network network, Path scratch, int number, String peers, List<String> more)
            throws IOException {
        Member member = network.member(number);
        Files.delete(member.configuration());
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "join",
                                "--genesis",
                                network.testnet().genesis().toString(),
                                "--peers",
                                peers,
                                "--dir",
                                member.folder().toString(),
                                "--http",
                                Integer.toString(member.httpPort()),
                                "--listen",
                                "127.0.0.1:" + member.peerPort(),
                                "--rpc",
                                "127.0.0.1:" + member.rpcPort(),
                                "--same-machine",
                                "--prepare"));
        arguments.addAll(more);
        return new Newcomer(network, scratch, run(arguments));
    }

    /// How a member is reached by its peers.
    static String address(Member member) throws IOException {
        String binary = found(Files.readString(member.configuration()), "binary: '([^']+)'");
        String id = new CometHome(Path.of(binary), member.cometbft()).id();
        return id + "@127.0.0.1:" + member.peerPort();
    }

    /// Whom a member reaches.
    static String peersOf(Member member) throws IOException {
        String toml = Files.readString(member.cometbft().resolve("config/config.toml"));
        return found(toml, "persistent_peers = \"([^\"]+)\"");
    }

    /// The council of the first three nodes gives him a power, or takes it.
    void seat(int power) throws IOException {
        Path file = scratch.resolve("seat.yaml");
        Files.writeString(
                file,
                """
                sender: %s
                steps:
                  - validator-set: {key: %s, power: %d, name: newcomer}
                """
                        .formatted(
                                found(said, "The council's account: (mit1[0-9a-z]+)"),
                                found(said, "for the council: ([0-9a-f]{64})"),
                                power));
        sendOfCouncil(network, file);
    }

    /// Has the council of the first three nodes do what a file asks for.
    static void sendOfCouncil(Network network, Path file) {
        String answer =
                run(
                        List.of(
                                "tx",
                                file.toString(),
                                "--key",
                                network.member(1).operatorKey().toString(),
                                "--key",
                                network.member(2).operatorKey().toString(),
                                "--key",
                                network.member(3).operatorKey().toString(),
                                "--node",
                                network.member(1).address().toString()));
        assertThat(answer).contains("accepted in block");
    }

    /// What a command of the program says.
    static String run(List<String> arguments) {
        StringWriter out = new StringWriter();
        CommandLine program = Mitoyen.program();
        program.setOut(new PrintWriter(out));
        program.setErr(new PrintWriter(out));
        int status = program.execute(arguments.toArray(String[]::new));
        assertThat(status).as(arguments + ": " + out).isZero();
        return out.toString();
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }
}
