package mitoyen.ledger.account;

/// What an account holds: claims between members in a currency (LE-21).
///
/// A claim is a debt and not money held by anyone, so an account may be below zero. Amounts are in
/// millionths of the currency, and what is owed is whole cents.
///
/// @param code the currency's three letters of ISO 4217, such as `EUR`
public record Asset(String code) implements Comparable<Asset> {
    /// A cent [millionths of the currency].
    public static final long CENT = 10_000;

    public Asset {
        if (!isCode(code)) {
            throw new IllegalArgumentException("not three capital letters: " + code);
        }
    }

    /// Whether a text could be an asset's code: three letters from A to Z.
    public static boolean isCode(String text) {
        return text.length() == 3 && text.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }

    @Override
    public int compareTo(Asset other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
