package mitoyen.ledger.machine;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountLimits;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.LocalDayTable;

/// The limits that a ledger is born with (LE-51, LE-151).
///
/// Under the rules of version 1, those of traffic, accounts and passkeys say nothing.
///
/// @param transactionBytes the most bytes that a signed transaction has
/// @param bundleBytes the most bytes that a bundle has
/// @param bundleTransactions the most transactions that a bundle has
/// @param signatures the most signatures that a transaction carries
/// @param claims the most net claims that a transaction makes
/// @param crowd how many meters a day's totals need to be published without the terms' consent
/// @param traffic how much may be sent
/// @param accounts how much an account may keep
/// @param origins the origins of sites whose passkeys count, such as `https://example.org`
/// @param localDays when the local days begin that are settled; empty where no zone is pinned
public record Parameters(
        int transactionBytes,
        int bundleBytes,
        int bundleTransactions,
        int signatures,
        int claims,
        int crowd,
        TrafficLimits traffic,
        AccountLimits accounts,
        List<String> origins,
        Optional<LocalDayTable> localDays) {
    /// What a new ledger starts with: claims of ten thousand accounts fit into a transaction.
    public static final Parameters STANDARD =
            new Parameters(
                    1_048_576,
                    4_194_304,
                    1_000,
                    8,
                    10_000,
                    10,
                    TrafficLimits.STANDARD,
                    AccountLimits.STANDARD,
                    List.of(),
                    Optional.empty());

    private static final int MOST_ENTRIES = 64;
    private static final int MOST_ORIGINS = 8;
    private static final int LONGEST_ORIGIN = 255;

    public Parameters {
        origins = List.copyOf(origins);
    }

    /// The same, with other limits of traffic.
    public Parameters with(TrafficLimits changed) {
        return new Parameters(
                transactionBytes,
                bundleBytes,
                bundleTransactions,
                signatures,
                claims,
                crowd,
                changed,
                accounts,
                origins,
                localDays);
    }

    /// The same, with other limits of accounts.
    public Parameters with(AccountLimits changed) {
        return new Parameters(
                transactionBytes,
                bundleBytes,
                bundleTransactions,
                signatures,
                claims,
                crowd,
                traffic,
                changed,
                origins,
                localDays);
    }

    /// The same, with passkeys of these sites.
    public Parameters withOrigins(List<String> changed) {
        return new Parameters(
                transactionBytes,
                bundleBytes,
                bundleTransactions,
                signatures,
                claims,
                crowd,
                traffic,
                accounts,
                changed,
                localDays);
    }

    /// The same, with local days that begin so.
    public Parameters with(LocalDayTable changed) {
        return new Parameters(
                transactionBytes,
                bundleBytes,
                bundleTransactions,
                signatures,
                claims,
                crowd,
                traffic,
                accounts,
                origins,
                Optional.of(changed));
    }

    /// Writes what version 1 knows.
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

    /// Reads what version 1 knows.
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
                transactionBytes,
                bundleBytes,
                bundleTransactions,
                signatures,
                claims,
                crowd,
                TrafficLimits.STANDARD,
                AccountLimits.STANDARD,
                List.of(),
                Optional.empty());
    }

    /// Writes all of them (version 2).
    public void writeAll(CborWriter writer) {
        writer.map(localDays.isPresent() ? 23 : 22);
        writer.key("crowd").integer(crowd);
        writer.key("lanes").integer(traffic.lanes());
        writer.key("scope").integer(accounts.scope());
        writer.key("steps").integer(traffic.steps());
        writer.key("claims").integer(claims);
        Fields.writeList(writer.key("origins"), origins, CborWriter::text);
        writer.key("pending").integer(accounts.pending());
        writer.key("signers").integer(accounts.signers());
        writer.key("guardians").integer(accounts.guardians());
        localDays.ifPresent(table -> table.write(writer.key("local-days")));
        writer.key("signatures").integer(signatures);
        writer.key("delegations").integer(accounts.delegations());
        writer.key("bucket-steps").integer(traffic.bucketSteps());
        writer.key("bundle-bytes").integer(bundleBytes);
        writer.key("bucket-millis").integer(traffic.bucketMillis());
        writer.key("pending-millis").integer(accounts.pendingMillis());
        writer.key("validity-blocks").integer(traffic.validityBlocks());
        writer.key("validity-millis").integer(traffic.validityMillis());
        writer.key("timers-per-block").integer(traffic.timersPerBlock());
        writer.key("transaction-bytes").integer(transactionBytes);
        writer.key("bundle-transactions").integer(bundleTransactions);
        writer.key("longest-delay-millis").integer(accounts.longestDelayMillis());
        writer.key("shortest-delay-millis").integer(accounts.delayMillis());
    }

    /// Reads all of them (version 2).
    ///
    /// @throws CborException if they are none
    public static Parameters readAll(CborReader reader) throws CborException {
        reader.beginMap();
        int crowd = limit(reader, "crowd");
        int lanes = some(reader, "lanes", MOST_ENTRIES);
        int scope = few(reader, "scope");
        int steps = some(reader, "steps", Integer.MAX_VALUE);
        int claims = limit(reader, "claims");
        List<String> origins =
                Fields.list(reader.key("origins"), MOST_ORIGINS, Parameters::readOrigin);
        int pending = limit(reader, "pending");
        int signers = some(reader, "signers", MOST_ENTRIES);
        int guardians = few(reader, "guardians");
        Optional<LocalDayTable> localDays =
                reader.optionalKey("local-days")
                        ? Optional.of(LocalDayTable.read(reader))
                        : Optional.empty();
        int signatures = some(reader, "signatures", Integer.MAX_VALUE);
        int delegations = few(reader, "delegations");
        int bucketSteps = some(reader, "bucket-steps", Integer.MAX_VALUE);
        int bundleBytes = some(reader, "bundle-bytes", Integer.MAX_VALUE);
        long bucketMillis = span(reader, "bucket-millis");
        long pendingMillis = span(reader, "pending-millis");
        long validityBlocks = span(reader, "validity-blocks");
        long validityMillis = span(reader, "validity-millis");
        int timersPerBlock = some(reader, "timers-per-block", Integer.MAX_VALUE);
        int transactionBytes = some(reader, "transaction-bytes", Integer.MAX_VALUE);
        int bundleTransactions = some(reader, "bundle-transactions", Integer.MAX_VALUE);
        long longestDelay = span(reader, "longest-delay-millis");
        long shortestDelay = span(reader, "shortest-delay-millis");
        reader.endMap();
        return new Parameters(
                transactionBytes,
                bundleBytes,
                bundleTransactions,
                signatures,
                claims,
                crowd,
                new TrafficLimits(
                        steps,
                        lanes,
                        validityMillis,
                        validityBlocks,
                        bucketSteps,
                        bucketMillis,
                        timersPerBlock),
                new AccountLimits(
                        signers,
                        delegations,
                        scope,
                        guardians,
                        pending,
                        pendingMillis,
                        shortestDelay,
                        longestDelay),
                origins,
                localDays);
    }

    private static int limit(CborReader reader, String key) throws CborException {
        return (int) reader.key(key).unsigned(Integer.MAX_VALUE);
    }

    private static String readOrigin(CborReader reader) throws CborException {
        int start = reader.offset();
        String origin = reader.text(LONGEST_ORIGIN);
        if (!isOrigin(origin)) {
            throw new CborException(start, "not the origin of a site");
        }
        return origin;
    }

    /// Whether a text stands in a browser's JSON as it is (LE-148): visible ASCII, since whatever
    /// is not in a host's name is written in Punycode.
    private static boolean isOrigin(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    /// A number of entries that one account keeps.
    private static int few(CborReader reader, String key) throws CborException {
        return (int) reader.key(key).unsigned(MOST_ENTRIES);
    }

    /// A number without which no transaction would ever pass and no timer fire: at least 1.
    private static int some(CborReader reader, String key, int most) throws CborException {
        return (int) positive(reader, key, most);
    }

    /// A duration or a number of blocks: at least 1, since some of them divide.
    private static long span(CborReader reader, String key) throws CborException {
        return positive(reader, key, Long.MAX_VALUE);
    }

    private static long positive(CborReader reader, String key, long most) throws CborException {
        int start = reader.key(key).offset();
        long value = reader.unsigned(most);
        if (value == 0) {
            throw new CborException(start, key + " of 0");
        }
        return value;
    }
}
