package mitoyen.ledger.account;

import mitoyen.ledger.cbor.ByteString;

/// The name of an account: 20 bytes, shown in Bech32m such as `mit1...` with a checksum, so that a
/// mistyped name is refused (LE-20).
///
/// @param bytes exactly 20; a member's pseudonym, or what founding a community laid down
public record AccountId(ByteString bytes) implements Comparable<AccountId> {
    /// The length of an id [bytes].
    public static final int LENGTH = 20;

    private static final String PREFIX = "mit";

    public AccountId {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("an account id of " + bytes.length() + " bytes");
        }
    }

    /// The id that a text shows.
    ///
    /// @throws IllegalArgumentException if the text is not one id with its right checksum; the
    ///   message says what is wrong
    public static AccountId parse(String text) {
        return new AccountId(ByteString.of(Bech32m.decode(PREFIX, text)));
    }

    @Override
    public int compareTo(AccountId other) {
        return bytes.compareTo(other.bytes);
    }

    /// The id in Bech32m.
    @Override
    public String toString() {
        return Bech32m.encode(PREFIX, bytes.toBytes());
    }
}
