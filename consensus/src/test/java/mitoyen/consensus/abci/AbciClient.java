package mitoyen.consensus.abci;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.RequestEcho;
import mitoyen.consensus.abci.wire.RequestFlush;
import mitoyen.consensus.abci.wire.Response;

/// What CometBFT does at its end of one connection.
final class AbciClient implements AutoCloseable {
    static final Request FLUSH =
            Request.newBuilder().setFlush(RequestFlush.getDefaultInstance()).build();

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    private AbciClient(SocketChannel channel) {
        this.channel = channel;
        in = new BufferedInputStream(Channels.newInputStream(channel));
        out = Channels.newOutputStream(channel);
    }

    static AbciClient connect(AbciAddress address) throws IOException {
        return new AbciClient(SocketChannel.open(address.resolve(true)));
    }

    static Request echo(String message) {
        return Request.newBuilder().setEcho(RequestEcho.newBuilder().setMessage(message)).build();
    }

    /// Sends requests in one write, as a client that buffers does.
    void send(Request... requests) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (Request request : requests) {
            request.writeDelimitedTo(frames);
        }
        out.write(frames.toByteArray());
    }

    void sendBytes(byte[] bytes) throws IOException {
        channel.write(ByteBuffer.wrap(bytes));
    }

    /// The next answer; fails at the end of the stream.
    Response receive() throws IOException {
        Response response = Response.parseDelimitedFrom(in);
        if (response == null) {
            throw new IOException("the server closed the connection");
        }
        return response;
    }

    /// Whether the server closed its end, once it has.
    boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /// Asks, flushes, and takes both answers.
    Response ask(Request request) throws IOException {
        send(request, FLUSH);
        Response response = receive();
        if (!response.hasException() && !receive().hasFlush()) {
            throw new IOException("no answer to a flush");
        }
        return response;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
