package mitoyen.ledger.energy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.quantity.Share;

/// How an interval's production is divided among the meters that consume.
public sealed interface SharingKey {
    /// The grid operator's own split, read with the readings. In France it is the one that counts.
    record FromOperator() implements SharingKey {}

    /// In proportion to consumption.
    record ProRata(Rounding rounding) implements SharingKey {}

    /// A fixed share of production each, at most what the meter consumes; what is not used is
    /// surplus and is not dealt again.
    ///
    /// @param coefficients by meter id, each at most 1, together at most 1; a meter without one has
    ///   0
    record Static(SortedMap<String, Share> coefficients) implements SharingKey {
        public Static {
            coefficients = Collections.unmodifiableSortedMap(new TreeMap<>(coefficients));
        }
    }

    /// Where the remainders of a division go.
    enum Rounding {
        /// By largest remainder: nothing is lost and nothing is made.
        CONSERVING,
        /// As grid operators round, each value alone: a few units leak, and are shown.
        AT_DSO
    }
}
