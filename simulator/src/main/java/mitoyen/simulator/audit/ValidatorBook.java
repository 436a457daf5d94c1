package mitoyen.simulator.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.GovernanceState;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.GovernanceTransaction;
import mitoyen.ledger.governance.GovernanceTransaction.SetValidator;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.EngineNotice;

/// Who orders a shared ledger, and who may not any more: LE-170 to LE-177.
final class ValidatorBook {
    private static final long MOST_POWER = 1_099_511_627_776L;
    private static final int MOST = 128;
    private static final int ADDRESS_BYTES = 20;

    private final AccountId council;
    private final AccountBook accounts;
    private final Undo undo;
    private final SortedMap<ByteString, Seat> seats = new TreeMap<>();

    /// @param accounts in which the council's account is opened
    ValidatorBook(GovernanceTerms terms, AccountBook accounts, Undo undo) {
        this.council = AccountId.council(terms.council());
        this.accounts = accounts;
        this.undo = undo;
        accounts.open(council, terms.council());
        terms.validators()
                .forEach(each ->
                        seats.put(
                                address(each.key()),
                                new Seat(each.key(), each.power(), each.name(), Optional.empty())));
    }

    /// The account that changes validators.
    AccountId council() {
        return council;
    }

    /// The keys of those that have a seat.
    List<SignerKey> seated() {
        List<SignerKey> seated = new ArrayList<>();
        for (Seat seat : seats.values()) {
            if (seat.power > 0) {
                seated.add(seat.key);
            }
        }
        return seated;
    }

    /// Why a step must be refused (LE-175); nothing if it must be accepted, which it then is.
    OptionalInt take(AccountId sender, Signatures signed, GovernanceTransaction step) {
        SetValidator asked = (SetValidator) step;
        ByteString address = address(asked.key());
        Optional<Seat> known = Optional.ofNullable(seats.get(address));
        boolean seated = known.filter(seat -> seat.power > 0).isPresent();
        boolean leaves = asked.power() == 0;
        boolean accused = known.flatMap(Seat::offence).isPresent();
        Person signing = Optional.ofNullable(accounts.people().get(council)).orElseThrow();
        OptionalInt reason =
                new Reasons()
                        .unless(1, () -> sender.equals(council) && signing.consents(signed))
                        .unless(2, () -> !signing.closed())
                        .unless(3, () -> asked.power() >= 0 && asked.power() <= MOST_POWER)
                        .unless(4, () -> !leaves || seated)
                        .unless(5, () -> !leaves || seated().size() > 1)
                        .unless(6, () -> leaves || seated || seated().size() < MOST)
                        .unless(7, () -> leaves || !accused)
                        .found();
        if (reason.isEmpty()) {
            if (leaves && !accused) {
                undo.remove(seats, address);
            } else if (leaves) {
                undo.put(seats, address, known.orElseThrow().vacated());
            } else {
                undo.put(
                        seats,
                        address,
                        new Seat(asked.key(), asked.power(), asked.name(), Optional.empty()));
            }
        }
        return reason;
    }

    /// Takes evidence in its order (LE-177).
    ///
    /// @return what each receipt must say
    List<Verdict> punish(EngineNotice notice) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Evidence evidence : notice.evidence()) {
            ByteString address = evidence.address().bytes();
            Optional.ofNullable(seats.get(address))
                    .filter(seat -> seat.power > 0)
                    .map(seat -> seat.accused(new Offence(evidence, notice.height())))
                    .ifPresent(seat ->
                            undo.put(seats, address, seated().size() > 1 ? seat.vacated() : seat));
            verdicts.add(new Verdict(Answer.NOTICED, address, OptionalInt.empty()));
        }
        undo.keep();
        return verdicts;
    }

    /// The first thing in which a ledger remembers other validators than these; empty if there is
    /// none.
    Optional<String> findDifference(GovernanceState state) {
        SortedMap<ByteString, Seat> held = new TreeMap<>();
        state.seats()
                .forEach((address, seat) ->
                        held.put(
                                address,
                                new Seat(
                                        seat.key(),
                                        seat.power(),
                                        seat.name(),
                                        seat.offence()
                                                .map(each ->
                                                        new Offence(
                                                                each.evidence(),
                                                                each.noticedAt())))));
        SortedSet<ByteString> known = new TreeSet<>(seats.keySet());
        known.addAll(held.keySet());
        return known.stream()
                .filter(address -> !find(held, address).equals(find(seats, address)))
                .findFirst()
                .map(address ->
                        "validator %s: the ledger holds %s, not %s"
                                .formatted(address, find(held, address), find(seats, address)));
    }

    private static Optional<Seat> find(SortedMap<ByteString, Seat> seats, ByteString address) {
        return Optional.ofNullable(seats.get(address));
    }

    /// What the engine calls whoever signs with a key (LE-172).
    private static ByteString address(SignerKey key) {
        return ByteString.of(Sha256.of(key.bytes().toBytes()).toBytes(), 0, ADDRESS_BYTES);
    }

    /// What is remembered of a validator.
    ///
    /// @param power 0 if it lost its seat, or left it accused
    /// @param offence the first evidence against it
    private record Seat(SignerKey key, long power, String name, Optional<Offence> offence) {
        Seat accused(Offence of) {
            return new Seat(key, power, name, offence.or(() -> Optional.of(of)));
        }

        Seat vacated() {
            return new Seat(key, 0, name, offence);
        }
    }

    /// Evidence, and the height of the engine's block that brought it.
    private record Offence(Evidence evidence, long noticedAt) {}
}
