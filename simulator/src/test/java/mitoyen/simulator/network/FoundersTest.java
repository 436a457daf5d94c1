package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.node.Mitoyen;
import mitoyen.node.testnet.FreePorts;
import mitoyen.node.testnet.Member;
import mitoyen.node.testnet.MemberProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Four founders, each with a folder of his own, found a network as `docs/operating.md` says it.
class FoundersTest {
    private static final List<String> NAMES = List.of("syndic", "grid", "town", "club");
    private static final int PORTS = 4;

    @TempDir private Path folder;
    private final List<Member> members = new ArrayList<>();
    private Path passphrase;

    @BeforeEach
    void namePlaces() throws IOException {
        passphrase = Files.writeString(folder.resolve("passphrase"), "open sesame\n");
        List<Integer> ports = FreePorts.find(PORTS * NAMES.size(), System.nanoTime());
        for (int i = 0; i < NAMES.size(); i++) {
            int at = PORTS * i;
            members.add(
                    new Member(
                            folder.resolve(NAMES.get(i)),
                            true,
                            ports.get(at),
                            ports.get(at + 1),
                            ports.get(at + 2),
                            ports.get(at + 3)));
        }
    }

    @AfterEach
    void end() throws Exception {
        for (Member member : members) {
            new MemberProcess(member).kill();
        }
    }

    @Test
    void fourFoundersOrderTheirLedgerFromTheFirstBlockOn() throws Exception {
        List<String> sent = new ArrayList<>();
        for (Member member : members) {
            sent.add(prepare(member));
        }
        String hash = "";
        for (Member member : members) {
            String said = found(member, sent);
            String here = value(said, "hash");
            assertThat(hash.isEmpty() || hash.equals(here)).as(here).isTrue();
            hash = here;
            assertThat(value(run("network", "show", genesis(member)), "hash")).isEqualTo(here);
            join(member, said);
            assertThat(member.folder().resolve("cometbft/config/config.toml"))
                    .content()
                    .contains("moniker = \"" + member.name() + "\"");
        }
        assertNothingSecretIsSent(sent);
        for (Member member : members) {
            new MemberProcess(member).start();
        }
        for (Member member : members) {
            awaitFirstValidators(member);
        }
        String founder = "--key=" + members.getFirst().operatorKey();
        assertThat(send(members.get(1), "account", "open", "--signer", key(3), founder))
                .contains("accepted in block ");
        new MemberProcess(members.getFirst()).kill();
        assertThat(send(members.get(2), "account", "open", "--signer", key(2), founder))
                .contains("accepted in block ");
        handOver(founder);
    }

    /// The founder's account is all founders' from now on: any two of them open accounts.
    private void handOver(String founder) {
        String account = value(run("network", "show", genesis(members.getFirst())), "opener");
        List<String> command = new ArrayList<>(List.of("account", "signers", account, founder));
        for (int i = 0; i < members.size(); i++) {
            command.addAll(List.of("--signer", key(i)));
        }
        command.addAll(List.of("--threshold", "2"));
        Member node = members.get(1);
        assertThat(send(node, command.toArray(String[]::new))).contains("accepted in block ");
        String second = "--key=" + members.get(1).operatorKey();
        assertThat(
                        send(
                                node,
                                "account",
                                "open",
                                "--sender",
                                account,
                                "--signer",
                                key(1),
                                second,
                                "--key=" + members.get(3).operatorKey()))
                .contains("accepted in block ");
    }

    /// Each of these is one line, and nothing is written.
    @Test
    void whatFoundersDoWrongIsToldInALine() throws IOException {
        List<String> sent = List.of(prepare(members.get(0)), prepare(members.get(1)));
        Path dir = members.getFirst().folder();
        refused("a --name is at most 40", preparing(dir, "a b", "a:1"));
        refused("write --reach like", preparing(dir, "a", "a"));
        refused("the passphrase is wrong", preparing(dir, "a", "a:1", "--passphrase-env", "PATH"));
        refused("its own founder's file is missing", founding(dir, "Rue", sent.get(1)));
        refused("not a founder's file", founding(dir, "Rue", passphrase.toString()));
        refused("no such file", founding(dir, "Rue", dir.resolve("none").toString()));
        assertThat(dir.resolve("genesis.json")).doesNotExist();
        run(founding(dir, "Rue", sent.get(0), sent.get(1)));
        refused(
                "exists already and is another one",
                founding(dir, "Street", sent.get(0), sent.get(1)));
        assertThat(prepare(members.get(0))).isEqualTo(sent.getFirst());
    }

