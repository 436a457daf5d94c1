package mitoyen.node.input;

import java.util.Locale;

/// Words inside a mistake, or beside it, that each language has its own of; they stand beside those
/// of [Fault].
public enum Term {
    // parts of the community's file
    THE_FILE,
    A_MEMBER,
    A_METER,
    A_LINE_OF_PRICES,
    METER,

    // quantities of a meter
    CONSUMPTION,
    PRODUCTION,
    ALLOCATION,
    SALE,

    // how a day differs from what was settled
    OTHER_SPAN,
    OTHER_METER,
    OTHER_INTERVALS,
    OTHER_SHARING,
    OTHER_VALUE,
    OTHER_THAN_AGREED,
    MORE_DIFFERENCES;

    /// The key under which its words stand.
    String key() {
        return "term." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
