package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.VerifiedSignature;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.ExecutionFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// LE-99: where the rules fail on a transaction the node halts, and says at which height and on
/// which, whoever orders its blocks.
class FailingRulesTest {
    private static final long NOW_MILLIS = System.currentTimeMillis();

    @TempDir private Path folder;

    @Test
    void aNodeThatOrdersAloneNamesHeightAndTransaction() throws Exception {
        Genesis genesis = People.genesis();
        People people = new People(genesis);
        try (RunningLedger ledger = open(genesis)) {
            ledger.execute(NOW_MILLIS, List.of(checked(ledger, people, "ana")));
            Checked.Valid second = checked(ledger, people, "bea");
            Throwable fault =
                    catchThrowable(() -> ledger.execute(NOW_MILLIS, List.of(failing(second))));
            assertHaltsNaming(2, second.id(), fault);
        }
    }

    @Test
    void aNodeOfSeveralNamesHeightAndTransaction() throws Exception {
        Genesis genesis = People.shared();
        People people = new People(genesis);
        try (RunningLedger ledger = open(genesis)) {
            AbciHandler engine =
                    ledger.shareWith(InstantSource.system(), (block, _) -> ledger.adopted(block));
            Checked.Valid first = checked(ledger, people, "ana");
            Checked.Valid second = checked(ledger, people, "bea");
            RequestFinalizeBlock block =
                    RequestFinalizeBlock.newBuilder()
                            .setHeight(7)
                            .setTime(Timestamp.newBuilder().setSeconds(NOW_MILLIS / 1_000))
                            .addTxs(
                                    ByteString.copyFrom(
                                            ledger.bundle(List.of(first, failing(second)))))
                            .build();
            Throwable fault = catchThrowable(() -> engine.finalizeBlock(block));
            assertHaltsNaming(1, second.id(), fault);
            assertThat(ledger.height()).isZero();
        }
    }

    private static void assertHaltsNaming(long height, String id, Throwable fault) {
        assertThat(fault).isInstanceOf(ExecutionFault.class);
        Halt halt = new Halt();
        halt.set("somewhere", fault);
        assertThat(halt.find())
                .contains(
                        "block %d, transaction %s: java.lang.IllegalStateException: no rule"
                                .formatted(height, id));
    }

    private static Checked.Valid checked(RunningLedger ledger, People people, String name) {
        return (Checked.Valid) ledger.check(people.open(name).toBytes());
    }

    private static Checked.Valid failing(Checked.Valid sound) {
        return new Checked.Valid(
                sound.bytes(),
                sound.id(),
                sound.sent(),
                new Failing(sound.verified()),
                sound.rules());
    }

    private RunningLedger open(Genesis genesis) throws Exception {
        return RunningLedger.open(
                new RealDisk(),
                folder.resolve("ledger"),
                folder.resolve("snapshots"),
                100,
                genesis);
    }

    /// A transaction on which whoever asks for its signers fails, as a rule with a fault would.
    private record Failing(VerifiedTransaction sound) implements VerifiedTransaction {
        @Override
        public Transaction transaction() {
            return sound.transaction();
        }

        @Override
        public Digest contentHash() {
            return sound.contentHash();
        }

        @Override
        public List<VerifiedSignature> signatures() {
            throw new IllegalStateException("no rule");
        }

        @Override
        public SortedSet<SignerKey> signers() {
            throw new IllegalStateException("no rule");
        }
    }
}
