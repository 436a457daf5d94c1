package mitoyen.simulator.engine;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import mitoyen.consensus.Block;
import mitoyen.consensus.Misconduct;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.abci.wire.Misbehavior;
import mitoyen.consensus.abci.wire.MisbehaviorType;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.Validator;
import mitoyen.consensus.cometbft.CometEngine;
import mitoyen.consensus.embedded.EmbeddedEngine;
import mitoyen.consensus.store.LedgerStore;

/// Each engine, driven by the same blocks.
enum EngineKind {
    /// The engine of one process, which is given the notice that the other makes itself.
    EMBEDDED {
        @Override
        Running start(LedgerStore store, SharedStreet street) {
            return new Embedded(new EmbeddedEngine(store), street);
        }
    },

    /// The engine of several nodes, as CometBFT drives it.
    COMETBFT {
        @Override
        Running start(LedgerStore store, SharedStreet street) {
            return new Comet(new CometEngine(store, street, (_, _) -> {}));
        }
    };

    /// The engine of an open ledger.
    abstract Running start(LedgerStore store, SharedStreet street);

    /// An engine at work.
    interface Running {
        /// Makes a block, durable when this returns, if it [leaves a
        /// trace][EngineBlock#leavesATrace].
        void order(EngineBlock block) throws IOException;

        /// The engine's height of the ledger's last block; 0 before the first.
        long engineHeight();
    }

    private record Embedded(EmbeddedEngine engine, SharedStreet street) implements Running {
        @Override
        public void order(EngineBlock block) throws IOException {
            if (block.leavesATrace()) {
                List<byte[]> bundles = new ArrayList<>();
                bundles.add(street.notice(block.height(), block.misconduct()));
                block.bundles().forEach(bundle -> bundles.add(bundle.toBytes()));
                engine.submit(List.of(new Proposal(block.timeMillis(), bundles)));
            }
        }

        @Override
        public long engineHeight() {
            return engine.findLastBlock()
                    .map(Block::bundles)
                    .map(bundles -> street.engineHeight(bundles.getFirst()))
                    .orElse(0L);
        }
    }

    /// The calls of CometBFT.
    record Comet(CometEngine engine) implements Running {
        @Override
        public void order(EngineBlock block) throws IOException {
            decide(block);
            commit();
        }

        @Override
        public long engineHeight() {
            return engine.info(RequestInfo.getDefaultInstance()).getLastBlockHeight();
        }

        /// Executes what was decided, which nothing is kept of.
        ///
        /// @return what validators sign of it
        ByteString decide(EngineBlock block) throws IOException {
            RequestFinalizeBlock.Builder request =
                    RequestFinalizeBlock.newBuilder()
                            .setHeight(block.height())
                            .setTime(timestamp(block.timeMillis()));
            block.bundles().forEach(each -> request.addTxs(ByteString.copyFrom(each.toBytes())));
            block.misconduct().forEach(each -> request.addMisbehavior(misbehavior(each)));
            return engine.finalizeBlock(request.build()).getAppHash();
        }

        /// Keeps what was executed last.
        void commit() throws IOException {
            engine.commit(RequestCommit.getDefaultInstance());
        }

        private static Misbehavior misbehavior(Misconduct found) {
            byte[] address = HexFormat.of().parseHex(found.validator());
            return Misbehavior.newBuilder()
                    .setType(MisbehaviorType.DUPLICATE_VOTE)
                    .setValidator(Validator.newBuilder().setAddress(ByteString.copyFrom(address)))
                    .setHeight(found.height())
                    .setTime(timestamp(found.timeMillis()))
                    .build();
        }

        private static Timestamp timestamp(long millis) {
            return Timestamp.newBuilder()
                    .setSeconds(Math.floorDiv(millis, 1_000L))
                    .setNanos(Math.floorMod(millis, 1_000) * 1_000_000)
                    .build();
        }
    }
}
