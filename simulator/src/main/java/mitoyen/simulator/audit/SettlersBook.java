package mitoyen.simulator.audit;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.Objection;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.proof.Digest;
import mitoyen.simulator.audit.EnergyBook.Circumstances;

/// What settlers propose, what they say of it, and what comes of that: LE-180 to LE-188 and LE-196.
/// The rows that are only for them are here; those that hold for every settlement and every claim
/// are in [EnergyBook].
public final class SettlersBook {
    private static final BigInteger LONGEST_WAIT = BigInteger.valueOf(31_622_400_000L);
    private static final BigInteger REACH = BigInteger.valueOf(158_112_000_000L);
    private static final int MOST_SETTLERS = 16;
    private static final int MOST_CLAIMS = 16_384;

    private final EnergyBook energy;
    private final Undo undo;
    private final Matters<SettleDay> days;
    private final Matters<ClaimMonth> months;
    private final SortedMap<Ending, Long> endings = new TreeMap<>();

    SettlersBook(EnergyBook energy, Undo undo) {
        this.energy = energy;
        this.undo = undo;
        this.days = new Matters<>(undo);
        this.months = new Matters<>(undo);
    }

    /// The settlements that wait for a quorum, by day.
    public Matters<SettleDay> proposals() {
        return days;
    }

    /// The claims that wait for objections or for a quorum, by month.
    public Matters<ClaimMonth> claims() {
        return months;
    }

    /// What came of all that was ever proposed.
    public Map<Ending, Long> endings() {
        return endings.isEmpty() ? Map.of() : new EnumMap<>(endings);
    }

    /// What a settlement is about.
    public static String where(SettleDay settlement) {
        return where(settlement.community(), settlement.day());
    }

    /// What claims are about.
    public static String where(ClaimMonth claim) {
        return where(claim.community(), claim.month());
    }

    private static String where(String community, Object when) {
        return community + "/" + when;
    }

    /// The key of what waits in the ledger's state (LE-182, LE-185), and in a timer's name.
    static ByteString key(String where, AccountId proposer) {
        return ByteString.concat(ByteString.utf8(where + "/"), proposer.bytes());
    }

    /// Whether a community can have these settlers (LE-180).
    static boolean areValid(Settlers settlers) {
        List<AccountId> accounts = settlers.accounts();
        BigInteger wait = BigInteger.valueOf(settlers.objectionMillis());
        return !accounts.isEmpty()
                && accounts.size() <= MOST_SETTLERS
                && accounts.equals(List.copyOf(new TreeSet<>(accounts)))
                && settlers.quorum() > 0
                && settlers.quorum() <= accounts.size()
                && wait.signum() >= 0
                && wait.compareTo(LONGEST_WAIT) <= 0;
    }

    /// The rows behind those of LE-40, for a settlement that is a proposal.
    Reasons against(Reasons before, Circumstances now, SettleDay settlement) {
        BigInteger signed = BigInteger.valueOf(now.signedMillis());
        BigInteger first = BigInteger.valueOf(settlement.startMillis());
        BigInteger last = BigInteger.valueOf(settlement.endMillis());
        return before.unless(
                        26,
                        () ->
                                days.find(where(settlement), now.settler(), Naming.of(settlement))
                                        .isEmpty())
                .unless(
                        32,
                        () ->
                                settlement.supersedes().isPresent()
                                        || (last.compareTo(signed) <= 0
                                                && signed.subtract(first).compareTo(REACH) <= 0));
    }

    /// The rows behind those of LE-40, for claims that are to wait.
    Reasons against(Reasons before, Circumstances now, ClaimMonth claim) {
        return before.unless(
                        26,
                        () -> months.find(where(claim), now.settler(), Naming.of(claim)).isEmpty())
                .unless(31, () -> claim.claims().size() <= MOST_CLAIMS);
    }

    /// The rows behind 7.
    Reasons against(Reasons before, Circumstances now, AttestDay asked) {
        Optional<Matter<SettleDay>> found = find(asked);
        return before.unless(27, found::isPresent)
                .unless(
                        28,
                        () ->
                                asked.kind() == SettledRoot.READINGS
                                        || isQuorum(
                                                asked.community(),
                                                found.orElseThrow()
                                                        .attesting(SettledRoot.READINGS)))
                .unless(29, () -> !found.orElseThrow().word(now.settler()).attests(asked.kind()));
    }

    /// The rows behind 7.
    Reasons against(Reasons before, DissentDay asked) {
        Optional<SettleDay> found =
                days.find(where(asked.community(), asked.day()), asked.proposer(), asked.proposal())
                        .map(Matter::asked);
        return before.unless(27, found::isPresent)
                .unless(30, () -> !root(found.orElseThrow(), asked.kind()).equals(asked.root()));
    }

    /// The rows behind 7.
    Reasons against(Reasons before, Circumstances now, AttestClaim asked) {
        Optional<Matter<ClaimMonth>> found =
                months.find(
                        where(asked.community(), asked.month()), asked.proposer(), asked.claim());
        return before.unless(27, found::isPresent)
                .unless(29, () -> !found.orElseThrow().word(now.settler()).whole());
    }

    /// The rows behind 7.
    Reasons against(Reasons before, ObjectClaim asked) {
        return before.unless(
                        27,
                        () ->
                                months.find(
                                                where(asked.community(), asked.month()),
                                                asked.proposer(),
                                                asked.claim())
                                        .isPresent())
                .unless(30, () -> !asked.root().equals(asked.claim()));
    }

