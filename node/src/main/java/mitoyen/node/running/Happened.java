package mitoyen.node.running;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import mitoyen.ledger.account.AccountId;

/// An event of the ledger in plain words, for tables, streams and whoever reads along.
///
/// @param type what happened, such as `energy.day-settled`
/// @param fields what it says, by name: text, whole numbers, truth values, lists and maps of them
/// @param movement the value that moved, where that is what happened
public record Happened(
        String type, SequencedMap<String, Object> fields, Optional<Movement> movement) {
    public Happened {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    /// Value that moved from one account to another, or was reserved for it, or released.
    ///
    /// @param asset what moved
    /// @param from the account that is debited
    /// @param to the account that is credited
    /// @param posted how much moved, in the asset's smallest unit, at least 0
    /// @param pending how much more is reserved than before; below 0 where it was released
    public record Movement(String asset, AccountId from, AccountId to, long posted, long pending) {}
}
