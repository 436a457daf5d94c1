package mitoyen.node.settlers;

import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.DayProposal;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.EnergyState.Community;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.energy.SettlementCodec;
import mitoyen.ledger.energy.SettlerDuty;
import mitoyen.ledger.energy.Settlers;
import mitoyen.node.settlement.Claims;
import mitoyen.node.settlement.SettlersVault;
import mitoyen.node.settlement.WatchedLedger;

/// What a settler has to say, by the ledger and by his own vault (LE-189). Settlers take turns in
/// who proposes first, so that the same is not proposed by all of them at once; whoever is silent
/// is passed over.
final class Duties {
    private static final Logger LOG = Logger.getLogger(Duties.class.getName());

    /// How long the next one waits for whoever's turn it is [ms].
    static final long TURN_MILLIS = 2_000;

    /// When what could not be read is tried again [ms].
    private static final long RETRY_MILLIS = 60_000;

    private static final Comparator<OpenClaim> OLDEST =
            Comparator.comparingLong(OpenClaim::dueMillis).thenComparing(OpenClaim::proposer);

    private final AccountId settler;

    /// Since when something waits to be proposed, by day or month [ms].
    private final SortedMap<String, Long> waitingSince = new TreeMap<>();

    /// Proposals that were dissented from in this run, by day and proposer.
    private final SortedSet<String> dissented = new TreeSet<>();

    /// Whom he waits for no more, by day and month.
    private final TakenBack takenBack = new TakenBack();

    /// Claims that were worked out, by what they depend on.
    private final SortedMap<String, Optional<ClaimMonth>> claims = new TreeMap<>();

    /// Of which days and months it was told that they cannot be read.
    private final SortedSet<String> unreadables = new TreeSet<>();

    private long nextMillis = Long.MAX_VALUE;

    Duties(AccountId settler) {
        this.settler = settler;
    }

    /// Forgets what was worked out: the vault changed.
    void forget() {
        claims.clear();
    }

    /// When there may be something to say although nothing happens [ms since 1970].
    long nextMillis() {
        return nextMillis;
    }

    /// What is to be said now, of each day and each month at most one thing; nothing where others
    /// must speak first, or the community is not founded, or he settles nothing.
    ///
    /// @param nowMillis the time now [ms since 1970]
    /// @param most how many things at most
    List<EnergyTransaction> list(
            WatchedLedger ledger, SettlersVault vault, long nowMillis, int most)
            throws IOException {
        nextMillis = Long.MAX_VALUE;
        Optional<Community> community = findCommunity(ledger);
        List<EnergyTransaction> all = new ArrayList<>();
        if (community.isEmpty()) {
            return all;
        }
        SortedSet<LocalDate> waiting = vault.listWaiting();
        SortedSet<String> months = vault.claimsThrough(ledger.index().height()).months();
        List<String> claimed =
                months.stream()
                        .filter(month ->
                                !ledger.energy().listOpenClaims(community.get(), month).isEmpty())
                        .toList();
        Saying<String> ofMonth =
                month -> ofMonth(ledger, vault, month, waiting, community.get(), nowMillis);
        Saying<LocalDate> ofDay =
                day -> ofDay(ledger.energy(), vault.settlement(day), community.get(), nowMillis);
        // Claims that wait are money that moves by a timer: they come first.
        claimed.forEach(month -> add(all, most, month, ofMonth, nowMillis));
        waiting.forEach(day -> add(all, most, day, ofDay, nowMillis));
        if (all.isEmpty()) {
            months.stream()
                    .filter(month -> !claimed.contains(month))
                    .forEach(month -> add(all, most, month, ofMonth, nowMillis));
        }
        return all;
    }

    /// Adds what is to be said of a day or a month, if there is room. What cannot be read of one
    /// holds up no other, and is tried again in a while.
    private <T> void add(
            List<EnergyTransaction> all, int most, T what, Saying<T> saying, long nowMillis) {
        if (all.size() == most) {
            return;
        }
        try {
            saying.find(what).ifPresent(all::add);
        } catch (IOException unreadable) {
            LOG.log(
                    unreadables.add(what.toString()) ? Level.WARNING : Level.FINE,
                    "nothing can be said of {0}: {1}",
                    new Object[] {what, unreadable.getClass()});
            LOG.log(Level.FINE, "nothing can be said", unreadable);
            nextMillis = Math.min(nextMillis, nowMillis + RETRY_MILLIS);
        }
    }

    /// Finds what is to be said of something.
    @FunctionalInterface
    private interface Saying<T> {
        Optional<EnergyTransaction> find(T what) throws IOException;
    }

    /// The community that this vault is of, if he is one of its settlers.
    Optional<Community> findCommunity(WatchedLedger ledger) {
        return ledger.index()
                .findFounding()
                .flatMap(founding -> ledger.energy().findCommunity(founding.community()))
                .filter(found -> found.settlers().map(each -> each.include(settler)).orElse(false));
    }

    /// His last attestation may settle the day and end all that waits for it: what he has to say
    /// against others he says before, to each proposer once in a run.
    private Optional<EnergyTransaction> ofDay(
            EnergyState state, SettleDay own, Community community, long nowMillis) {
        SettlerDuty duty = new SettlerDuty(state, settler);
        Optional<EnergyTransaction> next =
                duty.next(own, passedOver(state, own, community, nowMillis));
        if (next.isPresent()
                && next.get() instanceof AttestDay attest
                && attest.kind() == SettledRoot.ALLOCATIONS) {
            for (EnergyTransaction each : duty.listDissents(own)) {
                if (each instanceof DissentDay dissent
                        && dissented.add(dissent.day() + " " + dissent.proposer())) {
                    return Optional.of(each);
                }
            }
        }
        return next.filter(step ->
                !(step instanceof SettleDay)
                        || (isInReach(own, nowMillis)
                                && isHisTurn(
                                        own.day().toString(),
                                        own.day().toEpochDay(),
                                        community,
                                        nowMillis)));
    }

