package mitoyen.ledger.signature;

import java.util.List;
import mitoyen.ledger.cbor.ByteString;

/// The site that a passkey is bound to, as a ledger expects it (WebAuthn calls it so).
///
/// @param idHash SHA-256 of its name, such as `example.org`
/// @param origins from which pages its users sign, such as `https://ledger.example.org`: 1 to 8,
///   each 1 to 255 visible ASCII characters without quotation mark and backslash
public record RelyingParty(ByteString idHash, List<String> origins) {
    /// The length of the hash of a site's name [bytes].
    public static final int ID_HASH_LENGTH = 32;

    /// The most origins.
    public static final int MAX_ORIGINS = 8;

    /// The longest origin [characters].
    public static final int MAX_ORIGIN_LENGTH = 255;

    public RelyingParty {
        origins = List.copyOf(origins);
        if (idHash.length() != ID_HASH_LENGTH) {
            throw new IllegalArgumentException("a hash of " + idHash.length() + " bytes");
        }
        if (origins.isEmpty() || origins.size() > MAX_ORIGINS) {
            throw new IllegalArgumentException(origins.size() + " origins");
        }
        for (String origin : origins) {
            if (!isOrigin(origin)) {
                throw new IllegalArgumentException("no origin: " + origin);
            }
        }
    }

    /// Whether a text could be an origin: it stands in JSON as it is. Whatever is not ASCII in a
    /// host's name is written in Punycode.
    static boolean isOrigin(String origin) {
        return !origin.isEmpty()
                && origin.length() <= MAX_ORIGIN_LENGTH
                && origin.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }
}
