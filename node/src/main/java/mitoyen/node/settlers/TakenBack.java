package mitoyen.node.settlers;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;

/// Who took back, or replaced, what a settler had come to himself (LE-189). With it all that was
/// said of it is forgotten, or its wait begins anew: whoever does so is waited for no more. Of one
/// run; for one thread.
final class TakenBack {
    private final SortedMap<String, SortedMap<AccountId, Long>> standing = new TreeMap<>();
    private final SortedMap<String, SortedSet<AccountId>> passedOver = new TreeMap<>();

    /// Takes in who proposes the same now.
    ///
    /// @param what names it: the day or month, and what he came to
    /// @param now by proposer a number that stays, or rises from 0 once, while what he proposed is
    ///   not replaced
    /// @return whether somebody is passed over from now on
    boolean look(String what, SortedMap<AccountId, Long> now) {
        SortedMap<AccountId, Long> before = standing.getOrDefault(what, new TreeMap<>());
        boolean news = false;
        for (var each : before.entrySet()) {
            Long value = now.get(each.getKey());
            boolean replaced =
                    value == null || (each.getValue() != 0 && !value.equals(each.getValue()));
            if (replaced) {
                news |= passedOver.computeIfAbsent(what, _ -> new TreeSet<>()).add(each.getKey());
            }
        }
        standing.put(what, now);
        return news;
    }

    /// Who is passed over.
    SortedSet<AccountId> of(String what) {
        return passedOver.getOrDefault(what, new TreeSet<>());
    }
}
