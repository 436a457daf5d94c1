package mitoyen.consensus.cometbft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import mitoyen.consensus.Block;
import mitoyen.consensus.abci.wire.CheckTxType;
import mitoyen.consensus.abci.wire.ExecTxResult;
import mitoyen.consensus.abci.wire.Misbehavior;
import mitoyen.consensus.abci.wire.MisbehaviorType;
import mitoyen.consensus.abci.wire.PublicKey;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestInitChain;
import mitoyen.consensus.abci.wire.RequestPrepareProposal;
import mitoyen.consensus.abci.wire.RequestProcessProposal;
import mitoyen.consensus.abci.wire.ResponseFinalizeBlock;
import mitoyen.consensus.abci.wire.ResponseInfo;
import mitoyen.consensus.abci.wire.ResponseProcessProposal.ProposalStatus;
import mitoyen.consensus.abci.wire.Validator;
import mitoyen.consensus.abci.wire.ValidatorUpdate;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.store.LedgerStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What CometBFT requires of its application, by the numbers of its own list ("Requirements for the
/// Application", ABCI 2.0), and the rules of `docs/spec/engine.md`, against the engine alone.
class CometEngineTest {
    private static final byte[] GENESIS = {7};
    private static final String KEY = "ab".repeat(32);

    @TempDir private Path folder;
    private final List<Block> told = new ArrayList<>();
    private SharedNotes notes = new SharedNotes();
    private LedgerStore store;
    private CometEngine engine;

    @BeforeEach
    void open() throws IOException {
        notes = new SharedNotes();
        store = LedgerStore.open(new RealDisk(), folder, GENESIS, notes, _ -> {}, 1 << 20);
        engine = new CometEngine(store, notes, (block, _) -> told.add(block));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void aBlockWithSomethingInItBecomesTheLedgersNextAndOneWithoutLeavesIt() throws IOException {
        // CE-2, CE-3
        ByteString before = engine.info(info()).getLastBlockAppHash();
        assertThat(finalize(1, 10)).isEqualTo(before);
        commit();
        assertThat(told).isEmpty();
        assertThat(engine.info(info()).getLastBlockHeight()).isZero();

        ByteString after = finalize(2, 20, 5);
        assertThat(after).isNotEqualTo(before);
        commit();
        assertThat(finalize(3, 30)).isEqualTo(after);
        commit();
        finalize(4, 40, 6, 7);
        commit();

        assertThat(told).extracting(Block::height).containsExactly(1L, 2L);
        assertThat(told).extracting(Block::timeMillis).containsExactly(20_000L, 40_000L);
        assertThat(told.get(1).bundles())
                .containsExactly(new byte[] {0, 4}, new byte[] {6}, new byte[] {7});
        assertThat(engine.engineHeight()).isEqualTo(4);
    }

    @Test
    void nothingIsKeptOrSeenBeforeTheCommit() throws IOException { // CE-4; requirements 10, 12
        ResponseInfo before = engine.info(info());
        finalize(1, 10, 5);
        assertThat(engine.info(info())).isEqualTo(before);
        assertThat(notes.count()).isZero();
        reopen();
        assertThat(store.height()).isZero();
        assertThat(engine.info(info())).isEqualTo(before);
    }

    @Test
    void whatIsDecidedAgainIsExecutedAgainWithTheSameOutcome() throws IOException {
        // requirements 10 and 11: the same block gives the same app hash and results
        RequestFinalizeBlock block = block(1, 10, 5, 6);
        ResponseFinalizeBlock first = engine.finalizeBlock(block);
        engine.connected();
        assertThat(engine.finalizeBlock(block)).isEqualTo(first);
        commit();
        assertThat(notes.count()).isEqualTo(2);
        assertThat(engine.info(info()).getLastBlockAppHash()).isEqualTo(first.getAppHash());
        reopen();
        ResponseInfo again = engine.info(info()); // CE-5
        assertThat(again.getLastBlockHeight()).isEqualTo(1);
        assertThat(again.getLastBlockAppHash()).isEqualTo(first.getAppHash());
        assertThat(engine.finalizeBlock(block(2, 20, 8)).getTxResultsCount()).isEqualTo(1);
    }

    @Test
    void aCommitAfterALostConnectionKeepsNothing() throws IOException { // CE-4
        finalize(1, 10, 5);
        engine.connected();
        commit();
        assertThat(store.height()).isZero();
    }

    @Test
    void everyTransactionOfTheEngineHasItsResult() throws IOException { // CE-10; requirement 11
        ResponseFinalizeBlock answer = engine.finalizeBlock(block(1, 10, 5, 6, 7));
        assertThat(answer.getTxResultsList())
                .hasSize(3)
                .allMatch(result -> result.getCode() == 0 && result.getData().size() == 32)
                .extracting(ExecTxResult::getData)
                .containsOnly(answer.getTxResults(0).getData());
        commit();
        assertThat(told.getFirst().resultsHash().toBytes())
                .isEqualTo(answer.getTxResults(0).getData().toByteArray());
    }

    @Test
    void theAnchorIsHeightAndRoot() throws IOException { // CE-1
        ByteString anchor = finalize(1, 10, 5);
        commit();
        assertThat(anchor.toByteArray())
                .isEqualTo(notes.anchor(store.findLastBlock().map(Block::toHeader)));
    }

    @Test
    void evidenceMakesABlockAndTheEngineIsToldWhoHasWhichPower() throws IOException {
        // CE-2, CE-11; requirement 13: only what changed, and no key that it does not know
        byte[] address = new byte[20];
        Arrays.fill(address, (byte) 0xcd);
        RequestFinalizeBlock block =
                RequestFinalizeBlock.newBuilder()
                        .setHeight(3)
                        .setTime(Timestamp.newBuilder().setSeconds(30))
                        .addMisbehavior(
                                Misbehavior.newBuilder()
                                        .setType(MisbehaviorType.DUPLICATE_VOTE)
                                        .setValidator(
                                                Validator.newBuilder()
                                                        .setAddress(ByteString.copyFrom(address)))
                                        .setHeight(2)
                                        .setTime(Timestamp.newBuilder().setSeconds(20)))
                        .build();
        ResponseFinalizeBlock answer = engine.finalizeBlock(block);
        assertThat(answer.getValidatorUpdatesList()).containsExactly(power(KEY, 0));
        commit();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().bundles()).hasSize(1);
        assertThat(notes.misconduct()).hasSize(1);
        assertThat(notes.misconduct().getFirst().validator()).isEqualTo("cd".repeat(20));
        assertThat(notes.misconduct().getFirst().timeMillis()).isEqualTo(20_000);
        assertThat(engine.finalizeBlock(block(4, 40, 5)).getValidatorUpdatesList()).isEmpty();
    }

    @Test
    void aGenesisOfAnotherLedgerOrOfOtherValidatorsIsRefused() { // CE-6
        assertThat(engine.initChain(begin("{ \"ledger\": \"07\" }", 3)).getAppHash())
                .isEqualTo(engine.info(info()).getLastBlockAppHash());
        assertThatThrownBy(() -> engine.initChain(begin("{\"ledger\":\"08\"}", 3)))
                .hasMessageContaining("another ledger");
        assertThatThrownBy(() -> engine.initChain(begin("{\"ledger\":\"07\"}", 4)))
                .hasMessageContaining("validators");
    }

    @Test
    void anEngineThatBeginsAnewBesideBlocksIsRefused() throws IOException { // CE-6
        finalize(1, 10, 5);
        commit();
        assertThatThrownBy(() -> engine.initChain(begin("{\"ledger\":\"07\"}", 3)))
                .hasMessageContaining("restore both, or neither");
    }

    @Test
    void aProposalKeepsToTheEnginesLimitAndIsAcceptedByOthers() {
        // CE-8, CE-9; requirements 1 to 3: size, and that what is proposed is accepted
        RequestPrepareProposal request =
                RequestPrepareProposal.newBuilder()
                        .setMaxTxBytes(18)
                        .setTime(Timestamp.newBuilder().setSeconds(10))
                        .addTxs(tx(5))
                        .addTxs(tx(SharedNotes.BAD))
                        .addTxs(tx(6))
                        .addTxs(tx(7))
                        .build();
        List<ByteString> chosen = engine.prepareProposal(request).getTxsList();
        assertThat(chosen).containsExactly(tx(5), tx(6));
        assertThat(accepts(chosen)).isEqualTo(ProposalStatus.ACCEPT);
    }

    @Test
    void whoeverProposesKnowsTheTimeOfTheBlockBelow() throws IOException { // CE-8
        engine.prepareProposal(RequestPrepareProposal.getDefaultInstance());
        assertThat(notes.belowMillis()).isEmpty();
        finalize(1, 10, 5);
        commit();
        finalize(2, 25); // without anything in it
        commit();
        engine.prepareProposal(RequestPrepareProposal.getDefaultInstance());
        assertThat(notes.belowMillis()).hasValue(25_000);
    }

    @Test
    void aProposalThatTheRulesOrTheLimitsRefuseIsRejected() { // CE-9; requirements 4 and 5
        assertThat(accepts(List.of(tx(5), tx(SharedNotes.BAD)))).isEqualTo(ProposalStatus.REJECT);
        ByteString large = ByteString.copyFrom(new byte[Block.MAX_BYTES]);
        assertThat(accepts(List.of(large))).isEqualTo(ProposalStatus.REJECT);
        assertThat(accepts(List.of(tx(5)))).isEqualTo(ProposalStatus.ACCEPT);
    }

    @Test
    void whatMayNotWaitIsAnsweredWithItsWord() throws Exception { // CE-7
        assertThat(check(5, CheckTxType.NEW)).isZero();
        assertThat(check(SharedNotes.BAD, CheckTxType.NEW)).isEqualTo(1);
        assertThat(check(SharedNotes.ONCE, CheckTxType.NEW)).isZero();
        assertThat(check(SharedNotes.ONCE, CheckTxType.RECHECK)).isEqualTo(1);
    }

    private int check(int note, CheckTxType type) throws Exception {
        return engine.checkTx(RequestCheckTx.newBuilder().setTx(tx(note)).setType(type).build())
                .get()
                .getCode();
    }

    private ProposalStatus accepts(List<ByteString> txs) {
        return engine.processProposal(
                        RequestProcessProposal.newBuilder()
                                .addAllTxs(txs)
                                .setTime(Timestamp.newBuilder().setSeconds(10))
                                .build())
                .getStatus();
    }

    private ByteString finalize(long height, long seconds, int... txs) throws IOException {
        return engine.finalizeBlock(block(height, seconds, txs)).getAppHash();
    }

    private static RequestFinalizeBlock block(long height, long seconds, int... txs) {
        RequestFinalizeBlock.Builder block =
                RequestFinalizeBlock.newBuilder()
                        .setHeight(height)
                        .setTime(Timestamp.newBuilder().setSeconds(seconds).setNanos(999_999));
        Arrays.stream(txs).forEach(each -> block.addTxs(tx(each)));
        return block.build();
    }

    private void commit() throws IOException {
        engine.commit(RequestCommit.getDefaultInstance());
    }

    private void reopen() throws IOException {
        store.close();
        open();
    }

    private static RequestInfo info() {
        return RequestInfo.getDefaultInstance();
    }

    private static RequestInitChain begin(String state, long power) {
        return RequestInitChain.newBuilder()
                .setAppStateBytes(ByteString.copyFromUtf8(state))
                .addValidators(power(KEY, power))
                .build();
    }

    private static ValidatorUpdate power(String key, long power) {
        ByteString bytes = ByteString.copyFrom(HexFormat.of().parseHex(key));
        return ValidatorUpdate.newBuilder()
                .setPubKey(PublicKey.newBuilder().setEd25519(bytes))
                .setPower(power)
                .build();
    }

    private static ByteString tx(int note) {
        return ByteString.copyFrom(new byte[] {(byte) note});
    }
}
