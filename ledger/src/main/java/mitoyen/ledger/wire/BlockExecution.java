package mitoyen.ledger.wire;

import java.util.List;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.Verifier.Verification;

/// Executes the blocks of one ledger, from bytes to roots (LE-57). Whatever the bytes are, there is
/// a receipt for them and no exception.
public final class BlockExecution {
    private final Parameters limits;
    private final Verifier verifier;
    private final StateMachine machine;

    /// The execution of the ledger with this genesis.
    public BlockExecution(Genesis genesis) {
        this.limits = genesis.parameters();
        this.verifier = new Verifier(genesis);
        this.machine = new StateMachine(genesis);
    }

    /// What comes of a block on top of a state, which is not changed. The time of the block plays
    /// no part: what depends on time compares instants that were signed.
    ///
    /// @param height the block's height, the last one plus 1; the first is 1
    /// @param bundles what was ordered
    public Draft.Sealed execute(State state, long height, List<byte[]> bundles) {
        Draft draft = new Draft(machine, state, height);
        for (byte[] bytes : bundles) {
            try {
                Bundle bundle = Bundle.decode(bytes, limits);
                bundle.transactions().forEach(transaction -> execute(draft, transaction));
            } catch (CborException malformed) {
                draft.refuse(Sha256.of(bytes), TransactionRejection.BUNDLE_MALFORMED);
            }
        }
        return draft.seal();
    }

    private void execute(Draft draft, ByteString transaction) {
        byte[] bytes = transaction.toBytes();
        switch (verifier.verify(bytes)) {
            case Verification.Verified(var verified) -> draft.execute(Sha256.of(bytes), verified);
            case Verification.Refused(var reason) -> draft.refuse(Sha256.of(bytes), reason);
        }
    }
}
