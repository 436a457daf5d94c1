package mitoyen.consensus.abci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestQuery;
import mitoyen.consensus.abci.wire.ResponseCheckTx;
import mitoyen.consensus.abci.wire.ResponseCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What CometBFT's socket client relies on, over both transports.
@Timeout(30)
class AbciServerTest {
    private static final AbciOptions SMALL = new AbciOptions(1_000, 8, true);

    @TempDir Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

    enum Transport {
        TCP,
        UNIX
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void requests_are_answered_in_their_order(Transport transport) throws IOException {
        AbciClient client = connect(serve(transport, new CountingHandler()));
        client.send(
                AbciClient.echo("Salut, ça va ?"),
                info(),
                checkTx("a"),
                AbciClient.FLUSH,
                checkTx(""),
                AbciClient.FLUSH);

        assertThat(client.receive().getEcho().getMessage()).isEqualTo("Salut, ça va ?");
        assertThat(client.receive().getInfo().getData()).isEqualTo("counter");
        assertThat(client.receive().getCheckTx().getCode()).isEqualTo(0);
        assertThat(client.receive().hasFlush()).isTrue();
        assertThat(client.receive().getCheckTx().getCode()).isEqualTo(1);
        assertThat(client.receive().hasFlush()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void checks_that_end_in_another_order_are_answered_in_theirs(Transport transport)
            throws Exception {
        Checks checks = new Checks();
        AbciClient client = connect(serve(transport, checks));
        Request[] requests = new Request[6];
        for (int i = 0; i < 5; i++) {
            requests[i] = checkTx("t" + i);
        }
        requests[5] = AbciClient.FLUSH;
        client.send(requests);
        List<Checks.Pending> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            // All five have come before one of them is answered.
            all.add(checks.next());
        }
        Collections.shuffle(all, new Random(7));
        all.forEach(Checks.Pending::pass);

        for (int i = 0; i < 5; i++) {
            assertThat(client.receive().getCheckTx().getData().toStringUtf8()).isEqualTo("t" + i);
        }
        assertThat(client.receive().hasFlush()).isTrue();
    }

    @Test
    void who_pipelines_more_than_the_limit_waits_and_loses_nothing() throws Exception {
        Checks checks = new Checks();
        AbciClient client = connect(serve(Transport.TCP, checks, SMALL));
        Request[] requests = new Request[41];
        for (int i = 0; i < 40; i++) {
            requests[i] = checkTx("t" + i);
        }
        requests[40] = AbciClient.FLUSH;
        client.send(requests);
        List<Checks.Pending> early = new ArrayList<>();
        // 8 in the queue, one with the writer, one that waits for room.
        for (int i = 0; i < 10; i++) {
            early.add(checks.next());
        }
        assertThat(checks.arrived.poll(50, TimeUnit.MILLISECONDS)).isNull();

        early.forEach(Checks.Pending::pass);
        for (int i = 10; i < 40; i++) {
            checks.next().pass();
        }
        for (int i = 0; i < 40; i++) {
            assertThat(client.receive().getCheckTx().getData().toStringUtf8()).isEqualTo("t" + i);
        }
        assertThat(client.receive().hasFlush()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void answers_go_out_while_requests_come_in(Transport transport) throws Exception {
        AbciClient client = connect(serve(transport, new CountingHandler()));
        // More than the socket's buffers hold in each direction.
        String tx = "x".repeat(50_000);
        Thread sender =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                for (int i = 0; i < 400; i++) {
                                    client.send(checkTx(tx));
                                }
                                client.send(AbciClient.FLUSH);
                            } catch (IOException gone) {
                                failures.add(gone);
                            }
                        });
        for (int i = 0; i < 400; i++) {
            assertThat(client.receive().getCheckTx().getData().size()).isEqualTo(tx.length());
        }
        assertThat(client.receive().hasFlush()).isTrue();
        sender.join();
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_query_is_answered_while_a_commit_goes_on(Transport transport) throws Exception {
        SlowHandler slow = new SlowHandler();
        AbciServer server = serve(transport, slow);
        AbciClient consensus = connect(server);
        AbciClient query = connect(server);
        consensus.send(commit(), AbciClient.FLUSH);
        assertThat(slow.entered.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(query.ask(query()).hasQuery()).isTrue();
        slow.proceed.countDown();
        assertThat(consensus.receive().hasCommit()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_handler_that_fails_is_told_to_both_sides_and_asked_no_more(Transport transport)
            throws Exception {
        IOException full = new IOException("disk full");
        SlowHandler slow = new SlowHandler(Optional.of(full));
        AbciServer server = serve(transport, slow);
        AbciClient consensus = connect(server);
        AbciClient query = connect(server);
        assertThat(query.ask(AbciClient.echo("there")).hasEcho()).isTrue();
        consensus.send(AbciClient.echo("before"), commit(), AbciClient.FLUSH);
        slow.proceed.countDown();

        assertThat(consensus.receive().getEcho().getMessage()).isEqualTo("before");
        assertThat(consensus.receive().getException().getError()).contains("disk full");
        assertThat(consensus.isClosedByServer()).isTrue();
        assertThat(query.isClosedByServer()).isTrue();
        assertThat(failures.poll(10, TimeUnit.SECONDS)).isSameAs(full);
        if (transport == Transport.UNIX) {
            // A port may be another process's by now.
            assertThatThrownBy(() -> AbciClient.connect(server.address()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_check_that_fails_later_is_a_failure_of_the_handler_too() throws Exception {
        Checks checks = new Checks();
        AbciClient client = connect(serve(Transport.TCP, checks));
        client.send(checkTx("good"), checkTx("bad"), AbciClient.FLUSH);
        Checks.Pending good = checks.next();
        IllegalStateException bug = new IllegalStateException("a bug");
        checks.next().answer().completeExceptionally(bug);
        good.pass();

        assertThat(client.receive().getCheckTx().getData().toStringUtf8()).isEqualTo("good");
        assertThat(client.receive().getException().getError()).contains("a bug");
        assertThat(failures.poll(10, TimeUnit.SECONDS)).isSameAs(bug);
    }

    @Test
    void the_owner_is_told_also_when_the_other_side_does_not_listen() throws Exception {
        Checks checks = new Checks();
        AbciClient client = connect(serve(Transport.TCP, checks));
        client.send(checkTx("never answered"), commit(), AbciClient.FLUSH);
        Checks.Pending unanswered = checks.next();
        checks.proceed.countDown();

        assertThat(failures.poll(10, TimeUnit.SECONDS)).hasMessage("no commit");
        assertThat(unanswered.answer()).isNotDone();
    }

    @ParameterizedTest
    @EnumSource
    void a_request_above_the_limit_ends_its_connection_and_no_more(Transport transport)
            throws Exception {
        AbciServer server = serve(transport, new CountingHandler(), SMALL);
        AbciClient client = connect(server);
        client.send(AbciClient.echo("x".repeat(2_000)));

        assertThat(client.receive().getException().getError())
                .isEqualTo("a request of 2006 bytes, where 1000 are the limit");
        assertThat(client.isClosedByServer()).isTrue();
        assertThat(connect(server).ask(info()).hasInfo()).isTrue();
        assertThat(failures).isEmpty();
    }

    /// Which of them it is does not matter: each is looked at by a thread of its own.
    @Test
    void connections_have_a_limit_too() throws Exception {
        AbciServer server = serve(Transport.TCP, new CountingHandler());
        BlockingQueue<AbciClient> refused = new LinkedBlockingQueue<>();
        for (int i = 0; i < 17; i++) {
            AbciClient client = connect(server);
            Thread.ofVirtual()
                    .start(() -> {
                        if (client.isClosedByServer()) {
                            refused.add(client);
                        }
                    });
        }
        assertThat(refused.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void who_connects_and_says_nothing_disturbs_nobody() throws Exception {
        AbciServer server = serve(Transport.TCP, new CountingHandler());
        AbciClient client = connect(server);
        assertThat(client.ask(info()).hasInfo()).isTrue();
        try (AbciClient scan = AbciClient.connect(server.address())) {
            scan.sendBytes(new byte[0]);
        }
        assertThat(client.ask(info()).hasInfo()).isTrue();
    }

    @Test
    void a_new_cometbft_waits_until_the_last_call_of_the_old_one_is_done() throws Exception {
        SlowHandler slow = new SlowHandler();
        AbciServer server = serve(Transport.TCP, slow);
        List<AbciClient> old = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            old.add(connect(server));
            assertThat(old.get(i).ask(AbciClient.echo("old")).hasEcho()).isTrue();
        }
        old.getFirst().send(commit(), AbciClient.FLUSH);
        assertThat(slow.entered.await(10, TimeUnit.SECONDS)).isTrue();
        for (AbciClient killed : old) {
            killed.close();
        }
        AbciClient young = connect(server);
        young.send(info(), AbciClient.FLUSH);
        assertThat(slow.connections).containsExactly("connected");

        slow.proceed.countDown();
        assertThat(young.receive().hasInfo()).isTrue();
        assertThat(slow.connections).containsExactly("connected", "committed", "connected");
    }

    @Test
    void one_lost_connection_ends_the_three_others() throws Exception {
        AbciServer server = serve(Transport.TCP, new CountingHandler());
        List<AbciClient> four = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            four.add(connect(server));
            assertThat(four.get(i).ask(AbciClient.echo("here")).hasEcho()).isTrue();
        }
        four.get(2).close();

        assertThat(four.get(0).isClosedByServer()).isTrue();
        assertThat(four.get(1).isClosedByServer()).isTrue();
        assertThat(four.get(3).isClosedByServer()).isTrue();
        assertThat(connect(server).ask(info()).hasInfo()).isTrue();
    }

    @Test
    void closing_waits_for_a_call_and_leaves_no_socket_behind() throws Exception {
        SlowHandler slow = new SlowHandler();
        AbciServer server = serve(Transport.UNIX, slow);
        AbciClient client = connect(server);
        client.send(commit(), AbciClient.FLUSH);
        assertThat(slow.entered.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closing = Thread.ofVirtual().start(server::close);

        assertThat(client.isClosedByServer()).isTrue();
        assertThat(closing.join(Duration.ofMillis(50))).isFalse();
        slow.proceed.countDown();
        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        assertThat(folder.resolve("private/abci.sock")).doesNotExist();
        assertThat(failures).isEmpty();
    }

    @Test
    void a_unix_socket_lies_in_a_folder_of_its_users_own() throws Exception {
        serve(Transport.UNIX, new CountingHandler());
        assertThat(Files.getPosixFilePermissions(folder.resolve("private")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));

        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> start("unix://" + shared.resolve("abci.sock")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("set its mode to 0700");
    }

    @Test
    void a_socket_in_use_is_left_alone_and_a_dead_one_replaced() throws Exception {
        AbciServer first = serve(Transport.UNIX, new CountingHandler());
        Path socket = folder.resolve("private/abci.sock");
        assertThatThrownBy(() -> start("unix://" + socket))
                .hasMessageContaining("listened on by another program");
        assertThat(connect(first).ask(info()).hasInfo()).isTrue();

        first.close();
        Path dead = folder.resolve("private/dead.sock");
        AbciSocket left = AbciSocket.open(AbciAddress.parse("unix://" + dead), SMALL);
        left.channel().close();
        assertThat(dead).exists();
        assertThat(connect(start("unix://" + dead)).ask(info()).hasInfo()).isTrue();

        Path file = Files.writeString(folder.resolve("private/notes"), "mine");
        assertThatThrownBy(() -> start("unix://" + file)).hasMessageContaining("is no socket");
        assertThat(file).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://0.0.0.0:0", "tcp://192.0.2.1:0", "tcp://[2001:db8::1]:0"})
    void other_machines_reach_nothing_by_default(String address) {
        assertThatThrownBy(() -> start(address))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can be reached from other machines");
    }

    @Test
    void other_machines_reach_it_where_somebody_said_so() throws Exception {
        AbciOptions anywhere = new AbciOptions(1_000, 8, false);
        AbciAddress all = AbciAddress.parse("tcp://0.0.0.0:0");
        AbciServer server = AbciServer.start(all, new CountingHandler(), anywhere, failures::add);
        open.add(server);
        assertThat(server.address()).isNotEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:26658",
                "http://127.0.0.1:26658",
                "tcp://127.0.0.1",
                "tcp://:26658",
                "tcp://127.0.0.1:65536",
                "unix://abci.sock",
                "tcp:// :1"
            })
    void what_is_no_address_is_refused(String text) {
        assertThatThrownBy(() -> AbciAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:26658", "tcp://[::1]:1", "unix:///run/abci.sock"})
    void an_address_is_written_as_it_is_read(String text) {
        assertThat(AbciAddress.parse(text)).hasToString(text);
    }

    private AbciServer serve(Transport transport, AbciHandler handler) throws IOException {
        return serve(transport, handler, AbciOptions.DEFAULT);
    }

    private AbciServer serve(Transport transport, AbciHandler handler, AbciOptions options)
            throws IOException {
        AbciAddress address =
                switch (transport) {
                    case TCP -> new AbciAddress.Tcp("127.0.0.1", 0);
                    case UNIX -> new AbciAddress.Unix(folder.resolve("private/abci.sock"));
                };
        AbciServer server = AbciServer.start(address, handler, options, failures::add);
        open.add(server);
        return server;
    }

    private AbciServer start(String address) throws IOException {
        AbciServer server =
                AbciServer.start(
                        AbciAddress.parse(address), new CountingHandler(), SMALL, failures::add);
        open.add(server);
        return server;
    }

    private AbciClient connect(AbciServer server) throws IOException {
        AbciClient client = AbciClient.connect(server.address());
        open.add(client);
        return client;
    }

    private static Request info() {
        return Request.newBuilder().setInfo(RequestInfo.getDefaultInstance()).build();
    }

    private static Request query() {
        return Request.newBuilder().setQuery(RequestQuery.getDefaultInstance()).build();
    }

    private static Request commit() {
        return Request.newBuilder().setCommit(RequestCommit.getDefaultInstance()).build();
    }

    private static Request checkTx(String tx) {
        return Request.newBuilder()
                .setCheckTx(RequestCheckTx.newBuilder().setTx(ByteString.copyFromUtf8(tx)))
                .build();
    }

    /// Answers checks when the test says so, and fails in a commit.
    private static final class Checks extends CountingHandler {
        final BlockingQueue<Pending> arrived = new LinkedBlockingQueue<>();
        final CountDownLatch proceed = new CountDownLatch(1);

        record Pending(RequestCheckTx request, CompletableFuture<ResponseCheckTx> answer) {
            void pass() {
                answer.complete(ResponseCheckTx.newBuilder().setData(request.getTx()).build());
            }
        }

        Pending next() throws InterruptedException {
            Pending pending = arrived.poll(10, TimeUnit.SECONDS);
            if (pending == null) {
                throw new AssertionError("no further check arrived");
            }
            return pending;
        }

        @Override
        public CompletableFuture<ResponseCheckTx> checkTx(RequestCheckTx request) {
            Pending pending = new Pending(request, new CompletableFuture<>());
            arrived.add(pending);
            return pending.answer();
        }

        @Override
        public synchronized ResponseCommit commit(RequestCommit request) {
            SlowHandler.await(proceed);
            throw new IllegalStateException("no commit");
        }
    }
}
