package mitoyen.consensus.abci;

import com.google.protobuf.CodedOutputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.Response;

/// One of CometBFT's connections: a thread reads and asks, another answers in the order of the
/// requests. Nobody interrupts either: that would close the files which the handler writes.
final class AbciConnection {
    private static final int BUFFER_BYTES = 64 << 10;

    private final SocketChannel channel;
    private final AbciHandler handler;
    private final AbciOptions options;
    private final Owner owner;
    private final BlockingQueue<Step> steps;
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile CompletableFuture<Response> awaited = new CompletableFuture<>();

    /// What a connection asks and tells the server.
    interface Owner {
        /// Waits until the handler may be asked for this connection; false if it never may.
        boolean begin(AbciConnection connection);

        /// Whether the handler may still be asked.
        boolean isServing();

        /// The handler failed. The last answer of the connection will say so.
        void handlerFailed(AbciConnection where, Throwable failure);

        /// The other side broke the protocol. The last answer of the connection will say so.
        void peerFailed(FrameException failure);
    }

    /// What the writing thread does next.
    private sealed interface Step {
        /// Writes an answer, once it is there.
        ///
        /// @param flush whether the other side waits for it and for all before it
        record Answer(CompletableFuture<Response> response, boolean flush) implements Step {}

        /// Closes the connection.
        record End() implements Step {}
    }

    AbciConnection(SocketChannel channel, AbciHandler handler, AbciOptions options, Owner owner) {
        this.channel = channel;
        this.handler = handler;
        this.options = options;
        this.owner = owner;
        steps = new ArrayBlockingQueue<>(options.pipelined());
    }

    /// Serves the connection to its end, in this thread and another. When it returns, no call of
    /// the handler goes on.
    void serve() {
        Thread writer = Thread.ofVirtual().name("abci-answers").start(this::writeAnswers);
        try {
            readRequests();
        } catch (FrameException broken) {
            owner.peerFailed(broken);
            Response said = Dispatch.exception(String.valueOf(broken.getMessage()));
            put(new Step.Answer(CompletableFuture.completedFuture(said), true));
        } catch (IOException gone) {
            close();
        }
        put(new Step.End());
        try {
            writer.join();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Ends the connection; answers that are not there yet are given up.
    void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException alreadyOfNoUse) {
            // Nothing is lost: what was not sent would not have been taken.
        }
        awaited.completeExceptionally(new ClosedChannelException());
    }

    /// Waits until the last answer was sent or cannot be, at most for a time.
    void awaitAnswered(Duration atMost) {
        try {
            answered.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void readRequests() throws IOException {
        FrameReader frames =
                new FrameReader(
                        new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES),
                        options.frameBytes());
        Optional<Request> request = frames.read();
        if (request.isEmpty() || !begin()) {
            return;
        }
        while (request.isPresent() && owner.isServing()) {
            CompletableFuture<Response> response;
            try {
                response = Dispatch.ask(handler, request.get());
            } catch (Throwable failure) {
                failed(failure);
                return;
            }
            put(new Step.Answer(response, request.get().hasFlush()));
            request = frames.read();
        }
    }

    private boolean begin() {
        try {
            return owner.begin(this);
        } catch (Throwable failure) {
            failed(failure);
            return false;
        }
    }

    private void failed(Throwable failure) {
        owner.handlerFailed(this, failure);
        put(new Step.Answer(CompletableFuture.failedFuture(failure), true));
    }

    private void writeAnswers() {
        try {
            OutputStream stream = Channels.newOutputStream(channel);
            CodedOutputStream out = CodedOutputStream.newInstance(stream, BUFFER_BYTES);
            while (take() instanceof Step.Answer answer) {
                write(answer, out);
            }
            out.flush();
        } catch (IOException gone) {
            close();
            answered.countDown();
            // The reading thread may wait for room.
            while (take() instanceof Step.Answer) {}
        }
        close();
        answered.countDown();
    }

    private void write(Step.Answer answer, CodedOutputStream out) throws IOException {
        Response response;
        try {
            response = await(answer.response());
        } catch (ExecutionException failed) {
            Throwable failure = failed.getCause() == null ? failed : failed.getCause();
            owner.handlerFailed(this, failure);
            writeFrame(Dispatch.exception(failure.toString()), out);
            out.flush();
            throw new IOException("the handler failed", failure);
        }
        writeFrame(response, out);
        if (answer.flush()) {
            out.flush();
        }
    }

    private Response await(CompletableFuture<Response> response)
            throws IOException, ExecutionException {
        awaited = response;
        if (closed) {
            throw new ClosedChannelException();
        }
        try {
            return response.get();
        } catch (ExecutionException failed) {
            if (closed) {
                throw new ClosedChannelException();
            }
            throw failed;
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void writeFrame(Response response, CodedOutputStream out) throws IOException {
        out.writeUInt32NoTag(response.getSerializedSize());
        response.writeTo(out);
    }

    private void put(Step step) {
        try {
            steps.put(step);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Step take() {
        try {
            return steps.take();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
