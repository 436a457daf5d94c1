package mitoyen.ledger.account;

import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;

/// What an asset is (LE-110). Set when it is created, for good.
///
/// @param asset its code
/// @param step what every amount is a multiple of: 10,000 for whole cents, 1 for anything, above 0
/// @param cap the most that may be out at a time, minted and not burnt; 0 for an asset that is
///   never minted, such as claims between members
/// @param owing how far below zero an account may go that has no [Limit] of its own, at least 0
/// @param issuer who mints and burns it, and sets limits
/// @param verifyAbove the amount above which a passkey must have verified its user
/// @param purpose what it is for: the hash of a text that is published elsewhere
public record AssetTerms(
        Asset asset,
        Amount step,
        Amount cap,
        Amount owing,
        AccountId issuer,
        Amount verifyAbove,
        Digest purpose) {
    private static final int DEPTH = 1;

    /// Whether the numbers make sense.
    public boolean isValid() {
        return step.units() > 0
                && cap.units() >= 0
                && owing.units() >= 0
                && verifyAbove.units() >= 0;
    }

    /// Writes the one encoding.
    public void write(CborWriter writer) {
        writer.map(7);
        writer.key("cap").integer(cap.units());
        writer.key("code").text(asset.code());
        writer.key("step").integer(step.units());
        writer.key("owing").integer(owing.units());
        writer.key("issuer").bytes(issuer.bytes());
        writer.key("purpose").bytes(purpose.bytes());
        writer.key("verify-above").integer(verifyAbove.units());
    }

    /// Reads the fields that [#write] wrote, in a map that is open.
    ///
    /// @throws CborException if they are no asset's
    public static AssetTerms readFields(CborReader reader) throws CborException {
        Amount cap = Fields.amount(reader.key("cap"));
        Asset asset = Fields.asset(reader.key("code"));
        Amount step = Fields.amount(reader.key("step"));
        Amount owing = Fields.amount(reader.key("owing"));
        AccountId issuer = Fields.account(reader.key("issuer"));
        Digest purpose = Fields.digest(reader.key("purpose"));
        Amount verifyAbove = Fields.amount(reader.key("verify-above"));
        return new AssetTerms(asset, step, cap, owing, issuer, verifyAbove, purpose);
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws CborException if it is no asset
    public static AssetTerms read(CborReader reader) throws CborException {
        reader.beginMap();
        AssetTerms read = readFields(reader);
        reader.endMap();
        return read;
    }

    /// The key that it stands under in the state (LE-104).
    public ByteString key() {
        return asset.key();
    }

    /// The bytes that stand for it in the state's root (LE-104).
    public byte[] toCbor() {
        CborWriter writer = new CborWriter();
        write(writer);
        return writer.toBytes();
    }

    /// What [#toCbor] wrote.
    ///
    /// @throws CborException if the bytes are no asset
    public static AssetTerms fromCbor(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        AssetTerms terms = read(reader);
        reader.end();
        return terms;
    }
}