    private static String[] preparing(Path dir, String name, String reach, String... more) {
        List<String> command = new ArrayList<>(List.of("network", "prepare"));
        command.addAll(List.of("--dir", dir.toString(), "--name", name, "--reach", reach));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    private static String[] founding(Path dir, String name, String... files) {
        List<String> command = new ArrayList<>(List.of("network", "found"));
        command.addAll(List.of(files));
        command.addAll(List.of("--dir", dir.toString(), "--name", name, "--opener", "grid"));
        return command.toArray(String[]::new);
    }

    /// Its CometBFT counts all four from the first block on, and it takes transactions in.
    private static void awaitFirstValidators(Member member) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI validators = member.rpc().resolve("/validators?height=1");
            Network.until(
                    member.name() + " counts four validators",
                    () -> ask(http, validators).at("/result/total").asInt(0),
                    total -> total == NAMES.size());
            URI status = member.address().resolve("api/v1/status");
            Network.until(
                    member.name() + " takes transactions in",
                    () -> ask(http, status).path("accepting").asBoolean(false),
                    accepting -> accepting);
        }
    }

    private static JsonNode ask(HttpClient http, URI address) throws InterruptedException {
        JsonMapper json = new JsonMapper();
        try {
            HttpRequest asked = HttpRequest.newBuilder(address).build();
            return json.readTree(http.send(asked, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException | JacksonException silent) {
            return json.nullNode();
        }
    }

    private String prepare(Member member) throws IOException {
        String said =
                run(
                        "network",
                        "prepare",
                        "--dir",
                        member.folder().toString(),
                        "--name",
                        member.name(),
                        "--reach",
                        "127.0.0.1:" + member.peerPort(),
                        "--passphrase-file",
                        passphrase.toString());
        return value(said, "Send this file to the other founders");
    }

    private String found(Member member, List<String> sent) {
        List<String> command = new ArrayList<>(List.of("network", "found"));
        int first = members.indexOf(member);
        IntStream.range(0, sent.size())
                .mapToObj(i -> sent.get((first + i) % sent.size()))
                .forEach(command::add);
        command.addAll(List.of("--dir", member.folder().toString(), "--name", "Rue des Lilas"));
        command.addAll(List.of("--opener", "syndic"));
        return run(command.toArray(String[]::new));
    }

    /// With the line that `found` printed, and the ports of this machine.
    private void join(Member member, String said) {
        String line =
                said.lines().filter(each -> each.contains(" join ")).findFirst().orElseThrow();
        List<String> command =
                new ArrayList<>(List.of(line.substring("./mitoyen ".length()).split(" ", -1)));
        command.addAll(
                List.of(
                        "--http",
                        Integer.toString(member.httpPort()),
                        "--listen",
                        "127.0.0.1:" + member.peerPort(),
                        "--rpc",
                        "127.0.0.1:" + member.rpcPort(),
                        "--same-machine",
                        "--prepare"));
        assertThat(run(command.toArray(String[]::new))).contains("Made " + member.folder());
    }

    private void assertNothingSecretIsSent(List<String> sent) throws IOException {
        List<String> open = new ArrayList<>(sent);
        members.forEach(each -> open.add(genesis(each)));
        for (Member member : members) {
            String config = member.cometbft().resolve("config").toString();
            for (String file : List.of("priv_validator_key.json", "node_key.json")) {
                String secret =
                        found(
                                Files.readString(Path.of(config, file)),
                                "\"priv_key\": ?\\{[^}]*\"value\": ?\"([^\"]+)\"");
                byte[] seed = Base64.getDecoder().decode(secret);
                String hex = HexFormat.of().formatHex(seed, 0, 32);
                for (String each : open) {
                    assertThat(Files.readString(Path.of(each), StandardCharsets.UTF_8))
                            .doesNotContain(secret, hex);
                }
            }
            assertThat(Files.readString(member.operatorKey())).contains("\nsealed argon2id ");
        }
    }

    private String send(Member member, String... command) {
        return run(
                Stream.concat(
                                Stream.of(command),
                                Stream.of(
                                        "--passphrase-file",
                                        passphrase.toString(),
                                        "--node",
                                        member.address().toString()))
                        .toArray(String[]::new));
    }

    private String key(int index) {
        return value(run("key", "show", members.get(index).operatorKey().toString()), "key");
    }

    private static String genesis(Member member) {
        return member.folder().resolve("genesis.json").toString();
    }

    private static void refused(String told, String... command) {
        Said said = say(command);
        assertThat(said.status).as(said.text).isEqualTo(2);
        assertThat(said.text).contains(told).hasLineCount(1);
    }

    private static String value(String said, String name) {
        return found("\n" + said, "\n" + Pattern.quote(name) + ": ([^\n]+)");
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static String run(String... arguments) {
        Said said = say(arguments);
        assertThat(said.status).as(List.of(arguments) + ": " + said.text).isZero();
        return said.text;
    }

    private static Said say(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine program = Mitoyen.program();
        program.setOut(new PrintWriter(said));
        program.setErr(new PrintWriter(said));
        return new Said(program.execute(arguments), said.toString());
    }

    private record Said(int status, String text) {}
}
