package mitoyen.node.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.DigestList;
import mitoyen.ledger.proof.MerkleLog;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.ledger.quantity.Money;
import mitoyen.node.books.Anchor;

/// What the blocks of a ledger say, arranged for looking up. Built from events as blocks are
/// committed, and again from the first block whenever the ledger is opened. It takes 32 bytes a
/// block, and a few hundred for each that settles something.
public final class LedgerIndex {
    private final MerkleLog blocks = new MerkleLog();
    private final DigestList roots = new DigestList();
    private final SortedMap<LocalDate, SettledEntry> days = new TreeMap<>();
    private final SortedMap<String, MonthEntry> months = new TreeMap<>();
    private final List<SettledEntry> settlements = new ArrayList<>();
    private final Predicate<FoundCommunity> ours;
    private Optional<FoundCommunity> founding = Optional.empty();
    private long lastTimeMillis;
    private int lastVersion;
    private boolean lastActivates;
    private long transactions;
    private long unexecuted;
    private long firstClaimHeight;

    /// The index of what a ledger says of one community among others.
    ///
    /// @param ours whether a community is the one that is meant
    LedgerIndex(Predicate<FoundCommunity> ours) {
        this.ours = ours;
    }

    /// A day on the ledger.
    ///
    /// @param height the block that settled it last
    /// @param revision how often it was settled before that
    /// @param settlement its last settlement
    public record SettledEntry(long height, int revision, SettleDay settlement) {}

    /// A month on the ledger.
    ///
    /// @param number the number of its last claim; 0 before the first
    /// @param height the block of that claim; 0 before the first
    /// @param through the height up to which that claim covers its days; 0 before the first
    /// @param claimed by account: what all its claims come to
    /// @param before the month as it was before that claim; empty before the first
    public record MonthEntry(
            int number,
            long height,
            long through,
            SortedMap<AccountId, Money> claimed,
            Optional<MonthEntry> before) {
        /// A month that nothing was claimed for.
        public static final MonthEntry NONE =
                new MonthEntry(0, 0, 0, new TreeMap<>(), Optional.empty());

        public MonthEntry {
            claimed = Collections.unmodifiableSortedMap(new TreeMap<>(claimed));
        }

        /// What all its claims come to for an account; empty where none named it.
        Optional<Money> findClaimed(AccountId account) {
            return Optional.ofNullable(claimed.get(account));
        }

        /// The month as it was when an account last stood at another amount, or at none.
        MonthEntry lastOther(AccountId account, Money amount) {
            boolean other = !findClaimed(account).equals(Optional.of(amount));
            return other || before.isEmpty() ? this : before.get().lastOther(account, amount);
        }
    }

    /// Adds a block.
    ///
    /// @param version the protocol version that it was executed under
    /// @param count how many transactions it holds
    /// @param activates whether one of them activates other rules
    /// @param events what came of them in the energy contract
    public void add(
            Block block, int version, long count, boolean activates, List<EnergyEvent> events) {
        lastVersion = version;
        lastActivates = activates;
        add(block.hash(), block.timeMillis());
        transactions += count;
        for (EnergyEvent event : events) {
            switch (event) {
                case EnergyEvent.CommunityFounded(FoundCommunity found) when ours.test(found) ->
                        founding = Optional.of(found);
                case EnergyEvent.DaySettled(SettleDay settlement)
                        when isOf(settlement.community()) ->
                        add(settlement, block.height());
                case EnergyEvent.MonthClaimed(ClaimMonth claim) when isOf(claim.community()) ->
                        add(claim, block.height());
                case EnergyEvent.CommunityFounded _,
                        EnergyEvent.DaySettled _,
                        EnergyEvent.MonthClaimed _,
                        EnergyEvent.DayProposed _,
                        EnergyEvent.DayAttested _,
                        EnergyEvent.DayDissented _,
                        EnergyEvent.ClaimProposed _,
                        EnergyEvent.ClaimAttested _,
                        EnergyEvent.ClaimObjected _,
                        EnergyEvent.ClaimHeld _,
                        EnergyEvent.ClaimDropped _ -> {}
            }
        }
    }

    /// Adds a block that cannot be executed, since blocks below it were pruned: its place in the
    /// ledger is known, and nothing of what it holds.
    void add(BlockHeader header) {
        add(header.hash(), header.timeMillis());
        unexecuted++;
    }

    /// How many blocks, from the first on, are known by their headers alone; 0 unless pruned.
    public long unexecuted() {
        return unexecuted;
    }

