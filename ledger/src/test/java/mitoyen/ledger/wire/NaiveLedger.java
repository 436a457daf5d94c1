package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.NaiveOwners.Owner;

/// The ledger's rules of accounts a second time, from the words of the specification (LE-90 to
/// LE-130): with numbers that cannot overflow, plain maps, and no thought of speed. It asks each
/// question of LE-130 in the order of the list, for every step.
final class NaiveLedger extends NaiveSteps {
    private final Map<String, Sent> ids = new TreeMap<>();
    private final Map<String, Long> lanes = new TreeMap<>();
    private final Map<AccountId, List<Long>> buckets = new TreeMap<>();

    private record Sent(Digest content, boolean accepted, long expiry) {}

    NaiveLedger(Genesis genesis) {
        super(genesis.parameters(), genesis.founderAccount());
        owners.put(founder, Owner.opened(SignerSet.single(genesis.founder())));
        genesis.assets().forEach(terms -> assets.put(terms.asset(), terms));
    }

    /// What happens by itself at a time.
    List<String> begin(long now) {
        timeMillis = now;
        long window = limits.traffic().validityMillis();
        ids.values()
                .removeIf(
                        sent -> Math.floorDiv(sent.expiry(), window) < Math.floorDiv(now, window));
        record Due(long at, int kind, mitoyen.ledger.cbor.ByteString about, Runnable then) {}
        List<Due> due = new ArrayList<>();
        holds.forEach(
                (id, hold) -> due.add(new Due(hold.expires(), 0, id.bytes(), () -> release(id))));
        owners.forEach((id, owner) ->
                owner.recovery()
                        .ifPresent(recovery ->
                                due.add(
                                        new Due(
                                                recovery.dueMillis(),
                                                1,
                                                id.bytes(),
                                                () -> recovered(id)))));
        due.removeIf(timer -> timer.at() > now);
        due.sort(
                Comparator.comparingLong(Due::at)
                        .thenComparingInt(Due::kind)
                        .thenComparing(Due::about));
        List<String> fired = new ArrayList<>();
        for (Due timer : due.subList(0, Math.min(due.size(), limits.traffic().timersPerBlock()))) {
            timer.then().run();
            fired.add("fires " + timer.kind() + " " + timer.about());
        }
        return fired;
    }

    /// The answer to a transaction.
    String execute(long height, VerifiedTransaction verified) {
        Transaction.Version2 asked = (Transaction.Version2) verified.transaction();
        signatures = verified.signatures();
        Optional<String> refused = findObstacle(height, asked, verified.contentHash());
        if (refused.isPresent()) {
            return refused.get();
        }
        lanes.put(asked.sender() + "/" + asked.lane(), asked.number());
        for (Step _ : asked.steps()) {
            buckets.computeIfAbsent(asked.sender(), _ -> new ArrayList<>()).add(timeMillis);
        }
        var ownersBefore = new TreeMap<>(owners);
        var assetsBefore = new TreeMap<>(assets);
        var totalsBefore = new TreeMap<>(totals);
        var holdsBefore = new TreeMap<>(holds);
        var setBefore = new TreeMap<>(set);
        String id = asked.sender() + "/" + asked.id();
        for (int index = 0; index < asked.steps().size(); index++) {
            try {
                Step.Account step = (Step.Account) asked.steps().get(index);
                execute(step.transaction(), PendingId.of(verified.contentHash(), index));
            } catch (Refused reason) {
                owners = ownersBefore;
                assets = assetsBefore;
                totals = totalsBefore;
                holds = holdsBefore;
                set = setBefore;
                ids.put(id, new Sent(verified.contentHash(), false, asked.expiry().timeMillis()));
                return reason.getMessage() + " at step " + index;
            }
        }
        ids.put(id, new Sent(verified.contentHash(), true, asked.expiry().timeMillis()));
        return "accepted";
    }

    private Optional<String> findObstacle(long height, Transaction.Version2 asked, Digest content) {
        Sent known = ids.get(asked.sender() + "/" + asked.id());
        if (known != null) {
            return Optional.of(
                    !known.content().equals(content)
                            ? "ID_TAKEN"
                            : known.accepted() ? "exists" : "ID_BURNT");
        }
        var traffic = limits.traffic();
        if (height > asked.expiry().height() || timeMillis >= asked.expiry().timeMillis()) {
            return Optional.of("EXPIRED");
        }
        if (big(asked.expiry().height())
                                .subtract(big(height))
                                .compareTo(big(traffic.validityBlocks()))
                        > 0
                || big(asked.expiry().timeMillis())
                                .subtract(big(timeMillis))
                                .compareTo(big(traffic.validityMillis()))
                        > 0) {
            return Optional.of("EXPIRY_TOO_FAR");
        }
        if (asked.number() > asked.expiry().timeMillis()) {
            return Optional.of("NUMBER_TOO_FAR");
        }
        if (!owners.containsKey(asked.sender())) {
            return Optional.of("SENDER_UNKNOWN");
        }
        Owner owner = owner(asked.sender());
        if (owner.weight(signatures, false) == 0 && live(owner).isEmpty()) {
            return Optional.of("NOT_SIGNED_BY_SENDER");
        }
        Long passed = lanes.get(asked.sender() + "/" + asked.lane());
        if (passed != null && passed >= asked.number()) {
            return Optional.of("LANE_PASSED");
        }
        long used =
                lanes.keySet().stream().filter(key -> key.startsWith(asked.sender() + "/")).count();
        if (passed == null && used >= traffic.lanes()) {
            return Optional.of("TOO_MANY_LANES");
        }
        // The steps that are in the bucket, each by when the one before it had leaked at the
        // latest: a queue that is served at a steady rate.
        List<Long> bucket = buckets.computeIfAbsent(asked.sender(), _ -> new ArrayList<>());
        long free = Long.MIN_VALUE;
        int waiting = 0;
        for (long came : bucket) {
            free = Math.max(free, came) + traffic.bucketMillis();
            waiting += free > timeMillis ? 1 : 0;
        }
        return waiting + asked.steps().size() > traffic.bucketSteps()
                ? Optional.of("BUCKET_FULL")
                : Optional.empty();
    }
}
