package mitoyen.ledger.machine;

import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// The limits that a ledger is born with (LE-51).
///
/// @param transactionBytes the most bytes that a signed transaction has
/// @param bundleBytes the most bytes that a bundle has
/// @param bundleTransactions the most transactions that a bundle has
/// @param signatures the most signatures that a transaction carries
/// @param claims the most net claims that a transaction makes
/// @param crowd how many meters a day's totals need to be published without the terms' consent
public record Parameters(
        int transactionBytes,
        int bundleBytes,
        int bundleTransactions,
        int signatures,
        int claims,
        int crowd) {
    /// What a new ledger starts with: claims of ten thousand accounts fit into a transaction.
    public static final Parameters STANDARD =
            new Parameters(1_048_576, 4_194_304, 1_000, 8, 10_000, 10);

    CborWriter write(CborWriter writer) {
        return writer.map(6)
                .key("crowd")
                .integer(crowd)
                .key("claims")
                .integer(claims)
                .key("signatures")
                .integer(signatures)
                .key("bundle-bytes")
                .integer(bundleBytes)
                .key("transaction-bytes")
                .integer(transactionBytes)
                .key("bundle-transactions")
                .integer(bundleTransactions);
    }

    static Parameters read(CborReader reader) throws CborException {
        reader.beginMap();
        int crowd = limit(reader, "crowd");
        int claims = limit(reader, "claims");
        int signatures = limit(reader, "signatures");
        int bundleBytes = limit(reader, "bundle-bytes");
        int transactionBytes = limit(reader, "transaction-bytes");
        int bundleTransactions = limit(reader, "bundle-transactions");
        reader.endMap();
        return new Parameters(
                transactionBytes, bundleBytes, bundleTransactions, signatures, claims, crowd);
    }

    private static int limit(CborReader reader, String key) throws CborException {
        return (int) reader.key(key).unsigned(Integer.MAX_VALUE);
    }
}