    /// The community's id.
    ///
    /// @throws IllegalStateException before the block that founds it
    public String community() {
        return founding().community();
    }

    /// The transaction that founded the community.
    ///
    /// @throws IllegalStateException before the block that founds it
    public FoundCommunity founding() {
        return findFounding().orElseThrow(() -> new IllegalStateException("not founded yet"));
    }

    /// The transaction that founded the community, once a block holds it.
    public Optional<FoundCommunity> findFounding() {
        return founding;
    }

    /// Whether an id is that of the community whose founding was found.
    public boolean isOf(String community) {
        return founding.map(found -> found.community().equals(community)).orElse(false);
    }

    /// The settled days by date.
    public SortedMap<LocalDate, SettledEntry> days() {
        return Collections.unmodifiableSortedMap(days);
    }

    /// The days that were settled up to a height, each as it was settled last by then.
    public SortedMap<LocalDate, SettledEntry> daysThrough(long height) {
        SortedMap<LocalDate, SettledEntry> through = new TreeMap<>();
        for (SettledEntry entry : settlements) {
            if (entry.height() <= height) {
                through.put(entry.settlement().day(), entry);
            }
        }
        return through;
    }

    /// The block that last settled a day or claimed a month; 0 where none did.
    public long lastChange() {
        long settled = settlements.isEmpty() ? 0 : settlements.getLast().height();
        return months.values().stream().mapToLong(MonthEntry::height).reduce(settled, Math::max);
    }

    /// A day's last settlement, if it is settled.
    public Optional<SettledEntry> findSettled(LocalDate date) {
        return Optional.ofNullable(days.get(date));
    }

    /// Whether a day is settled.
    public boolean isSettled(LocalDate date) {
        return days.containsKey(date);
    }

    /// The number that the next settlement of a day would have.
    public int nextRevision(LocalDate date) {
        return findSettled(date).map(entry -> entry.revision() + 1).orElse(0);
    }

    /// What was claimed for a month, such as `2025-10`.
    public MonthEntry month(String month) {
        return months.getOrDefault(month, MonthEntry.NONE);
    }

    /// The block of the ledger's first claim; 0 before it.
    long firstClaimHeight() {
        return firstClaimHeight;
    }

    /// The height of the last block; 0 before the first.
    public long height() {
        return roots.size();
    }

    /// The time of the last block [ms since 1970]; 0 before the first.
    public long lastTimeMillis() {
        return lastTimeMillis;
    }

    /// The protocol version that the last block was executed under; 0 before the first.
    public int lastVersion() {
        return lastVersion;
    }

    /// Whether the last block activates other rules (LE-155).
    public boolean lastActivates() {
        return lastActivates;
    }

    /// Where the ledger stands now.
    ///
    /// @throws IllegalStateException before the first block
    public Anchor anchor() {
        return new Anchor(
                height(),
                transactions,
                findRoot(height()).orElseThrow(() -> new IllegalStateException("no block yet")));
    }

    /// The root over all blocks up to a height, as an anchor of that height has it.
    public Optional<Hash> findRoot(long height) {
        return height < 1 || height > roots.size()
                ? Optional.empty()
                : Optional.of(Hash.of(roots.get(Math.toIntExact(height) - 1).toBytes()));
    }

    /// Whether a root is that of some height of this ledger.
    public boolean hasRoot(Hash root) {
        Digest sought = Digest.of(root.toBytes());
        return IntStream.range(0, roots.size()).anyMatch(i -> roots.get(i).equals(sought));
    }

    private void add(Hash block, long timeMillis) {
        blocks.append(MerkleTree.leafHash(block.toBytes()));
        roots.add(blocks.root());
        lastTimeMillis = timeMillis;
    }

    private void add(SettleDay settlement, long height) {
        LocalDate day = settlement.day();
        SettledEntry entry = new SettledEntry(height, nextRevision(day), settlement);
        days.put(day, entry);
        settlements.add(entry);
    }

    private void add(ClaimMonth claim, long height) {
        firstClaimHeight = firstClaimHeight == 0 ? height : firstClaimHeight;
        MonthEntry before = month(claim.month());
        SortedMap<AccountId, Money> claimed = new TreeMap<>(before.claimed());
        for (Claim each : claim.claims()) {
            claimed.merge(each.account(), each.amount(), Money::plus);
        }
        months.put(
                claim.month(),
                new MonthEntry(
                        claim.number(), height, claim.through(), claimed, Optional.of(before)));
    }
}
