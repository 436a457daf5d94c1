package mitoyen.ledger.energy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
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
                    MerkleMap.empty(DayProposal::toCbor),
                    MerkleMap.empty(OpenClaim::toCbor),
                    Collections.emptySortedSet());

    private static final int DEPTH = 3;
    private static final int LONGEST_TEXT = 64;

    private final MerkleMap<Community> communities;
    private final MerkleMap<SettledDay> days;
    private final MerkleMap<ClaimedMonth> months;
    private final MerkleMap<DayProposal> proposals;
    private final MerkleMap<OpenClaim> openClaims;

    /// Follows from the communities, and so has no part in the root.
    private final SortedSet<AccountId> clearings;

    private EnergyState(
            MerkleMap<Community> communities,
            MerkleMap<SettledDay> days,
            MerkleMap<ClaimedMonth> months,
            MerkleMap<DayProposal> proposals,
            MerkleMap<OpenClaim> openClaims,
            SortedSet<AccountId> clearings) {
        this.communities = communities;
        this.days = days;
        this.months = months;
        this.proposals = proposals;
        this.openClaims = openClaims;
        this.clearings = clearings;
    }

    /// What these entries are together, each map by [its keys][Community#key()].
    public static EnergyState of(
            MerkleMap<Community> communities,
            MerkleMap<SettledDay> days,
            MerkleMap<ClaimedMonth> months,
            MerkleMap<DayProposal> proposals,
            MerkleMap<OpenClaim> openClaims) {
        SortedSet<AccountId> clearings = new TreeSet<>();
        communities.forEach((_, community) -> clearings.add(community.clearing()));
        return new EnergyState(
                communities,
                days,
                months,
                proposals,
                openClaims,
                Collections.unmodifiableSortedSet(clearings));
    }

    /// The communities, by id.
    public MerkleMap<Community> communities() {
        return communities;
    }

    /// The last settlements, by community and day.
    public MerkleMap<SettledDay> days() {
        return days;
    }

    /// The last claims, by community and month.
    public MerkleMap<ClaimedMonth> months() {
        return months;
    }

    /// What settlers proposed and did not agree on yet, by community, day and proposer.
    public MerkleMap<DayProposal> proposals() {
        return proposals;
    }

    /// The claims that wait for objections, by community, month and proposer.
    public MerkleMap<OpenClaim> openClaims() {
        return openClaims;
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

    /// What a settler proposed for a day.
    public Optional<DayProposal> findProposal(String community, LocalDate day, AccountId proposer) {
        return proposals.find(key(community, day.toString(), proposer));
    }

    /// All that is proposed for a day, by proposer.
    public List<DayProposal> listProposals(Community community, LocalDate day) {
        return community.settlers().stream()
                .flatMap(settlers -> settlers.accounts().stream())
                .flatMap(settler -> findProposal(community.id(), day, settler).stream())
                .toList();
    }

    /// What a settler claims for a month.
    public Optional<OpenClaim> findOpenClaim(String community, String month, AccountId proposer) {
        return openClaims.find(key(community, month, proposer));
    }

    /// All claims that wait for a month, by proposer.
    public List<OpenClaim> listOpenClaims(Community community, String month) {
        return community.settlers().stream()
                .flatMap(settlers -> settlers.accounts().stream())
                .flatMap(settler -> findOpenClaim(community.id(), month, settler).stream())
                .toList();
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
                communities.put(community.key(), community),
                days,
                months,
                proposals,
                openClaims,
                Collections.unmodifiableSortedSet(more));
    }

    EnergyState with(SettledDay settled) {
        return new EnergyState(
                communities,
                days.put(settled.key(), settled),
                months,
                proposals,
                openClaims,
                clearings);
    }

    EnergyState with(ClaimedMonth claimed) {
        return new EnergyState(
                communities,
                days,
                months.put(claimed.key(), claimed),
                proposals,
                openClaims,
                clearings);
    }

    EnergyState with(DayProposal proposal) {
        return withProposals(proposals.put(proposal.key(), proposal));
    }

    EnergyState without(DayProposal proposal) {
        return withProposals(proposals.remove(proposal.key()));
    }

    EnergyState with(OpenClaim claim) {
        return withOpenClaims(openClaims.put(claim.key(), claim));
    }

    /// Without what a settler claims for a month.
    EnergyState withoutClaim(String community, String month, AccountId proposer) {
        return withOpenClaims(openClaims.remove(key(community, month, proposer)));
    }

    /// The key of what a settler proposed of a day or a month.
    static ByteString key(String community, String when, AccountId proposer) {
        byte[] text = (community + "/" + when + "/").getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(text, text.length + AccountId.LENGTH);
        proposer.bytes().copyTo(bytes, text.length);
        return ByteString.of(bytes);
    }

    private EnergyState withProposals(MerkleMap<DayProposal> changed) {
        return new EnergyState(communities, days, months, changed, openClaims, clearings);
    }

    private EnergyState withOpenClaims(MerkleMap<OpenClaim> changed) {
        return new EnergyState(communities, days, months, proposals, changed, clearings);
    }

    /// No id, day or month holds a slash, so that no two entries have one key.
    private static ByteString key(String... parts) {
        return ByteString.utf8(String.join("/", parts));
    }

    /// A community.
    ///
    /// @param settler whose signature its settlements need
    /// @param claims in which asset its members owe each other
    /// @param clearing the account between all claims, always at 0
    /// @param communityAccount what the community collects and pays
    /// @param networkOperatorAccount what the grid operator is owed
    /// @param settlers whose word settles its days and months, where it is not one key's
    public record Community(
            String id,
            SignerKey settler,
            Asset claims,
            AccountId clearing,
            AccountId communityAccount,
            AccountId networkOperatorAccount,
            Optional<Settlers> settlers) {
        /// The bytes that stand for it in the state (LE-56).
        public byte[] toCbor() {
            CborWriter writer = new CborWriter().map(settlers.isPresent() ? 7 : 6);
            writer.key("id").text(id);
            writer.key("claims").text(claims.code());
            writer.key("settler").bytes(settler.bytes());
            writer.key("clearing").bytes(clearing.bytes());
            settlers.ifPresent(each -> each.write(writer.key("settlers")));
            writer.key("community-account").bytes(communityAccount.bytes());
            writer.key("network-operator-account").bytes(networkOperatorAccount.bytes());
            return writer.toBytes();
        }

        /// What [#toCbor] wrote.
        ///
        /// @throws CborException if the bytes are no community
        public static Community fromCbor(byte[] bytes) throws CborException {
            CborReader reader = new CborReader(bytes, DEPTH);
            reader.beginMap();
            String id = reader.key("id").text(LONGEST_TEXT);
            Asset claims = Fields.asset(reader.key("claims"));
            SignerKey settler = Fields.key(reader.key("settler"));
            AccountId clearing = Fields.account(reader.key("clearing"));
            Optional<Settlers> settlers =
                    reader.optionalKey("settlers")
                            ? Optional.of(Settlers.read(reader))
                            : Optional.empty();
            AccountId community = Fields.account(reader.key("community-account"));
            AccountId operator = Fields.account(reader.key("network-operator-account"));
            reader.endMap();
            reader.end();
            return new Community(id, settler, claims, clearing, community, operator, settlers);
        }

        /// The key that it stands under in the state (LE-56).
        public ByteString key() {
            return EnergyState.key(id);
        }
    }

    /// The last settlement of a day.
    ///
    /// @param readings the root over the readings
    /// @param allocations the root over the allocations, by which a later settlement names this one
    /// @param terms commitment to the terms it was settled under
    public record SettledDay(
            String community, LocalDate day, Digest readings, Digest allocations, Digest terms) {
        /// The bytes that stand for it in the state (LE-56).
        public byte[] toCbor() {
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

        /// What [#toCbor] wrote.
        ///
        /// @throws CborException if the bytes are no settled day
        public static SettledDay fromCbor(byte[] bytes) throws CborException {
            CborReader reader = new CborReader(bytes, DEPTH);
            reader.beginMap();
            LocalDate day = Fields.day(reader.key("day"));
            Digest terms = Fields.digest(reader.key("terms"));
            Digest readings = Fields.digest(reader.key("readings"));
            String community = reader.key("community").text(LONGEST_TEXT);
            Digest allocations = Fields.digest(reader.key("allocations"));
            reader.endMap();
            reader.end();
            return new SettledDay(community, day, readings, allocations, terms);
        }

        /// The key that it stands under in the state (LE-56).
        public ByteString key() {
            return EnergyState.key(community, day.toString());
        }
    }

    /// A month of which a day is settled.
    ///
    /// @param month such as `2025-10`
    /// @param number the number of its last claim; 0 before the first
    /// @param through the height of the last block that this claim covers; 0 before the first
    public record ClaimedMonth(String community, String month, int number, long through) {
        /// The bytes that stand for it in the state (LE-56).
        public byte[] toCbor() {
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

        /// What [#toCbor] wrote.
        ///
        /// @throws CborException if the bytes are no claimed month
        public static ClaimedMonth fromCbor(byte[] bytes) throws CborException {
            CborReader reader = new CborReader(bytes, DEPTH);
            reader.beginMap();
            String month = reader.key("month").text(LONGEST_TEXT);
            int number = (int) reader.key("number").unsigned(Integer.MAX_VALUE);
            long through = reader.key("through").unsigned(Long.MAX_VALUE);
            String community = reader.key("community").text(LONGEST_TEXT);
            reader.endMap();
            reader.end();
            return new ClaimedMonth(community, month, number, through);
        }

        /// The key that it stands under in the state (LE-56).
        public ByteString key() {
            return EnergyState.key(community, month);
        }
    }
}
