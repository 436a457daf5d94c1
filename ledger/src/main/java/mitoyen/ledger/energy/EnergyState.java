package mitoyen.ledger.energy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;

/// What the energy contract remembers: communities, the last settlement of each of their days, and
/// what was claimed for each month (LE-31). Immutable.
public final class EnergyState {
    /// No community yet.
    public static final EnergyState NONE =
            new EnergyState(
                    MerkleMap.empty(Community::toCbor),
                    MerkleMap.empty(SettledDay::toCbor),
                    MerkleMap.empty(ClaimedMonth::toCbor),
                    Collections.emptySortedSet());

    private final MerkleMap<Community> communities;
    private final MerkleMap<SettledDay> days;
    private final MerkleMap<ClaimedMonth> months;

    /// Follows from the communities, and so has no part in the root.
    private final SortedSet<AccountId> clearings;

    private EnergyState(
            MerkleMap<Community> communities,
            MerkleMap<SettledDay> days,
            MerkleMap<ClaimedMonth> months,
            SortedSet<AccountId> clearings) {
        this.communities = communities;
        this.days = days;
        this.months = months;
        this.clearings = clearings;
    }

    /// The community with an id.
    public Optional<Community> findCommunity(String community) {
        return communities.find(key(community));
    }

    /// The last settlement of a community's day.
    public Optional<SettledDay> findDay(String community, LocalDate day) {
        return days.find(key(community, day.toString()));
    }

    /// What was settled and claimed of a community's month, such as `2025-10`.
    public Optional<ClaimedMonth> findMonth(String community, String month) {
        return months.find(key(community, month));
    }

    /// Whether an account is the clearing account of some community.
    public boolean isClearing(AccountId account) {
        return clearings.contains(account);
    }

    /// The root over all communities (LE-56).
    public Digest communitiesRoot() {
        return communities.root();
    }

    /// The root over all settled days (LE-56).
    public Digest daysRoot() {
        return days.root();
    }

    /// The root over all months (LE-56).
    public Digest monthsRoot() {
        return months.root();
    }

    EnergyState with(Community community) {
        SortedSet<AccountId> more = new TreeSet<>(clearings);
        more.add(community.clearing());
        return new EnergyState(
                communities.put(key(community.id()), community),
                days,
                months,
                Collections.unmodifiableSortedSet(more));
    }

    EnergyState with(SettledDay settled) {
        ByteString key = key(settled.community(), settled.day().toString());
        return new EnergyState(communities, days.put(key, settled), months, clearings);
    }

    EnergyState with(ClaimedMonth claimed) {
        ByteString key = key(claimed.community(), claimed.month());
        return new EnergyState(communities, days, months.put(key, claimed), clearings);
    }

    /// No id, day or month holds a slash, so that no two entries have one key.
    private static ByteString key(String... parts) {
        return ByteString.of(String.join("/", parts).getBytes(StandardCharsets.UTF_8));
    }

    /// A community.
    ///
    /// @param settler whose signature its settlements need
    /// @param claims in which asset its members owe each other
    /// @param clearing the account between all claims, always at 0
    /// @param communityAccount what the community collects and pays
    /// @param networkOperatorAccount what the grid operator is owed
    public record Community(
            String id,
            SignerKey settler,
            Asset claims,
            AccountId clearing,
            AccountId communityAccount,
            AccountId networkOperatorAccount) {
        byte[] toCbor() {
            return new CborWriter()
                    .map(6)
                    .key("id")
                    .text(id)
                    .key("claims")
                    .text(claims.code())
                    .key("settler")
                    .bytes(settler.bytes())
                    .key("clearing")
                    .bytes(clearing.bytes())
                    .key("community-account")
                    .bytes(communityAccount.bytes())
                    .key("network-operator-account")
                    .bytes(networkOperatorAccount.bytes())
                    .toBytes();
        }
    }

    /// The last settlement of a day.
    ///
    /// @param readings the root over the readings
    /// @param allocations the root over the allocations, by which a later settlement names this one
    /// @param terms commitment to the terms it was settled under
    public record SettledDay(
            String community, LocalDate day, Digest readings, Digest allocations, Digest terms) {
        byte[] toCbor() {
            return new CborWriter()
                    .map(5)
                    .key("day")
                    .text(day.toString())
                    .key("terms")
                    .bytes(terms.bytes())
                    .key("readings")
                    .bytes(readings.bytes())
                    .key("community")
                    .text(community)
                    .key("allocations")
                    .bytes(allocations.bytes())
                    .toBytes();
        }
    }

    /// A month of which a day is settled.
    ///
    /// @param month such as `2025-10`
    /// @param number the number of its last claim; 0 before the first
    /// @param through the height of the last block that this claim covers; 0 before the first
    public record ClaimedMonth(String community, String month, int number, long through) {
        byte[] toCbor() {
            return new CborWriter()
                    .map(4)
                    .key("month")
                    .text(month)
                    .key("number")
                    .integer(number)
                    .key("through")
                    .integer(through)
                    .key("community")
                    .text(community)
                    .toBytes();
        }
    }
}
