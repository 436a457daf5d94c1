package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.consensus.abci.wire.CheckTxType;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestPrepareProposal;
import mitoyen.consensus.abci.wire.RequestProcessProposal;
import mitoyen.consensus.abci.wire.ResponseProcessProposal.ProposalStatus;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.SignatureRule;
import mitoyen.ledger.wire.SignedTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node of several checks each signature once, wherever it sees the transaction first and however
/// often after that.
class VerifiedOnceTest {
    private final Genesis genesis = People.shared();
    private final Counting signatures = new Counting();
    private final SignedTransaction ana = new People(genesis).open("ana");

    @TempDir private Path folder;
    private RunningLedger ledger;
    private AbciHandler engine;
    private long height;

    @BeforeEach
    void open() throws Exception {
        ledger =
                RunningLedger.open(
                        new RealDisk(),
                        folder.resolve("ledger"),
                        folder.resolve("snapshots"),
                        100,
                        genesis);
        count();
        engine = ledger.shareWith(InstantSource.system(), (block, _) -> ledger.adopted(block));
    }

    /// Has the ledger ask a rule that counts, put in from the outside: no program of ours does it.
    private void count() throws ReflectiveOperationException {
        Object application = field(RunningLedger.class, "application").get(ledger);
        field(RunningApplication.class, "execution")
                .set(application, new BlockExecution(genesis, signatures));
        Method hold = RunningLedger.class.getDeclaredMethod("hold");
        hold.setAccessible(true);
        field(RunningLedger.class, "holding").set(ledger, hold.invoke(ledger));
    }

    private static Field field(Class<?> holder, String name) throws NoSuchFieldException {
        Field field = holder.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    @AfterEach
    void close() throws Exception {
        ledger.close();
    }

    @Test
    void whoIsSentItGathersItAndProposesItChecksItOnce() throws Exception {
        Checked.Valid sent = (Checked.Valid) ledger.check(ana.toBytes());
        ByteString bundle = ByteString.copyFrom(ledger.bundle(List.of(sent)));
        check(bundle, CheckTxType.NEW);
        assertThat(
                        engine.prepareProposal(
                                        RequestPrepareProposal.newBuilder()
                                                .setMaxTxBytes(1 << 20)
                                                .setTime(now())
                                                .addTxs(bundle)
                                                .build())
                                .getTxsList())
                .containsExactly(bundle);
        decide(bundle);
        assertThat(signatures.count).hasValue(1);
    }

    @Test
    void whoIsPassedItInTwoBundlesAndWaitsForABlockChecksItOnce() throws Exception {
        ByteString one = bundle(ana);
        ByteString two = bundle(ana, ana);
        check(one, CheckTxType.NEW);
        check(two, CheckTxType.NEW);
        check(one, CheckTxType.RECHECK);
        decide(one, two);
        assertThat(signatures.count).hasValue(1);
    }

    @Test
    void whoSeesItFirstInAProposalChecksItOnce() throws Exception {
        decide(bundle(ana));
        assertThat(signatures.count).hasValue(1);
    }

    private void check(ByteString bundle, CheckTxType type) throws Exception {
        assertThat(
                        engine.checkTx(
                                        RequestCheckTx.newBuilder()
                                                .setTx(bundle)
                                                .setType(type)
                                                .build())
                                .get()
                                .getCode())
                .isZero();
    }

    /// Two rounds, since the first may decide nothing, then the block.
    private void decide(ByteString... bundles) throws Exception {
        height++;
        for (int round = 0; round < 2; round++) {
            assertThat(
                            engine.processProposal(
                                            RequestProcessProposal.newBuilder()
                                                    .setHeight(height)
                                                    .setTime(now())
                                                    .addAllTxs(List.of(bundles))
                                                    .build())
                                    .getStatus())
                    .isEqualTo(ProposalStatus.ACCEPT);
        }
        engine.finalizeBlock(
                RequestFinalizeBlock.newBuilder()
                        .setHeight(height)
                        .setTime(now())
                        .addAllTxs(List.of(bundles))
                        .build());
        engine.commit(RequestCommit.getDefaultInstance());
        assertThat(ledger.height()).isEqualTo(height);
    }

    private static Timestamp now() {
        return Timestamp.newBuilder().setSeconds(System.currentTimeMillis() / 1000).build();
    }

    private static ByteString bundle(SignedTransaction... transactions) {
        return ByteString.copyFrom(Bundle.of(List.of(transactions)).toBytes());
    }

    /// The ledger's rule, which counts what it is asked.
    private static final class Counting implements SignatureRule {
        private final SignatureRule rule = SignatureRule.checkedBy(SignatureChecker.forFew());
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public boolean isValid(SignerKey key) {
            return rule.isValid(key);
        }

        @Override
        public boolean holds(
                SignerKey key, byte[] message, mitoyen.ledger.cbor.ByteString signature) {
            count.incrementAndGet();
            return rule.holds(key, message, signature);
        }

        @Override
        public PasskeyVerdict passkey(
                SignerKey key, byte[] challenge, RelyingParty site, PasskeyAssertion assertion) {
            count.incrementAndGet();
            return rule.passkey(key, challenge, site, assertion);
        }
    }
}
