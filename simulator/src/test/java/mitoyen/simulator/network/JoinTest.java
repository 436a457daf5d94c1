package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.node.Mitoyen;
import mitoyen.node.testnet.Member;
import mitoyen.node.testnet.MemberProcess;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Somebody joins a network that is there, as `docs/operating.md` says it.
class JoinTest {
    @TempDir private Path folder;

    @Test
    void aReplicaFetchesAllIsSeatedByTheCouncilVotesAndLeaves() throws Exception {
        try (Network network = Network.create(folder.resolve("net"), 3, 1, new Street(4, 6, 64))) {
            network.start(1, 2, 3);
            network.openAccounts();
            pay(network, 2, 5);
            Member newcomer = network.member(4);
            String peers = peers(network.member(1));
            String said = join(network, newcomer, peers);
            new MemberProcess(newcomer).start();
            network.awaitHeight(network.findHeight(1).orElseThrow(), 4);

            seat(network, said, 10);
            network.awaitPower(10, 4);
            // With one of three gone the fourth vote is needed: 3 of 4, and not 2 of 3.
            network.kill(3);
            pay(network, 1, 3);
            network.start(3);
            network.awaitHeight(network.findHeight(1).orElseThrow(), 3);

            seat(network, said, 0);
            network.awaitPower(0, 4);
            network.kill(4);
            pay(network, 1, 3);
            network.start(4);
            network.awaitHeight(network.findHeight(1).orElseThrow());
            network.stop();
            Ledgers.check(network, Map.of());
        }
    }

    private static void pay(Network network, int number, int count) throws Exception {
        long now = System.currentTimeMillis();
        for (Street.Sent transfer : network.street().transfers(count, 1, now)) {
            Network.until(
                    "a transfer is done",
                    () -> network.send(number, transfer),
                    Network.Answer::isDone);
        }
    }

    /// The replica's files are made anew by the command that a newcomer uses.
    private static String join(Network network, Member newcomer, String peers) throws IOException {
        Files.delete(newcomer.configuration());
        return run(
                "join",
                "--genesis",
                network.testnet().genesis().toString(),
                "--peers",
                peers,
                "--dir",
                newcomer.folder().toString(),
                "--http",
                Integer.toString(newcomer.httpPort()),
                "--listen",
                "127.0.0.1:" + newcomer.peerPort(),
                "--rpc",
                "127.0.0.1:" + newcomer.rpcPort(),
                "--same-machine",
                "--prepare");
    }

    private void seat(Network network, String said, int power) throws IOException {
        Path file = folder.resolve("seat.yaml");
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
        String answer =
                run(
                        "tx",
                        file.toString(),
                        "--key",
                        network.member(1).operatorKey().toString(),
                        "--key",
                        network.member(2).operatorKey().toString(),
                        "--key",
                        network.member(3).operatorKey().toString(),
                        "--node",
                        network.member(1).address().toString());
        assertThat(answer).contains("accepted in block");
    }

    private static String peers(Member member) throws IOException {
        String toml = Files.readString(member.cometbft().resolve("config/config.toml"));
        return found(toml, "persistent_peers = \"([^\"]+)\"");
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static String run(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine program = Mitoyen.program();
        program.setOut(new PrintWriter(said));
        program.setErr(new PrintWriter(said));
        int status = program.execute(arguments);
        assertThat(status).as(List.of(arguments) + ": " + said).isZero();
        return said.toString();
    }
}
