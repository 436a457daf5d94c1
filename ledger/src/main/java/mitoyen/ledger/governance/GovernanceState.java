package mitoyen.ledger.governance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;

/// Who orders the ledger, and who may not any more (LE-176). Immutable; nobody in a ledger that is
/// not shared.
public final class GovernanceState {
    private static final Comparator<Validator> BY_KEY = Comparator.comparing(Validator::key);

    /// Nobody.
    public static final GovernanceState NONE = of(MerkleMap.empty(Seat::toCbor));

    private final MerkleMap<Seat> seats;
    private final List<Validator> validators;

    private GovernanceState(MerkleMap<Seat> seats, List<Validator> validators) {
        this.seats = seats;
        this.validators = validators;
    }

    /// What is remembered.
    ///
    /// @param seats by address
    public static GovernanceState of(MerkleMap<Seat> seats) {
        return new GovernanceState(
                seats,
                seats.stream()
                        .flatMap(entry -> entry.value().findValidator().stream())
                        .sorted(BY_KEY)
                        .toList());
    }

    /// Those that have a seat, by rising key.
    public List<Validator> validators() {
        return validators;
    }

    /// What is remembered of a validator.
    public Optional<Seat> findSeat(ValidatorAddress address) {
        return seats.find(address.bytes());
    }

    /// All that is remembered, by address.
    public MerkleMap<Seat> seats() {
        return seats;
    }

    /// The root over all of it.
    public Digest root() {
        return seats.root();
    }

    /// What an engine must be told so that its validators become these (LE-178).
    ///
    /// @param before whom it knows
    /// @return by rising key: whoever is new or has another power; who left, with the power 0
    public List<PowerChange> changesSince(GovernanceState before) {
        List<PowerChange> changes = new ArrayList<>();
        validators.stream()
                .filter(now -> before.power(now.key()) != now.power())
                .forEach(now -> changes.add(new PowerChange(now.key(), now.power())));
        before.validators.stream()
                .filter(then -> power(then.key()) == 0)
                .forEach(then -> changes.add(new PowerChange(then.key(), 0)));
        changes.sort(Comparator.comparing(PowerChange::key));
        return List.copyOf(changes);
    }

    /// With a seat instead of the one of the same key, if any.
    GovernanceState with(Seat seat) {
        List<Validator> changed = validatorsBut(seat.key());
        seat.findValidator().ifPresent(changed::add);
        changed.sort(BY_KEY);
        return new GovernanceState(
                seats.put(seat.stateKey(), seat), Collections.unmodifiableList(changed));
    }

    /// Without anything of a validator.
    GovernanceState without(SignerKey key) {
        return new GovernanceState(
                seats.remove(ValidatorAddress.of(key).bytes()),
                Collections.unmodifiableList(validatorsBut(key)));
    }

    private List<Validator> validatorsBut(SignerKey key) {
        List<Validator> others = new ArrayList<>(validators);
        others.removeIf(each -> each.key().equals(key));
        return others;
    }

    private long power(SignerKey key) {
        return findSeat(ValidatorAddress.of(key)).map(Seat::power).orElse(0L);
    }

    /// Another power of a validator.
    ///
    /// @param power what it is now; 0 if it has no seat any more
    public record PowerChange(SignerKey key, long power) {}
}
