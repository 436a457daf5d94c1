package mitoyen.node.community;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.energy.Terms;

/// A community as its organiser describes it: the terms, which the ledger knows, and the names,
/// which it does not.
///
/// @param terms what the settlement depends on
/// @param details by member id, one for each member of the terms
public record Community(Terms terms, SortedMap<String, MemberDetails> details) {
    public Community {
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }
}
