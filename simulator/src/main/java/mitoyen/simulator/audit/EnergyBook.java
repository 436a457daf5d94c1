package mitoyen.simulator.audit;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals.Committed;
import mitoyen.ledger.energy.EnergyTransaction.Totals.Published;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.proof.Digest;

/// What the energy contract must remember and answer: LE-30 to LE-40, row by row; what several
/// settlers say to each other is in [SettlersBook].
public final class EnergyBook {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    private static final BigInteger FIVE_MINUTES = BigInteger.valueOf(300_000);
    private static final BigInteger LONGEST_SPAN = BigInteger.valueOf(26 * 3_600_000L);
    private static final BigInteger CENT = BigInteger.valueOf(10_000);

    private final BookOfAccounts accounts;
    private final Undo undo;
    private final SortedMap<String, FoundCommunity> communities = new TreeMap<>();
    private final SortedMap<String, SortedMap<LocalDate, SettleDay>> days = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Month>> months = new TreeMap<>();
    private final SettlersBook settlers;

    EnergyBook(BookOfAccounts accounts, Undo undo) {
        this.undo = undo;
        this.accounts = accounts;
        this.settlers = new SettlersBook(this, undo);
    }

    /// The communities, by id.
    public SortedMap<String, FoundCommunity> communities() {
        return Collections.unmodifiableSortedMap(communities);
    }

    /// A community's settled days, each as it was settled last.
    public SortedMap<LocalDate, SettleDay> days(String community) {
        return Collections.unmodifiableSortedMap(
                days.getOrDefault(community, Collections.emptySortedMap()));
    }

    /// A community's months with a settled day.
    public SortedMap<String, Month> months(String community) {
        return Collections.unmodifiableSortedMap(
                months.getOrDefault(community, Collections.emptySortedMap()));
    }

    /// What settlers propose, and say of it.
    public SettlersBook settlers() {
        return settlers;
    }

    /// Who settles a community, where it is more than one key (LE-180).
    public Optional<Settlers> findSettlers(String community) {
        return Optional.ofNullable(communities.get(community)).flatMap(FoundCommunity::settlers);
    }

    /// What was claimed for a month.
    ///
    /// @param number of the last claim, 0 before the first
    /// @param through the block through which the last claim's settlements count
    public record Month(int number, long through) {}

    /// Under what a transaction is taken.
    ///
    /// @param height of its block
    /// @param timeMillis of its block [ms since 1970]
    /// @param signedMillis when it expires, which its sender signed [ms since 1970]
    /// @param sender its sender, if that account is open and its signers consent
    /// @param signers the keys that signed it plainly
    /// @param isFounder whether the founder consents
    /// @param issued whether assets have issuance accounts, as from version 2 on (LE-153)
    /// @param crowd how many meters a day's totals need (LE-35)
    /// @param localDays where spans must lie, if a zone is pinned (LE-154)
    record Circumstances(
            long height,
            long timeMillis,
            long signedMillis,
            Optional<AccountId> sender,
            Set<SignerKey> signers,
            boolean isFounder,
            boolean issued,
            int crowd,
            Optional<LocalDays> localDays) {
        /// The sender, of whom it is known by now that he may speak.
        AccountId settler() {
            return sender.orElseThrow();
        }
    }

    /// Why a transaction must be refused; nothing if it must be accepted, which it then is.
    OptionalInt take(Circumstances now, EnergyTransaction asked) {
        OptionalInt reason = against(now, asked).found();
        if (reason.isEmpty()) {
            enter(now, asked);
        }
        return reason;
    }

    private Reasons against(Circumstances now, EnergyTransaction asked) {
        return switch (asked) {
            case FoundCommunity founding -> against(now, founding);
            case SettleDay settlement -> against(now, settlement);
            case ClaimMonth claim -> against(now, claim);
            case AttestDay word -> settlers.against(settling(now, asked), now, word);
            case DissentDay word -> settlers.against(settling(now, asked), word);
            case AttestClaim word -> settlers.against(settling(now, asked), now, word);
            case ObjectClaim word -> settlers.against(settling(now, asked), word);
        };
    }

