package mitoyen.simulator.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.GovernanceTransaction.SetValidator;
import mitoyen.ledger.governance.Misbehaviour;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.governance.ValidatorAddress;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.wire.EngineNotice;
import mitoyen.ledger.wire.Wake;
import mitoyen.simulator.audit.Auditor;
import mitoyen.simulator.model.Chance;

/// Asks for other validators, and says what the engine of a shared ledger found out.
final class GovernanceRequests {
    private static final long MOST_POWER = 1L << 40;

    /// With how many validators a ledger begins: few enough for the last to be asked to leave, or
    /// as many as there may be.
    private static final List<Integer> COUNTS = List.of(1, 3, 128, 128);

    /// How many more than at the start may come to have a seat.
    private static final int NEWCOMERS = 3;

    private static final int LATEST = 4;

    private static final List<Integer> COUNCIL = List.of(1, 2, 3);

    private final Chance chance;
    private final Signing signing;
    private final Auditor auditor;
    private final AccountId council;
    private final int validators;
    private long engineHeight;

    /// @param genesis where it is not shared, what is asked for is no transaction of its ledger
    GovernanceRequests(Chance chance, Signing signing, Genesis genesis, Auditor auditor) {
        this.chance = chance;
        this.signing = signing;
        this.auditor = auditor;
        this.council =
                genesis.governance()
                        .map(GovernanceTerms::councilAccount)
                        .orElseGet(genesis::founderAccount);
        this.validators =
                NEWCOMERS + genesis.governance().map(terms -> terms.validators().size()).orElse(0);
    }

    /// Who may order a ledger from its start.
    static GovernanceTerms terms(Chance chance, Signing signing) {
        List<Signer> signers =
                COUNCIL.stream()
                        .map(number -> Signer.plain(signing.key(number), 1))
                        .sorted(Comparator.comparing(Signer::key))
                        .toList();
        List<Validator> validators =
                IntStream.range(0, chance.oneOf(COUNTS))
                        .mapToObj(
                                number -> new Validator(signing.validatorKey(number), 10, "first"))
                        .sorted(Comparator.comparing(Validator::key))
                        .toList();
        return new GovernanceTerms(new SignerSet(signers, 2), validators);
    }

    /// Something to ask.
    ///
    /// @param sender in whose name
    /// @param signers whose signatures it should need, by the numbers of their keys
    record Asked(Step step, AccountId sender, Set<Integer> signers) {
        Asked {
            signers = new TreeSet<>(signers);
        }
    }

    /// Something that the council should ask; once in a while it asks for its own end.
    ///
    /// @param signers who signs for the council now
    Asked next(AccountId founder, Set<Integer> signers) {
        SortedSet<Integer> signing = new TreeSet<>(signers);
        if (signing.size() > 1 && chance.happens(1, 12)) {
            signing.remove(signing.first());
        }
        Step step =
                chance.happens(1, 60)
                        ? new Step.Account(new AccountTransaction.CloseAccount(council))
                        : new Step.Governance(setting());
        if (chance.happens(1, 12)) {
            signing.add(Workload.FOUNDER);
            return new Asked(step, founder, signing);
        }
        return new Asked(step, council, signing);
    }

    AccountId council() {
        return council;
    }

    /// What the engine says of the next block.
    EngineNotice notice(long nowMillis) {
        engineHeight += chance.from(1, 3);
        List<Evidence> evidence = new ArrayList<>();
        while (chance.happens(1, 24)) {
            evidence.add(
                    new Evidence(
                            ValidatorAddress.of(chance.happens(1, 2) ? seated() : key()),
                            engineHeight - 1,
                            chance.oneOf(List.of(Misbehaviour.values())),
                            nowMillis - chance.below(9)));
        }
        return new EngineNotice(evidence, engineHeight);
    }

    /// A request for a block, whether or not a timer is due (LE-179).
    byte[] wake(long nowMillis, long height) {
        return new Wake(nowMillis - chance.below(9), height).toBytes();
    }

    /// Another power for a validator, or for whoever may become one.
    SetValidator setting() {
        long power =
                switch (chance.below(12)) {
                    case 0 -> -1;
                    case 1 -> MOST_POWER + 1;
                    case 2 -> MOST_POWER;
                    case 3, 4, 5, 6 -> 0;
                    default -> chance.from(1, 20);
                };
        return new SetValidator(key(), power, "node " + chance.below(3));
    }

    /// One that may cheat, since it has a seat.
    private SignerKey seated() {
        return chance.oneOf(auditor.seated());
    }

    /// Anyone's, but often that of one of the latest, who may not have a seat yet.
    private SignerKey key() {
        int last = chance.happens(1, 2) ? Math.min(LATEST, validators) : validators;
        return signing.validatorKey(validators - 1 - chance.below(last));
    }
}
