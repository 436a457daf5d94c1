package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.ProofCodec;
import mitoyen.ledger.proof.ProofVerifier;
import mitoyen.ledger.proof.Verdict;
import org.junit.jupiter.api.Test;

/// LE-165: whatever a state holds can be proved from its root, and whatever it does not.
final class StateProofsTest {
    private static final int BLOCKS = 120;
    private static final int STATE_ROOT_AT = 80;

    @Test
    void everyEntryIsProvedAndNoOther() {
        State state = state();
        BlockProof block = block(state);
        LogRoot root = new LogRoot(1, BlockProof.leafHash(block.header().toBytes()));
        Random random = new Random(1);
        int[] proved = {0};
        StateEntries.forEach(
                state,
                (part, key, value) -> {
                    if (part == StatePart.IDS || part == StatePart.ACTIVATION) {
                        return;
                    }
                    Verdict verdict = verdict(state, part, key, block, root);
                    assertThat(verdict)
                            .as("%s %s", part, key)
                            .isEqualTo(
                                    new Verdict.Held(
                                            part.toString(), key, ByteString.of(value), 1));
                    byte[] other = new byte[key.length()];
                    random.nextBytes(other);
                    assertThat(verdict(state, part, ByteString.of(other), block, root))
                            .isEqualTo(
                                    new Verdict.Absent(part.toString(), ByteString.of(other), 1));
                    proved[0]++;
                });
        assertThat(proved[0]).isGreaterThan(50);
    }

    @Test
    void aPartWithoutEntriesHoldsNothing() {
        BlockProof block = block(State.INITIAL);
        LogRoot root = new LogRoot(1, BlockProof.leafHash(block.header().toBytes()));
        ByteString key = ByteString.of(new byte[20]);
        assertThat(verdict(State.INITIAL, StatePart.HOLDERS, key, block, root))
                .isEqualTo(new Verdict.Absent("account/holders", key, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateProofs.prove(State.INITIAL, StatePart.IDS, key, block));
    }

    private static Verdict verdict(
            State state, StatePart part, ByteString key, BlockProof block, LogRoot root) {
        byte[] bytes = ProofCodec.encode(StateProofs.prove(state, part, key, block));
        return ProofVerifier.verify(bytes, root);
    }

    /// The only block of a ledger, after which the state is so.
    private static BlockProof block(State state) {
        byte[] header = new byte[BlockProof.HEADER_LENGTH];
        header[7] = 1;
        state.root().bytes().copyTo(header, STATE_ROOT_AT);
        return new BlockProof(ByteString.of(header), List.of());
    }

    private static State state() {
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        RandomLedger ledger = new RandomLedger(3);
        State state = machine.initialState();
        for (int block = 1; block <= BLOCKS; block++) {
            state = ledger.next().execute(machine, state).state();
        }
        return state;
    }
}