    private void enter(Circumstances now, EnergyTransaction asked) {
        boolean bySeveral = findSettlers(asked.community()).isPresent();
        switch (asked) {
            case FoundCommunity founding -> undo.put(communities, founding.community(), founding);
            case SettleDay settlement when bySeveral -> settlers.propose(now.settler(), settlement);
            case SettleDay settlement -> settle(settlement);
            case ClaimMonth claim when bySeveral ->
                    settlers.propose(now.settler(), claim, now.timeMillis());
            case ClaimMonth claim -> make(claim);
            case AttestDay word -> settlers.enter(now.settler(), word);
            case DissentDay word -> settlers.enter(now.settler(), word);
            case AttestClaim word -> settlers.enter(now.settler(), word);
            case ObjectClaim word -> settlers.enter(now.settler(), word);
        }
    }

    private Reasons against(Circumstances now, FoundCommunity founding) {
        Set<AccountId> own =
                new TreeSet<>(
                        List.of(
                                founding.clearing(),
                                founding.communityAccount(),
                                founding.networkOperatorAccount()));
        return new Reasons()
                .unless(1, () -> ID.matcher(founding.community()).matches())
                .unless(2, now::isFounder)
                .unless(3, () -> !communities.containsKey(founding.community()))
                .unless(4, () -> own.size() == 3)
                .unless(
                        5,
                        () ->
                                !isClearing(founding.clearing())
                                        && !(now.issued()
                                                && founding.clearing()
                                                        .equals(
                                                                accounts.issuance(
                                                                        founding.claims())))
                                        && !accounts.isUsed(founding.clearing(), founding.claims()))
                .unless(25, () -> founding.settlers().map(SettlersBook::areValid).orElse(true));
    }

    private Reasons against(Circumstances now, SettleDay settlement) {
        BigInteger start = BigInteger.valueOf(settlement.startMillis());
        BigInteger end = BigInteger.valueOf(settlement.endMillis());
        BigInteger span = end.subtract(start);
        BigInteger intervals = BigInteger.valueOf(settlement.intervals());
        Optional<Digest> last =
                Optional.ofNullable(days(settlement.community()).get(settlement.day()))
                        .map(SettleDay::allocations);
        Reasons reasons = settling(now, settlement);
        reasons.unless(8, () -> start.signum() >= 0 && isIn(span, FIVE_MINUTES, LONGEST_SPAN))
                .unless(
                        9,
                        () ->
                                intervals.signum() > 0
                                        && intervals.multiply(FIVE_MINUTES).compareTo(span) <= 0)
                .unless(
                        24,
                        () ->
                                now.localDays()
                                        .map(days -> days.hold(settlement.day(), start, end))
                                        .orElse(true))
                .unless(10, () -> mayBePublished(settlement, now.crowd()))
                .unless(11, () -> makesSense(settlement))
                .unless(12, () -> last.isEmpty() || settlement.supersedes().isPresent())
                .unless(13, () -> last.isPresent() || settlement.supersedes().isEmpty())
                .unless(14, () -> settlement.supersedes().equals(last));
        return findSettlers(settlement.community()).isPresent()
                ? settlers.against(reasons, now, settlement)
                : reasons;
    }

    /// Whether a claim is on the account from which its asset is issued (LE-153).
    boolean isOnIssuance(EnergyTransaction asked) {
        return asked instanceof ClaimMonth claim
                && communities.containsKey(claim.community())
                && claim.claims().stream()
                        .anyMatch(each -> each.account().equals(issuance(claim.community())));
    }

    private AccountId issuance(String community) {
        return accounts.issuance(
                Optional.ofNullable(communities.get(community)).orElseThrow().claims());
    }

    private Reasons against(Circumstances now, ClaimMonth claim) {
        List<Claim> claims = claim.claims();
        Optional<Month> month = Optional.ofNullable(months(claim.community()).get(claim.month()));
        Reasons reasons = settling(now, claim);
        reasons.unless(15, () -> rises(claims))
                .unless(16, () -> claims.stream().noneMatch(each -> amount(each).signum() == 0))
                .unless(
                        17,
                        () ->
                                claims.stream()
                                        .allMatch(each -> amount(each).mod(CENT).signum() == 0))
                .unless(18, () -> claims.stream().noneMatch(each -> isClearing(each.account())))
                .unless(19, () -> sum(claims).signum() == 0)
                .unless(20, month::isPresent)
                .unless(21, () -> claim.number() - 1L == month.orElseThrow().number())
                .unless(
                        22,
                        () ->
                                claim.through() > month.orElseThrow().through()
                                        && claim.through() < now.height())
                .unless(23, () -> hasRoomFor(claim));
        return findSettlers(claim.community()).isPresent()
                ? settlers.against(reasons, now, claim)
                : reasons;
    }

