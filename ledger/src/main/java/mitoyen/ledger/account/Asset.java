package mitoyen.ledger.account;

import mitoyen.ledger.cbor.ByteString;

/// What an account holds, by name (LE-21, LE-110): claims between members in a currency, money that
/// a licensed partner holds, energy, tokens.
///
/// Claims in a currency are named by its three letters of ISO 4217. A claim is a debt and not money
/// held by anyone, so an account may be below zero. Amounts of it are in millionths of the
/// currency, and what is owed is whole cents.
///
/// @param code one to sixteen letters, digits and hyphens, such as `EUR` or `EUR-held`
public record Asset(String code) implements Comparable<Asset> {
    /// A cent [millionths of the currency].
    public static final long CENT = 10_000;

    /// The most characters of a code.
    public static final int LONGEST_CODE = 16;

    private static final int CURRENCY_LENGTH = 3;

    public Asset {
        if (!isCode(code)) {
            throw new IllegalArgumentException("not the code of an asset: " + code);
        }
    }

    /// Whether a text could be an asset's code.
    public static boolean isCode(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_CODE && isOfCodes(text);
    }

    /// Whether a text could be the code of claims in a currency: three letters from A to Z.
    public static boolean isCurrency(String text) {
        return text.length() == CURRENCY_LENGTH && text.chars().allMatch(Asset::isCapital);
    }

    /// The key of the asset in the state.
    public ByteString key() {
        return ByteString.utf8(code);
    }

    /// The key of what an account holds of the asset, or may do with it: the id, then the code.
    public ByteString keyOf(AccountId account) {
        return ByteString.concat(account.bytes(), key());
    }

    @Override
    public int compareTo(Asset other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }

    private static boolean isOfCodes(String text) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (!isCapital(c) && !isSmall(c) && !isDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isCapital(int character) {
        return character >= 'A' && character <= 'Z';
    }

    private static boolean isSmall(int character) {
        return character >= 'a' && character <= 'z';
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
