package mitoyen.simulator.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.proof.Digest;
import mitoyen.simulator.audit.Matter.Word;

/// All proposals of a kind: by the community and the day or month that they are about, and of each
/// settler at most one.
public final class Matters<T> {
    private final Undo undo;
    private final SortedMap<String, SortedMap<AccountId, Matter<T>>> all = new TreeMap<>();

    Matters(Undo undo) {
        this.undo = undo;
    }

    /// All of them.
    public List<Matter<T>> list() {
        List<Matter<T>> list = new ArrayList<>();
        all.values().forEach(each -> list.addAll(each.values()));
        return list;
    }

    /// A settler's.
    ///
    /// @param where the community, a slash, and the day or month
    public Optional<Matter<T>> find(String where, AccountId proposer) {
        return Optional.ofNullable(
                all.getOrDefault(where, Collections.emptySortedMap()).get(proposer));
    }

    /// The same if it is the one that is named.
    Optional<Matter<T>> find(String where, AccountId proposer, Digest name) {
        return find(where, proposer).filter(matter -> matter.name().equals(name));
    }

    void put(String where, Matter<T> matter) {
        undo.put(all.computeIfAbsent(where, _ -> new TreeMap<>()), matter.proposer(), matter);
    }

    /// A settler has another word on what somebody proposes.
    Matter<T> say(String where, AccountId proposer, AccountId settler, UnaryOperator<Word> change) {
        Matter<T> before = find(where, proposer).orElseThrow();
        Matter<T> after = before.with(settler, change.apply(before.word(settler)));
        put(where, after);
        return after;
    }

    void remove(String where, AccountId proposer) {
        undo.remove(all.computeIfAbsent(where, _ -> new TreeMap<>()), proposer);
    }

    /// Removes all that is proposed for a day or a month.
    ///
    /// @return how many that were
    int removeAll(String where) {
        int count = all.getOrDefault(where, Collections.emptySortedMap()).size();
        undo.remove(all, where);
        return count;
    }
}
