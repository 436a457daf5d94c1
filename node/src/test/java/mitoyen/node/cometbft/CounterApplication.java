package mitoyen.node.cometbft;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import mitoyen.consensus.abci.AbciAddress;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.consensus.abci.AbciOptions;
import mitoyen.consensus.abci.AbciServer;
import mitoyen.consensus.abci.OrderedHandler;
import mitoyen.consensus.abci.wire.ExecTxResult;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestInitChain;
import mitoyen.consensus.abci.wire.RequestPrepareProposal;
import mitoyen.consensus.abci.wire.RequestProcessProposal;
import mitoyen.consensus.abci.wire.RequestQuery;
import mitoyen.consensus.abci.wire.ResponseCheckTx;
import mitoyen.consensus.abci.wire.ResponseCommit;
import mitoyen.consensus.abci.wire.ResponseFinalizeBlock;
import mitoyen.consensus.abci.wire.ResponseInfo;
import mitoyen.consensus.abci.wire.ResponseInitChain;
import mitoyen.consensus.abci.wire.ResponsePrepareProposal;
import mitoyen.consensus.abci.wire.ResponseProcessProposal;
import mitoyen.consensus.abci.wire.ResponseQuery;

/// The smallest application that keeps something: a list of words, each once, in a file that commit
/// replaces. Its hash is a chain over them.
final class CounterApplication implements AbciHandler {
    /// Where a process can be killed.
    enum Point {
        INIT,
        FINALIZE,
        FINALIZED,
        COMMIT,
        COMMITTED
    }

    /// Told of a point that was reached, before the answer.
    interface Witness {
        void at(Point point, long height);
    }

    private static final int SEEN = 2;

    private final Path file;
    private final Witness witness;
    private Kept kept;
    private Kept draft;

    /// What is kept.
    private record Kept(long height, List<String> words) {
        Kept {
            words = List.copyOf(words);
        }

        ByteString hash() {
            try {
                byte[] hash = new byte[32];
                for (String word : words) {
                    MessageDigest digest = MessageDigest.getInstance("SHA-256");
                    digest.update(hash);
                    hash = digest.digest(word.getBytes(StandardCharsets.UTF_8));
                }
                return ByteString.copyFrom(hash);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    CounterApplication(Path file, Witness witness) throws IOException {
        this.file = file;
        this.witness = witness;
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            kept = new Kept(Long.parseLong(lines.getFirst()), lines.subList(1, lines.size()));
        } else {
            kept = new Kept(0, List.of());
        }
        draft = kept;
    }

    /// A process of its own, that is killed when it first reaches a point at a height or above.
    ///
    /// @param arguments the address, the file, the point, the height
    public static void main(String[] arguments) throws Exception {
        Point point = Point.valueOf(arguments[2]);
        long height = Long.parseLong(arguments[3]);
        CounterApplication application =
                new CounterApplication(
                        Path.of(arguments[1]),
                        (reached, at) -> {
                            if (reached == point && at >= height) {
                                Runtime.getRuntime().halt(137);
                            }
                        });
        AbciHandler ordered =
                new OrderedHandler(
                        application,
                        wrong -> {
                            throw new IllegalStateException(wrong);
                        });
        CountDownLatch failed = new CountDownLatch(1);
        try (AbciServer server =
                AbciServer.start(
                        AbciAddress.parse(arguments[0]),
                        ordered,
                        AbciOptions.DEFAULT,
                        failure -> {
                            failure.printStackTrace();
                            failed.countDown();
                        })) {
            System.out.println(server.address());
            failed.await();
        }
        System.exit(3);
    }

    synchronized List<String> words() {
        return kept.words();
    }

    @Override
    public synchronized ResponseInfo info(RequestInfo request) {
        return ResponseInfo.newBuilder()
                .setLastBlockHeight(kept.height())
                .setLastBlockAppHash(kept.hash())
                .build();
    }

    @Override
    public synchronized ResponseQuery query(RequestQuery request) {
        return ResponseQuery.newBuilder()
                .setHeight(kept.height())
                .setValue(ByteString.copyFromUtf8(String.join(" ", kept.words())))
                .build();
    }

    @Override
    public synchronized CompletableFuture<ResponseCheckTx> checkTx(RequestCheckTx request) {
        boolean seen = kept.words().contains(request.getTx().toStringUtf8());
        return CompletableFuture.completedFuture(
                ResponseCheckTx.newBuilder().setCode(seen ? SEEN : 0).build());
    }

    @Override
    public synchronized ResponseInitChain initChain(RequestInitChain request) {
        witness.at(Point.INIT, request.getInitialHeight());
        return ResponseInitChain.newBuilder().setAppHash(kept.hash()).build();
    }

    @Override
    public ResponsePrepareProposal prepareProposal(RequestPrepareProposal request) {
        return ResponsePrepareProposal.newBuilder().addAllTxs(request.getTxsList()).build();
    }

    @Override
    public ResponseProcessProposal processProposal(RequestProcessProposal request) {
        return ResponseProcessProposal.newBuilder()
                .setStatus(ResponseProcessProposal.ProposalStatus.ACCEPT)
                .build();
    }

    @Override
    public synchronized ResponseFinalizeBlock finalizeBlock(RequestFinalizeBlock request) {
        witness.at(Point.FINALIZE, request.getHeight());
        List<String> words = new ArrayList<>(kept.words());
        ResponseFinalizeBlock.Builder response = ResponseFinalizeBlock.newBuilder();
        for (ByteString tx : request.getTxsList()) {
            String word = tx.toStringUtf8();
            boolean seen = words.contains(word);
            if (!seen) {
                words.add(word);
            }
            response.addTxResults(ExecTxResult.newBuilder().setCode(seen ? SEEN : 0).setData(tx));
        }
        draft = new Kept(request.getHeight(), words);
        witness.at(Point.FINALIZED, request.getHeight());
        return response.setAppHash(draft.hash()).build();
    }

    @Override
    public synchronized ResponseCommit commit(RequestCommit request) throws IOException {
        witness.at(Point.COMMIT, draft.height());
        List<String> lines = new ArrayList<>();
        lines.add(Long.toString(draft.height()));
        lines.addAll(draft.words());
        Path written = Files.write(file.resolveSibling(file.getFileName() + ".new"), lines);
        Files.move(
                written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        kept = draft;
        witness.at(Point.COMMITTED, kept.height());
        return ResponseCommit.getDefaultInstance();
    }
}
