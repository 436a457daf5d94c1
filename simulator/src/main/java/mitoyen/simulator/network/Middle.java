package mitoyen.simulator.network;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import mitoyen.consensus.abci.CallGrammar;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.Response;
import org.jspecify.annotations.Nullable;

/// Stands between a CometBFT and its application: hears all calls and answers, holds the calls
/// against the [CallGrammar], and may tamper with both.
public final class Middle implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final ServerSocket entrance;
    private final int applicationPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CallGrammar grammar = new CallGrammar();
    private final List<String> outOfOrder = new ArrayList<>();
    private final List<Long> finalized = new ArrayList<>();
    private Tampering tampering = Tampering.NONE;
    private long informedHeight;
    private long calledHeight;
    private int initialized;
    private boolean frozen;

    private Middle(ServerSocket entrance, int applicationPort) {
        this.entrance = entrance;
        this.applicationPort = applicationPort;
    }

    /// Waits for a CometBFT.
    ///
    /// @param applicationPort where the application listens
    public static Middle before(int applicationPort) throws IOException {
        Middle middle = new Middle(new ServerSocket(0, 16, LOOPBACK), applicationPort);
        Thread.ofVirtual().name("middle").start(middle::accept);
        return middle;
    }

    /// Where CometBFT is to dial.
    public String address() {
        return "tcp://127.0.0.1:" + entrance.getLocalPort();
    }

    /// Changes what is done with words from now on.
    public synchronized void tamper(Tampering with) {
        tampering = with;
    }

    /// Forgets what a CometBFT of before said, whose connections end: another is about to dial.
    public synchronized void restart() {
        open.forEach(Middle::end);
        open.clear();
        grammar.connected();
        finalized.clear();
        tampering = Tampering.NONE;
        informedHeight = 0;
        calledHeight = 0;
        initialized = 0;
        frozen = false;
    }

    /// Calls that came out of order.
    public synchronized List<String> outOfOrder() {
        return List.copyOf(outOfOrder);
    }

    /// The heights of the blocks that were executed since the last [#restart], as they came.
    public synchronized List<Long> finalized() {
        return List.copyOf(finalized);
    }

    /// The height of the last block for which FinalizeBlock was called, let through or not; 0 if it
    /// was not since the last [#restart].
    public synchronized long calledHeight() {
        return calledHeight;
    }

    /// The last height that the application named when CometBFT last started.
    public synchronized long informedHeight() {
        return informedHeight;
    }

    /// How often InitChain was called since the last [#restart].
    public synchronized int initialized() {
        return initialized;
    }

    /// Whether something was not let through.
    public synchronized boolean isFrozen() {
        return frozen;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        restart();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket engine = entrance.accept();
                Thread.ofVirtual().name("middle").start(() -> serve(engine));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket engine) {
        Socket application = new Socket();
        open.add(engine);
        open.add(application);
        try {
            application.connect(new InetSocketAddress(LOOPBACK, applicationPort));
            Queue<Request> unanswered = new ConcurrentLinkedQueue<>();
            Thread answers =
                    Thread.ofVirtual()
                            .name("middle")
                            .start(() -> passAnswers(application, engine, unanswered));
            passCalls(engine, application, unanswered);
            answers.join();
        } catch (IOException ended) {
            // By one side; the other sees it below.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            end(engine);
            end(application);
            open.remove(engine);
            open.remove(application);
        }
    }

    private void passCalls(Socket engine, Socket application, Queue<Request> unanswered)
            throws IOException {
        InputStream in = new BufferedInputStream(engine.getInputStream());
        OutputStream out = new BufferedOutputStream(application.getOutputStream());
        for (@Nullable Request next = Request.parseDelimitedFrom(in);
                next != null;
                next = Request.parseDelimitedFrom(in)) {
            if (hear(next)) {
                unanswered.add(next);
                next.writeDelimitedTo(out);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        }
    }

    private void passAnswers(Socket application, Socket engine, Queue<Request> unanswered) {
        try {
            InputStream in = new BufferedInputStream(application.getInputStream());
            OutputStream out = new BufferedOutputStream(engine.getOutputStream());
            for (@Nullable Response next = Response.parseDelimitedFrom(in);
                    next != null;
                    next = Response.parseDelimitedFrom(in)) {
                Optional<Response> passed = hear(unanswered.remove(), next);
                if (passed.isPresent()) {
                    passed.get().writeDelimitedTo(out);
                    if (in.available() == 0) {
                        out.flush();
                    }
                }
            }
        } catch (IOException ended) {
            // By one side; the other sees it below.
        } finally {
            end(engine);
            end(application);
        }
    }

    /// Whether a call passes.
    private synchronized boolean hear(Request call) {
        if (!frozen && call.hasFinalizeBlock()) {
            calledHeight = call.getFinalizeBlock().getHeight();
        }
        if (frozen || !tampering.lets(call)) {
            frozen = true;
            return false;
        }
        check(call).ifPresent(outOfOrder::add);
        if (call.hasFinalizeBlock()) {
            finalized.add(calledHeight);
        }
        if (call.hasInitChain()) {
            initialized++;
        }
        return true;
    }

    private synchronized Optional<Response> hear(Request call, Response answer) {
        if (frozen || !tampering.lets(call, answer)) {
            frozen = true;
            return Optional.empty();
        }
        if (answer.hasInfo()) {
            grammar.informed(answer.getInfo().getLastBlockHeight());
            informedHeight = answer.getInfo().getLastBlockHeight();
        }
        return Optional.of(tampering.answer(call, answer));
    }

    private Optional<String> check(Request call) {
        return switch (call.getValueCase()) {
            case INIT_CHAIN -> grammar.initChain(call.getInitChain().getInitialHeight());
            case PREPARE_PROPOSAL ->
                    grammar.round("PrepareProposal", call.getPrepareProposal().getHeight());
            case PROCESS_PROPOSAL ->
                    grammar.round("ProcessProposal", call.getProcessProposal().getHeight());
            case EXTEND_VOTE -> grammar.round("ExtendVote", call.getExtendVote().getHeight());
            case VERIFY_VOTE_EXTENSION ->
                    grammar.round("VerifyVoteExtension", call.getVerifyVoteExtension().getHeight());
            case FINALIZE_BLOCK -> grammar.finalizeBlock(call.getFinalizeBlock().getHeight());
            case COMMIT -> grammar.commit();
            case OFFER_SNAPSHOT -> grammar.offerSnapshot();
            case APPLY_SNAPSHOT_CHUNK -> grammar.applySnapshotChunk();
            case ECHO,
                    FLUSH,
                    INFO,
                    QUERY,
                    CHECK_TX,
                    LIST_SNAPSHOTS,
                    LOAD_SNAPSHOT_CHUNK,
                    INSERT_TX,
                    REAP_TXS,
                    VALUE_NOT_SET ->
                    Optional.empty();
        };
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException already) {
            // There is nothing to keep of it.
        }
    }
}