    /// Whether the ledger takes a proposal of the day (LE-196), whenever it arrives. One that is
    /// not over is looked at again when it is.
    private boolean isInReach(SettleDay own, long nowMillis) {
        if (own.endMillis() > nowMillis) {
            nextMillis = Math.min(nextMillis, own.endMillis());
        }
        return Settlers.reach(own, nowMillis)
                && Settlers.reach(own, nowMillis + Speech.VALID_MILLIS);
    }

    /// Who proposed the same and took it back. Then turns begin anew.
    private SortedSet<AccountId> passedOver(
            EnergyState state, SettleDay own, Community community, long nowMillis) {
        SortedMap<AccountId, Long> same = new TreeMap<>();
        for (DayProposal each : state.listProposals(community, own.day())) {
            if (each.settlement().equals(own) && !each.proposer().equals(settler)) {
                boolean said = each.attested(SettledRoot.READINGS).contains(settler);
                same.put(each.proposer(), said ? 1L : 0L);
            }
        }
        String what = own.day() + " " + SettlementCodec.digest(own);
        if (takenBack.look(what, same)) {
            waitingSince.put(own.day().toString(), nowMillis);
        }
        return takenBack.of(what);
    }

    /// The same of a month's claims, which wait anew with each.
    private SortedSet<AccountId> passedOver(List<OpenClaim> open, ClaimMonth own, long nowMillis) {
        SortedMap<AccountId, Long> same = new TreeMap<>();
        for (OpenClaim each : open) {
            if (each.claim().equals(own) && !each.proposer().equals(settler)) {
                same.put(each.proposer(), each.dueMillis());
            }
        }
        String what = own.month() + " " + SettlementCodec.digest(own);
        if (takenBack.look(what, same)) {
            waitingSince.put(turnOf(own), nowMillis);
        }
        return takenBack.of(what);
    }

    /// What others claim is judged by what was settled through the height that they name; of
    /// several, the one that waits longest says which.
    private Optional<EnergyTransaction> ofMonth(
            WatchedLedger ledger,
            SettlersVault vault,
            String month,
            SortedSet<LocalDate> waiting,
            Community community,
            long nowMillis)
            throws IOException {
        SettlerDuty duty = new SettlerDuty(ledger.energy(), settler);
        List<OpenClaim> open =
                ledger.energy().listOpenClaims(community, month).stream().sorted(OLDEST).toList();
        for (OpenClaim each : open) {
            Claims then = vault.claimsThrough(each.claim().through());
            if (then.isDue(month)) {
                return own(then, vault, month, each.claim().through(), each.claim().number())
                        .flatMap(own -> next(duty, own, open, community, nowMillis));
            }
        }
        for (OpenClaim each : open) {
            Optional<EnergyTransaction> objection = duty.object(each, nothingYet(each.claim()));
            if (objection.isPresent()) {
                return objection;
            }
        }
        boolean quiet =
                waiting.stream().noneMatch(day -> YearMonth.from(day).toString().equals(month));
        long height = ledger.index().height();
        Claims now = vault.claimsThrough(height);
        int number = ledger.index().month(month).number() + 1;
        return quiet && now.isDue(month)
                ? own(now, vault, month, ledger.index().lastChange(), number)
                        .flatMap(own -> next(duty, own, open, community, nowMillis))
                : Optional.empty();
    }

    private Optional<EnergyTransaction> next(
            SettlerDuty duty,
            ClaimMonth own,
            List<OpenClaim> open,
            Community community,
            long nowMillis) {
        return duty.next(own, passedOver(open, own, nowMillis))
                .filter(step ->
                        !(step instanceof ClaimMonth)
                                || isHisTurn(
                                        turnOf(own),
                                        YearMonth.parse(own.month()).getMonthValue(),
                                        community,
                                        nowMillis));
    }

    private Optional<ClaimMonth> own(
            Claims then, SettlersVault vault, String month, long through, int number)
            throws IOException {
        String key = month + " " + number + " " + through;
        Optional<ClaimMonth> known = claims.get(key);
        if (known == null) {
            known = vault.claim(then, month);
            claims.put(key, known);
        }
        return known;
    }

    private static String turnOf(ClaimMonth claim) {
        return claim.month() + " " + claim.number();
    }

    /// Claims that nobody can propose, so that they are also others than empty ones.
    private static ClaimMonth nothingYet(ClaimMonth claim) {
        return new ClaimMonth(claim.community(), claim.month(), claim.number(), 0, List.of());
    }

    /// Whether everybody whose turn comes before his had the time to speak.
    private boolean isHisTurn(String what, long turn, Community community, long nowMillis) {
        Settlers settlers = community.settlers().orElseThrow();
        int place = settlers.accounts().indexOf(settler);
        long before = Math.floorMod(place - turn, (long) settlers.accounts().size());
        long since = waitingSince.computeIfAbsent(what, _ -> nowMillis);
        long due = since + before * TURN_MILLIS;
        if (nowMillis < due) {
            nextMillis = Math.min(nextMillis, due);
            return false;
        }
        return true;
    }
}
