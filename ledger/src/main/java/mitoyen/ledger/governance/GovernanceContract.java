package mitoyen.ledger.governance;

import static mitoyen.ledger.governance.GovernanceRejection.COUNCIL_CLOSED;
import static mitoyen.ledger.governance.GovernanceRejection.LAST_VALIDATOR;
import static mitoyen.ledger.governance.GovernanceRejection.NOT_THE_COUNCIL;
import static mitoyen.ledger.governance.GovernanceRejection.POWER_OUT_OF_RANGE;
import static mitoyen.ledger.governance.GovernanceRejection.TOO_MANY_VALIDATORS;
import static mitoyen.ledger.governance.GovernanceRejection.VALIDATOR_BARRED;
import static mitoyen.ledger.governance.GovernanceRejection.VALIDATOR_NOT_FOUND;

import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountState;
import mitoyen.ledger.account.Authority;
import mitoyen.ledger.account.Holder;
import mitoyen.ledger.governance.GovernanceEvent.EvidenceNoted;
import mitoyen.ledger.governance.GovernanceEvent.LastValidatorAccused;
import mitoyen.ledger.governance.GovernanceEvent.ValidatorLeft;
import mitoyen.ledger.governance.GovernanceEvent.ValidatorPunished;
import mitoyen.ledger.governance.GovernanceEvent.ValidatorSeated;
import mitoyen.ledger.governance.GovernanceTransaction.SetValidator;
import mitoyen.ledger.governance.Seat.Offence;

/// The rules by which validators join, change and leave, and lose their seat (LE-173 to LE-177).
public final class GovernanceContract {
    private final AccountId council;

    /// @param council the account that alone changes validators
    public GovernanceContract(AccountId council) {
        this.council = council;
    }

    /// What comes of a step: an event, or the first reason against it. Total for whatever a step
    /// can hold.
    ///
    /// @param sender the account in whose name it is sent
    /// @param authority what the signatures are worth
    public GovernanceDecision decide(
            GovernanceState state,
            AccountState accounts,
            AccountId sender,
            Authority authority,
            GovernanceTransaction transaction) {
        Optional<GovernanceRejection> unheard = findObstacle(accounts, sender, authority);
        if (unheard.isPresent()) {
            return refused(unheard.get());
        }
        return switch (transaction) {
            case SetValidator asked -> decide(state, asked);
        };
    }

    /// What comes of evidence that the engine agreed on: always something, since there is no one to
    /// refuse it (LE-177).
    ///
    /// @param noticedAt the height of the engine's block that brought it
    public GovernanceEvent punish(GovernanceState state, Evidence evidence, long noticedAt) {
        Optional<Seat> seat = state.findSeat(evidence.address()).filter(Seat::isTaken);
        if (seat.isEmpty()) {
            return new EvidenceNoted(evidence, noticedAt);
        }
        if (state.validators().size() > 1) {
            return new ValidatorPunished(evidence, noticedAt);
        }
        return seat.get().offence().isPresent()
                ? new EvidenceNoted(evidence, noticedAt)
                : new LastValidatorAccused(evidence, noticedAt);
    }

    /// The state after an event. Cannot refuse.
    public GovernanceState apply(GovernanceState state, GovernanceEvent event) {
        return switch (event) {
            case ValidatorSeated(Validator validator) ->
                    state.with(
                            state.findSeat(validator.address())
                                    .map(seat -> seat.with(validator.power(), validator.name()))
                                    .orElseGet(() -> Seat.of(validator)));
            case ValidatorLeft(var key) -> {
                Seat seat = state.findSeat(ValidatorAddress.of(key)).orElseThrow();
                yield seat.offence().isPresent() ? state.with(seat.vacated()) : state.without(key);
            }
            case ValidatorPunished(Evidence evidence, long noticedAt) ->
                    state.with(accused(state, evidence, noticedAt).vacated());
            case LastValidatorAccused(Evidence evidence, long noticedAt) ->
                    state.with(accused(state, evidence, noticedAt));
            case EvidenceNoted _ -> state;
        };
    }

    private Optional<GovernanceRejection> findObstacle(
            AccountState accounts, AccountId sender, Authority authority) {
        Holder holder = accounts.findHolder(council).orElseThrow();
        if (!sender.equals(council) || !authority.signsFor(holder)) {
            return Optional.of(NOT_THE_COUNCIL);
        }
        return holder.closed() ? Optional.of(COUNCIL_CLOSED) : Optional.empty();
    }

    private static GovernanceDecision decide(GovernanceState state, SetValidator asked) {
        if (asked.power() < 0 || asked.power() > Validator.MOST_POWER) {
            return refused(POWER_OUT_OF_RANGE);
        }
        Optional<Seat> known = state.findSeat(ValidatorAddress.of(asked.key()));
        boolean seated = known.map(Seat::isTaken).orElse(false);
        if (asked.power() == 0) {
            if (!seated) {
                return refused(VALIDATOR_NOT_FOUND);
            }
            return state.validators().size() == 1
                    ? refused(LAST_VALIDATOR)
                    : new GovernanceDecision.Accepted(new ValidatorLeft(asked.key()));
        }
        if (!seated && state.validators().size() >= Validator.MOST) {
            return refused(TOO_MANY_VALIDATORS);
        }
        if (known.flatMap(Seat::offence).isPresent()) {
            return refused(VALIDATOR_BARRED);
        }
        return new GovernanceDecision.Accepted(
                new ValidatorSeated(new Validator(asked.key(), asked.power(), asked.name())));
    }

    private static Seat accused(GovernanceState state, Evidence evidence, long noticedAt) {
        return state.findSeat(evidence.address())
                .orElseThrow()
                .accused(new Offence(evidence, noticedAt));
    }

    private static GovernanceDecision refused(GovernanceRejection rejection) {
        return new GovernanceDecision.Refused(rejection);
    }
}
