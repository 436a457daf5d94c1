package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who orders a ledger, written another way than the ledger does (LE-173 to LE-178): by names, in
/// plain maps, with the lists of who may vote and who is barred apart from each other.
final class NaiveCouncil {
    final Map<String, Long> powers = new HashMap<>();
    final Map<String, Long> guilty = new HashMap<>();

    NaiveCouncil(List<String> names) {
        names.forEach(name -> powers.put(name, 10L));
    }

    /// The answer to a change.
    ///
    /// @param heard whether the council sent it with enough signatures
    String change(boolean heard, String name, long power) {
        List<String> why = new ArrayList<>();
        why.add(heard ? "" : "NOT_THE_COUNCIL");
        why.add(power < 0 || power > 1_099_511_627_776L ? "POWER_OUT_OF_RANGE" : "");
        boolean leaves = power == 0;
        boolean votes = powers.containsKey(name);
        why.add(leaves && !votes ? "VALIDATOR_NOT_FOUND" : "");
        why.add(leaves && votes && powers.size() < 2 ? "LAST_VALIDATOR" : "");
        why.add(!leaves && !votes && powers.size() > 127 ? "TOO_MANY_VALIDATORS" : "");
        why.add(!leaves && guilty.containsKey(name) ? "VALIDATOR_BARRED" : "");
        why.removeAll(Collections.singleton(""));
        if (!why.isEmpty()) {
            return why.getFirst() + " at step 0";
        }
        if (leaves) {
            powers.remove(name);
        } else {
            powers.put(name, power);
        }
        return "accepted";
    }

    /// Takes evidence.
    void accuse(String name, long height) {
        if (!powers.containsKey(name)) {
            return;
        }
        guilty.putIfAbsent(name, height);
        if (powers.size() > 1) {
            powers.remove(name);
        }
    }

    /// Whom the ledger remembers.
    Set<String> remembered() {
        Set<String> all = new HashSet<>(powers.keySet());
        all.addAll(guilty.keySet());
        return all;
    }
}