    /// The first rows of whatever is for those who settle.
    private Reasons settling(Circumstances now, EnergyTransaction asked) {
        Optional<FoundCommunity> known = Optional.ofNullable(communities.get(asked.community()));
        return new Reasons()
                .unless(6, known::isPresent)
                .unless(7, () -> maySettle(now, known.orElseThrow()));
    }

    /// Whether it is the one key that settles a community, or one of its settlers.
    private static boolean maySettle(Circumstances now, FoundCommunity community) {
        return community
                .settlers()
                .map(several -> now.sender().filter(several.accounts()::contains).isPresent())
                .orElseGet(() -> now.signers().contains(community.settler()));
    }

    /// Why claims that waited cannot be made any more.
    Optional<Ending> findObstacle(ClaimMonth claim) {
        if (claim.claims().stream().anyMatch(each -> isClearing(each.account()))) {
            return Optional.of(Ending.CLAIMS_BROKEN);
        }
        return hasRoomFor(claim) ? Optional.empty() : Optional.of(Ending.CLAIMS_WITHOUT_ROOM);
    }

    private boolean mayBePublished(SettleDay settlement, int crowd) {
        return switch (settlement.totals()) {
            case Committed _ -> true;
            case Published totals -> totals.agreed() || totals.meters() >= crowd;
        };
    }

    private static boolean makesSense(SettleDay settlement) {
        return switch (settlement.totals()) {
            case Committed _ -> true;
            case Published totals -> {
                BigInteger allocated = BigInteger.valueOf(totals.allocated().mWh());
                BigInteger sold = BigInteger.valueOf(totals.sold().mWh());
                BigInteger rounding =
                        BigInteger.valueOf(totals.meters() + 2L)
                                .multiply(BigInteger.valueOf(settlement.intervals()));
                yield totals.meters() > 0
                        && isIn(
                                allocated,
                                BigInteger.ZERO,
                                BigInteger.valueOf(totals.consumption().mWh()))
                        && isIn(
                                sold,
                                BigInteger.ZERO,
                                BigInteger.valueOf(totals.production().mWh()))
                        && sold.subtract(allocated).abs().shiftLeft(1).compareTo(rounding) <= 0;
            }
        };
    }

    private static boolean rises(List<Claim> claims) {
        List<AccountId> order = claims.stream().map(Claim::account).toList();
        return order.equals(order.stream().distinct().sorted().toList());
    }

    private boolean hasRoomFor(ClaimMonth claim) {
        BigInteger moving =
                claim.claims().stream()
                        .map(each -> amount(each).abs())
                        .reduce(BigInteger.ZERO, BigInteger::add);
        FoundCommunity community = communities.get(claim.community());
        return community != null && accounts.hasRoomFor(community.claims(), moving);
    }

    /// A day is settled, or settled anew.
    void settle(SettleDay settlement) {
        undo.put(
                days.computeIfAbsent(settlement.community(), _ -> new TreeMap<>()),
                settlement.day(),
                settlement);
        SortedMap<String, Month> claimed =
                months.computeIfAbsent(settlement.community(), _ -> new TreeMap<>());
        String month = settlement.day().toString().substring(0, 7);
        if (!claimed.containsKey(month)) {
            undo.put(claimed, month, new Month(0, 0));
        }
    }

    /// A month's claims become transfers.
    void make(ClaimMonth claim) {
        undo.put(
                months.computeIfAbsent(claim.community(), _ -> new TreeMap<>()),
                claim.month(),
                new Month(claim.number(), claim.through()));
        FoundCommunity community =
                Optional.ofNullable(communities.get(claim.community())).orElseThrow();
        for (Claim each : claim.claims()) {
            BigInteger amount = amount(each);
            if (amount.signum() > 0) {
                accounts.transfer(community.claims(), community.clearing(), each.account(), amount);
            } else {
                accounts.transfer(
                        community.claims(), each.account(), community.clearing(), amount.negate());
            }
        }
    }

    boolean isClearing(AccountId account) {
        for (FoundCommunity community : communities.values()) {
            if (community.clearing().equals(account)) {
                return true;
            }
        }
        return false;
    }

    private static BigInteger amount(Claim claim) {
        return BigInteger.valueOf(claim.amount().micros());
    }

    private static BigInteger sum(List<Claim> claims) {
        return claims.stream().map(EnergyBook::amount).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static boolean isIn(BigInteger value, BigInteger least, BigInteger most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }
}
