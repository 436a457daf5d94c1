package mitoyen.ledger.wire;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Decision;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.ledger.wire.BlockContent.Ordered;
import mitoyen.ledger.wire.Verifier.Verification;

/// Executes the blocks of one ledger, from bytes to roots (LE-57). Whatever the bytes are, there is
/// a receipt for them and no exception; only what the engine itself puts first into each block of a
/// shared ledger must be there (LE-172).
public final class BlockExecution {
    private final Genesis genesis;
    private final SignatureRule signatures;
    private final StateMachine machine;

    /// The execution of the ledger with this genesis, for a few thousand transactions.
    public BlockExecution(Genesis genesis) {
        this(genesis, SignatureRule.checkedBy(SignatureChecker.forFew()));
    }

    /// The execution of the ledger with this genesis, for as many transactions as come.
    ///
    /// @param keys how many keys to remember, as [SignatureChecker#forMany] takes them
    public static BlockExecution forMany(Genesis genesis, int keys) {
        return new BlockExecution(genesis, SignatureRule.checkedBy(SignatureChecker.forMany(keys)));
    }

    /// The execution of the ledger with this genesis.
    ///
    /// @param signatures the rule by which they are checked
    /// @throws IllegalArgumentException if a validator's key is none (LE-170): no engine would
    ///   start
    public BlockExecution(Genesis genesis, SignatureRule signatures) {
        this.genesis = genesis;
        this.signatures = signatures;
        this.machine = new StateMachine(genesis);
        genesis.governance().stream()
                .flatMap(terms -> terms.validators().stream())
                .map(Validator::key)
                .filter(key -> !signatures.isValid(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException("a validator's key that is none: " + key);
                });
    }

    /// The state before the first block.
    public State initialState() {
        return machine.initialState();
    }

    /// What turns bytes into transactions for a block on top of a state: it depends on the rules
    /// that hold at the block's height and on nothing else.
    public Verifier verifier(State state, long height) {
        return new Verifier(genesis, machine.rules(state, height), signatures);
    }

    /// A block on top of a state, to be filled with what was verified before.
    public Draft draft(State state, Moment moment) {
        return new Draft(machine, state, moment);
    }

    /// What a transaction meets before its steps are looked at, in a block on top of a state: see
    /// [StateMachine#findDoor].
    public Optional<Decision> findDoor(State state, Moment moment, VerifiedTransaction verified) {
        return machine.findDoor(state, moment, verified);
    }

    /// What comes of a block on top of a state, which is not changed.
    ///
    /// @param moment the block's height, the last one plus 1, the first is 1; and its time
    /// @param bundles what was ordered
    /// @throws ForeignBlockException if the ledger is shared and the engine's notice is missing
    public Draft.Sealed execute(State state, Moment moment, List<byte[]> bundles) {
        Verifier verifier = verifier(state, moment.height());
        return execute(state, moment, bundles, (_, bytes) -> verifier.verify(bytes));
    }

    /// The same where some is verified already.
    ///
    /// @param verifying gives what the block's [verifier][#verifier] gives
    public Draft.Sealed execute(
            State state, Moment moment, List<byte[]> bundles, Verifying verifying) {
        Rules rules = machine.rules(state, moment.height());
        Draft draft = draft(state, moment);
        BlockContent content =
                BlockContent.decode(genesis, rules.parameters(), moment.height(), bundles);
        if (!content.ordered().isEmpty()) {
            draft.begin();
        }
        content.notice().ifPresent(notice -> draft.notice(notice.evidence(), notice.height()));
        for (Ordered ordered : content.ordered()) {
            switch (ordered) {
                case Ordered.Transactions(Bundle bundle) ->
                        bundle.transactions()
                                .forEach(transaction -> execute(draft, verifying, transaction));
                case Ordered.Woken _ -> {}
                case Ordered.Malformed(ByteString bytes) ->
                        draft.refuse(
                                Sha256.of(bytes.toBytes()), TransactionRejection.BUNDLE_MALFORMED);
            }
        }
        return draft.seal();
    }

    private static void execute(Draft draft, Verifying verifying, ByteString transaction) {
        byte[] bytes = transaction.toBytes();
        Digest sent = Sha256.of(bytes);
        switch (verifying.verify(sent, bytes)) {
            case Verification.Verified(var verified) -> draft.execute(sent, verified);
            case Verification.Refused(var reason) -> draft.refuse(sent, reason);
        }
    }

    /// Says what verifying a transaction of the block comes to.
    @FunctionalInterface
    public interface Verifying {
        /// What the block's [verifier][#verifier] comes to.
        ///
        /// @param sent the SHA-256 of the bytes
        Verification verify(Digest sent, byte[] bytes);
    }
}
