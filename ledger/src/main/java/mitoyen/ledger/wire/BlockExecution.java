package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Decision;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.ledger.wire.Verifier.Verification;

/// Executes the blocks of one ledger, from bytes to roots (LE-57). Whatever the bytes are, there is
/// a receipt for them and no exception; only what the engine itself puts first into each block of a
/// shared ledger must be there (LE-172).
public final class BlockExecution {
    private final Genesis genesis;
    private final Digest ledger;
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
        this.ledger = genesis.hash();
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
        return new Verifier(ledger, genesis.isShared(), machine.rules(state, height), signatures);
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
    /// @throws ExecutionFault if the rules fail on a transaction
    public Draft.Sealed execute(State state, Moment moment, List<byte[]> bundles) {
        Parameters limits = machine.rules(state, moment.height()).parameters();
        Verifier verifier = verifier(state, moment.height());
        return execute(
                state,
                moment,
                BlockContent.of(
                        genesis,
                        moment.height(),
                        bundles,
                        bundle ->
                                Examined.of(
                                        bundle,
                                        limits,
                                        genesis.isShared(),
                                        (_, bytes) -> verifier.verify(bytes))));
    }

    /// The same of bundles that were examined for this block, or for one under the same rules.
    public Draft.Sealed execute(State state, Moment moment, BlockContent content) {
        Draft draft = draft(state, moment);
        if (!content.ordered().isEmpty()) {
            draft.begin();
        }
        content.notice().ifPresent(notice -> draft.notice(notice.evidence(), notice.height()));
        for (Examined ordered : content.ordered()) {
            switch (ordered) {
                case Examined.Transactions(var all) -> execute(draft, moment.height(), all);
                case Examined.Woken _ -> {}
                case Examined.Malformed(_, Digest sent) ->
                        draft.refuse(sent, TransactionRejection.BUNDLE_MALFORMED);
            }
        }
        return draft.seal();
    }

    private static void execute(Draft draft, long height, List<Examined.One> all) {
        for (int from = 0; from < all.size(); from += Draft.AHEAD) {
            List<Examined.One> next = all.subList(from, Math.min(from + Draft.AHEAD, all.size()));
            List<VerifiedTransaction> ahead = new ArrayList<>(next.size());
            for (Examined.One each : next) {
                if (each.verification() instanceof Verification.Verified(var verified)) {
                    ahead.add(verified);
                }
            }
            draft.lookAhead(ahead);
            for (Examined.One each : next) {
                switch (each.verification()) {
                    case Verification.Verified(var verified) ->
                            execute(draft, height, each.sent(), verified);
                    case Verification.Refused(var reason) -> draft.refuse(each.sent(), reason);
                }
            }
        }
    }

    /// Executes a transaction in a block.
    ///
    /// @param sent the SHA-256 of its bytes
    /// @throws ExecutionFault if the rules fail on it, which then names both
    public static void execute(
            Draft draft, long height, Digest sent, VerifiedTransaction transaction) {
        try {
            draft.execute(sent, transaction);
        } catch (RuntimeException | Error fault) {
            throw new ExecutionFault(height, transaction.transaction().id(), fault);
        }
    }
}
