package mitoyen.simulator.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.consensus.Application;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.embedded.EmbeddedEngine;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.SignatureRule;
import mitoyen.ledger.wire.Verifier;
import mitoyen.ledger.wire.Verifier.Verification;
import mitoyen.node.threads.Ahead;
import mitoyen.simulator.workload.Street;

/// A ledger as a node runs it: transactions are decoded and verified on every processor, executed
/// on one thread in their order, and kept in a journal that is synced after each block.
final class StreetLedger implements AutoCloseable {
    /// How many transactions a task verifies.
    private static final int TASK = 125;

    /// How many blocks are verified ahead of the one that is executed.
    private static final int BLOCKS_AHEAD = 2;

    private final Street street;
    private final Running application;
    private final EmbeddedEngine engine;
    private final Ahead<List<Verified>> verifying = Ahead.parallel("verify");
    private final Verifier verifier;
    private long timeMillis = Street.START_MILLIS;

    /// The ledger of a street.
    ///
    /// @param folder a new one
    /// @param signatures the rule by which they are checked
    StreetLedger(Street street, Path folder, SignatureRule signatures) throws IOException {
        this.street = street;
        BlockExecution execution = new BlockExecution(street.genesis(), signatures);
        State opened = street.opened();
        this.application = new Running(execution, opened);
        this.verifier = execution.verifier(opened, 1);
        this.engine =
                EmbeddedEngine.open(
                        new RealDisk(), folder, street.genesis().toBytes(), application, _ -> {});
    }

    /// Signed transfers for the next blocks.
    List<Street.Sent> nextTransfers(int count) {
        return street.transfers(count, engine.height(), timeMillis);
    }

    /// A signed transfer from each account.
    List<Street.Sent> transfersOfAll() {
        return street.transfersOfAll(engine.height(), timeMillis);
    }

    /// Executes transfers, so many a block; durable when this returns.
    ///
    /// @throws IllegalStateException if one is refused
    void execute(List<Street.Sent> transfers, int perBlock) throws IOException {
        int given = 0;
        for (int from = 0; from < transfers.size(); from += perBlock) {
            int ahead = Math.min(transfers.size(), from + (1 + BLOCKS_AHEAD) * perBlock);
            while (given < ahead) {
                int block = given - given % perBlock + perBlock;
                given = give(transfers, given, Math.min(Math.min(given + TASK, block), ahead));
            }
            execute(takeBlock(Math.min(perBlock, transfers.size() - from)));
        }
    }

    private int give(List<Street.Sent> transfers, int from, int to) {
        List<Street.Sent> part = transfers.subList(from, to);
        verifying.give(() -> part.stream().map(each -> verify(each.bytes())).toList());
        return to;
    }

    private List<Verified> takeBlock(int count) throws IOException {
        List<Verified> block = new ArrayList<>(count);
        while (block.size() < count) {
            block.addAll(verifying.take());
        }
        return block;
    }

    private Verified verify(ByteString sent) {
        byte[] bytes = sent.toBytes();
        return switch (verifier.verify(bytes)) {
            case Verification.Verified(var transaction) ->
                    new Verified(sent, Sha256.of(bytes), transaction);
            case Verification.Refused(var reason) ->
                    throw new IllegalStateException("refused: " + reason);
        };
    }

    private void execute(List<Verified> block) throws IOException {
        byte[] bundle = new Bundle(block.stream().map(Verified::bytes).toList()).toBytes();
        application.prepare(block);
        timeMillis++;
        engine.submit(List.of(new Proposal(timeMillis, List.of(bundle))));
    }

    @Override
    public void close() throws IOException {
        verifying.close();
        engine.close();
    }

    private record Verified(ByteString bytes, Digest sent, VerifiedTransaction transaction) {}

    /// The state machine behind the engine; what was verified is not verified again.
    private static final class Running implements Application {
        private final BlockExecution execution;
        private List<Verified> next = List.of();
        private State state;
        private State draft;

        Running(BlockExecution execution, State state) {
            this.execution = execution;
            this.state = state;
            this.draft = state;
        }

        void prepare(List<Verified> block) {
            next = block;
        }

        @Override
        public Hash appHash() {
            return hash(state.root());
        }

        @Override
        public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
            Draft block = execution.draft(state, new Moment(height, timeMillis));
            block.begin();
            for (int i = 0; i < next.size(); i++) {
                if (i % Draft.AHEAD == 0) {
                    int end = Math.min(i + Draft.AHEAD, next.size());
                    block.lookAhead(
                            next.subList(i, end).stream().map(Verified::transaction).toList());
                }
                block.execute(next.get(i).sent(), next.get(i).transaction());
            }
            Draft.Sealed sealed = block.seal();
            for (Draft.Outcome outcome : sealed.outcomes()) {
                if (!(outcome.receipt() instanceof Receipt.Accepted)) {
                    throw new IllegalStateException("refused: " + outcome.receipt());
                }
            }
            draft = sealed.state();
            return new BlockResult(hash(sealed.stateRoot()), hash(sealed.receiptsRoot()));
        }

        @Override
        public void commit() {
            state = draft;
        }

        private static Hash hash(Digest digest) {
            return Hash.of(digest.toBytes());
        }
    }
}
