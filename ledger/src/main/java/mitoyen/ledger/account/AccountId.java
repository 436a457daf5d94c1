package mitoyen.ledger.account;

import java.nio.charset.StandardCharsets;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Sha256;

/// The name of an account: 20 bytes, shown in Bech32m such as `mit1...` with a checksum, so that a
/// mistyped name is refused (LE-20).
///
/// @param bytes exactly 20; a member's pseudonym, or what founding a community laid down
public record AccountId(ByteString bytes) implements Comparable<AccountId> {
    /// The length of an id [bytes].
    public static final int LENGTH = 20;

    private static final String PREFIX = "mit";
    private static final String OF_KEY = "mitoyen account\n";
    private static final String COUNCIL = "mitoyen council\n";
    private static final String ISSUANCE = "mitoyen issuance\n";

    public AccountId {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("an account id of " + bytes.length() + " bytes");
        }
    }

    /// The id that follows from a key: what the account of a genesis' founder is called, and a name
    /// that anyone may take for an account that this key signs for (LE-101).
    public static AccountId of(SignerKey key) {
        return hashed(OF_KEY, key.bytes().toBytes());
    }

    /// The account that an asset is issued from and burnt to (LE-111).
    public static AccountId issuance(Asset asset) {
        return IssuanceIds.of(asset);
    }

    /// The same, not remembered.
    static AccountId hashedIssuance(Asset asset) {
        return hashed(ISSUANCE, asset.code().getBytes(StandardCharsets.UTF_8));
    }

    /// The account of the council that a genesis names, which changes validators (LE-171).
    public static AccountId council(SignerSet signers) {
        CborWriter writer = new CborWriter();
        signers.write(writer);
        return hashed(COUNCIL, writer.toBytes());
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

    private static AccountId hashed(String tag, byte[] content) {
        byte[] hash = Sha256.of(tag.getBytes(StandardCharsets.UTF_8), content).toBytes();
        return new AccountId(ByteString.of(hash, 0, LENGTH));
    }
}
