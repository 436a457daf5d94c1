package mitoyen.simulator.network;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.wire.Bundle;
import mitoyen.node.Mitoyen;
import mitoyen.node.cometbft.CometBinary;
import mitoyen.node.cometbft.CometGenesis;
import mitoyen.node.testnet.Member;
import mitoyen.node.testnet.MemberProcess;
import mitoyen.node.testnet.Testnet;
import mitoyen.simulator.workload.Street;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A network of real nodes on this machine whose ledger is a street's.
public final class Network implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /// How long anything is waited for: long enough for a machine that is ten times as busy.
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Testnet testnet;
    private final Street street;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    private Network(Testnet testnet, Street street) {
        this.testnet = testnet;
        this.street = street;
    }

    /// Makes the files of a network; nothing runs yet.
    ///
    /// @param folder one that is not there
    /// @param street whose genesis becomes that of the network
    public static Network create(Path folder, int validators, int replicas, Street street)
            throws IOException {
        Testnet testnet =
                Testnet.create(
                        folder,
                        new Testnet.Plan(street.genesis(), validators, replicas),
                        CometBinary.find(Optional.empty()),
                        new RealDisk(),
                        new SecureRandom());
        street.moveTo(CometGenesis.read(testnet.genesis()).genesis());
        return new Network(testnet, street);
    }

    /// Its files.
    public Testnet testnet() {
        return testnet;
    }

    /// Whose ledger it is.
    public Street street() {
        return street;
    }

    /// How many nodes there are.
    public int size() {
        return testnet.members().size();
    }

    /// A node by its number, from 1.
    public Member member(int number) {
        return testnet.find(number).orElseThrow();
    }

    /// Starts nodes; they may take some seconds to answer.
    ///
    /// @param numbers from 1; all where none is named
    public void start(int... numbers) throws IOException {
        for (Member member : members(numbers)) {
            new MemberProcess(member).start();
        }
    }

    /// Ends nodes at once.
    public void kill(int... numbers) throws IOException, InterruptedException {
        for (Member member : members(numbers)) {
            new MemberProcess(member).kill();
        }
    }

    /// Asks nodes to finish, and waits until they have.
    public void stop(int... numbers) throws IOException, InterruptedException {
        List<Member> members = members(numbers);
        for (Member member : members) {
            new MemberProcess(member).find().ifPresent(ProcessHandle::destroy);
        }
        for (Member member : members) {
            new MemberProcess(member).stop();
        }
    }

    /// Takes a node's ledger and its engine's blocks away, as a lost disk does. Its keys stay, and
    /// so does what it signed last: a validator that forgot that might sign twice.
    public void wipe(int number) throws IOException {
        Member member = member(number);
        delete(member.data());
        Path data = member.cometbft().resolve("data");
        Path signed = data.resolve("priv_validator_state.json");
        byte[] kept = Files.readAllBytes(signed);
        delete(data);
        Files.createDirectories(data);
        Files.write(signed, kept);
    }

    /// Opens the street's accounts, once all nodes that run take transactions in: before that they
    /// drop what others pass on, and one that has only what was sent later puts it first.
    ///
    /// @throws IOException if one of them is refused
    public void openAccounts() throws IOException, InterruptedException {
        for (int number = 1; number <= size(); number++) {
            if (findProcess(number).isPresent()) {
                awaitAccepting(number);
            }
        }
        List<Street.Sent> openings = street.openings(0, System.currentTimeMillis());
        List<Answer> answers =
                until(
                        "the accounts are open",
                        () -> send(1, openings),
                        found ->
                                found.size() == openings.size()
                                        && found.stream().allMatch(Answer::isFinal));
        Optional<Answer> refused = answers.stream().filter(each -> !each.isDone()).findFirst();
        if (refused.isPresent()) {
            throw new IOException("accounts were not opened: " + refused.get());
        }
    }

    /// Sends a transaction to a node, once.
    public Answer send(int number, Street.Sent transaction) throws InterruptedException {
        try {
            HttpResponse<byte[]> response =
                    post(number, "transactions", transaction.bytes().toBytes());
            return answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException unreachable) {
            return new Answer(0, String.valueOf(unreachable.getMessage()), 0);
        }
    }

    /// Sends many transactions to a node in one request, once.
    ///
    /// @return what it answered to each, in order; nothing where it did not answer
    public List<Answer> send(int number, List<Street.Sent> transactions)
            throws InterruptedException {
        byte[] bundle =
                new Bundle(transactions.stream().map(Street.Sent::bytes).toList()).toBytes();
        try {
            HttpResponse<byte[]> response = post(number, "bundles", bundle);
            return JSON.readTree(response.body())
                    .path("answers")
                    .valueStream()
                    .map(each -> answer(each.path("status").asInt(0), each))
                    .toList();
        } catch (IOException unreachable) {
            return List.of();
        }
    }

    private HttpResponse<byte[]> post(int number, String path, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(api(number, path))
                        .header("Content-Type", "application/cbor")
                        .timeout(Duration.ofSeconds(70))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }

    private static Answer answer(int status, JsonNode body) {
        return new Answer(
                status,
                body.path("answer").asString(body.path("name").asString("")),
                body.path("height").asLong(0));
    }

    /// What a node answered.
    ///
    /// @param status HTTP's; 0 where it did not answer
    /// @param word `accepted`, `exists`, or the name of what was wrong
    /// @param height of the block it is in, where it says
    public record Answer(int status, String word, long height) {
        /// Whether the transaction is on the ledger.
        public boolean isDone() {
            return status == 200;
        }

        /// Whether sending it again would change nothing.
        public boolean isFinal() {
            return isDone() || (status >= 400 && status < 500 && status != 429);
        }
    }

    /// The height of a node's ledger, once it answers: on a busy machine an answer may be late.
    public long height(int number) throws IOException, InterruptedException {
        return await(number, "status").path("height").asLong();
    }

    private Optional<Long> findHeight(int number) throws InterruptedException {
        return get(number, "status").map(status -> status.path("height").asLong());
    }

    /// Something of a node's interface; empty where it does not answer, or there is no such thing.
    public Optional<JsonNode> get(int number, String path) throws InterruptedException {
        return get(api(number, path));
    }

    /// How many validators a node's CometBFT counts; empty where it does not answer.
    public Optional<Integer> countValidators(int number) throws InterruptedException {
        return get(member(number).rpc().resolve("/validators"))
                .map(answer -> answer.path("result").path("total").asInt());
    }

    /// Where a node's CometBFT is: height, round and step as it writes them, and the address of the
    /// proposer; empty where it does not answer.
    public Optional<Turn> findTurn(int number) throws InterruptedException {
        return get(member(number).rpc().resolve("/consensus_state"))
                .map(answer -> answer.at("/result/round_state"))
                .map(state ->
                        new Turn(
                                state.path("height/round/step").asString(""),
                                state.at("/proposer/address")
                                        .asString("")
                                        .toLowerCase(Locale.ROOT)));
    }

    /// Where a CometBFT is.
    ///
    /// @param at height, round and step
    /// @param proposer the address of whoever's turn it is, in hexadecimal
    public record Turn(String at, String proposer) {
        /// That of one that does not answer.
        public static final Turn UNKNOWN = new Turn("", "");

        /// Whether it is about to propose, or to hear a proposal: it stays there until something
        /// waits for a block.
        public boolean isBeforeProposal() {
            return at.endsWith("/0/2");
        }
    }

    /// By which ids a node's CometBFT knows those that it is connected to now, once it answers.
    public List<String> listPeers(int number) throws IOException, InterruptedException {
        URI network = member(number).rpc().resolve("/net_info");
        return until(
                        "the CometBFT of node " + number + " tells its peers",
                        () -> get(network),
                        Optional::isPresent)
                .orElseThrow()
                .at("/result/peers")
                .valueStream()
                .map(peer -> peer.at("/node_info/id").asString(""))
                .toList();
    }

    private Optional<JsonNode> get(URI address) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return response.statusCode() == 200
                    ? Optional.of(JSON.readTree(response.body()))
                    : Optional.empty();
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }

    /// Waits until a node answers.
    public void awaitAnswering(int number) throws IOException, InterruptedException {
        until("node " + number + " answers", () -> findHeight(number), Optional::isPresent);
    }

    /// Something of a node's interface, once it answers.
    public JsonNode await(int number, String path) throws IOException, InterruptedException {
        return until(
                        "node " + number + " shows " + path,
                        () -> get(number, path),
                        Optional::isPresent)
                .orElseThrow();
    }

    /// Waits until a node takes transactions in.
    public void awaitAccepting(int number) throws IOException, InterruptedException {
        until(
                "node " + number + " takes transactions in",
                () -> get(number, "status"),
                found -> found.filter(status -> status.path("accepting").asBoolean()).isPresent());
    }

    /// The process of a node that was started; its CometBFT descends from it.
    public Optional<ProcessHandle> findProcess(int number) throws IOException {
        return new MemberProcess(member(number)).find();
    }

    /// Waits until nodes have come to a height.
    ///
    /// @param numbers from 1; all where none is named
    public void awaitHeight(long height, int... numbers) throws IOException, InterruptedException {
        for (Member member : members(numbers)) {
            int number = testnet.members().indexOf(member) + 1;
            until(
                    member.name() + " has block " + height,
                    () -> findHeight(number),
                    found -> found.filter(now -> now >= height).isPresent());
        }
    }

    /// Waits until a node's vote counts so much in its engine: that is so from the block after next
    /// on behind the one that changed it.
    public void awaitPower(long power, int number) throws IOException, InterruptedException {
        URI status = member(number).rpc().resolve("/status");
        until(
                "node " + number + " has the power " + power,
                () ->
                        get(status)
                                .map(found ->
                                        found.at("/result/validator_info/voting_power")
                                                .asString("")),
                found -> found.equals(Optional.of(Long.toString(power))));
    }

    /// Asks until an answer will do.
    ///
    /// @throws IOException if none does in time
    public static <T> T until(String what, Asking<T> asking, Predicate<T> enough)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T answer = asking.ask();
        while (!enough.test(answer)) {
            if (System.nanoTime() > end) {
                throw new IOException("not in time: " + what + "; at last " + answer);
            }
            Thread.sleep(PAUSE);
            answer = asking.ask();
        }
        return answer;
    }

    /// Asks for something.
    @FunctionalInterface
    public interface Asking<T> {
        /// The answer now.
        T ask() throws IOException, InterruptedException;
    }

    /// What `verify` says of a stopped node's ledger, its exit status first.
    public String verify(int number) {
        return run("verify", member(number).data().toString());
    }

    /// What the program says to a command in this process, its exit status first.
    public static String run(String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine program = Mitoyen.program();
        program.setOut(new PrintWriter(said));
        program.setErr(new PrintWriter(said));
        int status = program.execute(arguments);
        return status + " " + said.toString().strip();
    }

    /// Ends all nodes at once.
    @Override
    public void close() throws IOException {
        http.shutdownNow();
        try {
            kill();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    private URI api(int number, String path) {
        return member(number).address().resolve("api/v1/" + path);
    }

    private List<Member> members(int... numbers) {
        return numbers.length == 0
                ? testnet.members()
                : java.util.Arrays.stream(numbers).mapToObj(this::member).toList();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Network::remove);
        }
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