    /// A settlement waits for a quorum, instead of what its settler proposed before.
    void propose(AccountId settler, SettleDay settlement) {
        String where = where(settlement);
        if (days.find(where, settler).isPresent()) {
            count(Ending.PROPOSAL_REPLACED, 1);
        }
        days.put(where, Matter.of(settler, settlement, Naming.of(settlement), 0));
    }

    /// Claims wait for objections, instead of what their settler claimed before.
    void propose(AccountId settler, ClaimMonth claim, long timeMillis) {
        String where = where(claim);
        if (months.find(where, settler).isPresent()) {
            count(Ending.CLAIMS_REPLACED, 1);
        }
        long due = timeMillis + settlers(claim.community()).objectionMillis();
        months.put(where, Matter.of(settler, claim, Naming.of(claim), due));
    }

    /// With the quorum's last attestation of the allocations the day is settled (LE-183).
    void enter(AccountId settler, AttestDay asked) {
        SettledRoot kind = asked.kind();
        String where = where(asked.community(), asked.day());
        Matter<SettleDay> after =
                days.say(where, asked.proposer(), settler, word -> word.attesting(kind));
        if (kind == SettledRoot.ALLOCATIONS && isQuorum(asked.community(), after.attesting(kind))) {
            count(Ending.PROPOSAL_OUTRUN, days.removeAll(where) - 1);
            energy.settle(after.asked());
            count(Ending.DAY_SETTLED, 1);
        }
    }

    void enter(AccountId settler, DissentDay asked) {
        Objection dissent =
                new Objection(settler, Optional.of(asked.kind()), asked.root(), asked.index());
        days.say(
                where(asked.community(), asked.day()),
                asked.proposer(),
                settler,
                word -> word.objecting(dissent));
    }

    /// What was held is made once nobody objects, or a quorum attested it (LE-186).
    void enter(AccountId settler, AttestClaim asked) {
        Matter<ClaimMonth> after =
                months.say(
                        where(asked.community(), asked.month()),
                        asked.proposer(),
                        settler,
                        word -> word.attesting(SettledRoot.ALLOCATIONS));
        if (after.held() && mayBeMade(after)) {
            make(after, Ending.CLAIMS_MADE_LATE);
        }
    }

    /// If those who do not object are no quorum, the claims go at once (LE-187).
    void enter(AccountId settler, ObjectClaim asked) {
        Objection objection = new Objection(settler, Optional.empty(), asked.root(), asked.index());
        Matter<ClaimMonth> after =
                months.say(
                        where(asked.community(), asked.month()),
                        asked.proposer(),
                        settler,
                        word -> word.objecting(objection));
        Settlers all = settlers(asked.community());
        if (all.accounts().size() - after.objections().size() < all.quorum()) {
            drop(after, Ending.CLAIMS_OBJECTED);
        }
    }

    /// The wait of a settler's claims is over (LE-186).
    ///
    /// @return whether their timer fires: it does unless they went before it
    boolean pass(String where, AccountId proposer) {
        Optional<Matter<ClaimMonth>> found = months.find(where, proposer);
        found.ifPresent(waiting -> {
            if (waiting.objections().isEmpty()) {
                make(waiting, Ending.CLAIMS_MADE);
            } else if (mayBeMade(waiting)) {
                make(waiting, Ending.CLAIMS_MADE_BY_QUORUM);
            } else {
                months.put(where, waiting.hold());
                count(Ending.CLAIMS_HELD, 1);
            }
        });
        return found.isPresent();
    }

    private boolean mayBeMade(Matter<ClaimMonth> waiting) {
        return waiting.objections().isEmpty()
                || isQuorum(
                        waiting.asked().community(), waiting.attesting(SettledRoot.ALLOCATIONS));
    }

    /// Makes claims, unless they must be dropped instead.
    private void make(Matter<ClaimMonth> waiting, Ending ending) {
        Optional<Ending> obstacle = energy.findObstacle(waiting.asked());
        if (obstacle.isPresent()) {
            drop(waiting, obstacle.get());
            return;
        }
        count(Ending.CLAIMS_OUTRUN, months.removeAll(where(waiting.asked())) - 1);
        energy.make(waiting.asked());
        count(ending, 1);
    }

    private void drop(Matter<ClaimMonth> waiting, Ending ending) {
        months.remove(where(waiting.asked()), waiting.proposer());
        count(ending, 1);
    }

    private static Digest root(SettleDay settlement, SettledRoot kind) {
        return switch (kind) {
            case READINGS -> settlement.readings();
            case ALLOCATIONS -> settlement.allocations();
        };
    }

    private Optional<Matter<SettleDay>> find(AttestDay asked) {
        return days.find(where(asked.community(), asked.day()), asked.proposer(), asked.proposal());
    }

    private boolean isQuorum(String community, List<AccountId> agreeing) {
        return agreeing.size() >= settlers(community).quorum();
    }

    private Settlers settlers(String community) {
        return energy.findSettlers(community).orElseThrow();
    }

    private void count(Ending ending, int times) {
        if (times > 0) {
            undo.put(endings, ending, endings.getOrDefault(ending, 0L) + times);
        }
    }
}
