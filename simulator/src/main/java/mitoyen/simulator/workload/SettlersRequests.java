package mitoyen.simulator.workload;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.energy.LocalDayTable;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.proof.Digest;
import mitoyen.simulator.audit.Auditor;
import mitoyen.simulator.audit.Matter;
import mitoyen.simulator.model.Chance;

/// Asks what several settlers ask (LE-180 to LE-188): mostly what brings a day to its quorum and
/// claims to their end, by whom it should be. What it must be answered is the auditor's to say.
final class SettlersRequests {
    private static final String KIND = "several-";
    private static final int MOST_COMMUNITIES = 3;
    private static final long DAY_MILLIS = 24 * 3_600_000L;

    /// About when days end that are asked about, whatever was signed: in 2128.
    private static final long LAST_MILLIS = 5_000_000_000_000L;

    private static final int REACH_DAYS = 1_830;
    private static final long LONGEST_WAIT_MILLIS = 366 * DAY_MILLIS;
    private static final List<Long> WAITS =
            List.of(0L, 1L, 30_000L, 60_000L, 120_000L, 300_000L, 600_000L, LONGEST_WAIT_MILLIS);
    private static final List<Long> NO_WAITS =
            List.of(-1L, LONGEST_WAIT_MILLIS + 1, Long.MIN_VALUE, Long.MAX_VALUE);

    private final Chance chance;
    private final Auditor auditor;
    private final EnergyRequests energy;

    SettlersRequests(Chance chance, Auditor auditor, EnergyRequests energy) {
        this.chance = chance;
        this.auditor = auditor;
        this.energy = energy;
    }

    /// What the founder asks, where a community is wanted; mostly there are some by now.
    Optional<FoundCommunity> founding() {
        if (!auditor.energy().settlers().claims().list().isEmpty() && chance.happens(1, 12)) {
            return Optional.of(energy.foundingOverClaims());
        }
        if (!energy.ids(KIND).isEmpty() && chance.happens(24, 25)) {
            return Optional.empty();
        }
        return Optional.of(found());
    }

    /// Founds a community that several settle.
    FoundCommunity found() {
        FoundCommunity plain = energy.founding(KIND, MOST_COMMUNITIES);
        return new FoundCommunity(
                plain.community(),
                plain.settler(),
                plain.claims(),
                plain.terms(),
                plain.clearing(),
                plain.communityAccount(),
                plain.networkOperatorAccount(),
                Optional.of(settlers()));
    }

    /// A community that several settle, or seldom another one, or none.
    String community() {
        return chance.happens(1, 40)
                ? chance.oneOf(List.of("several-9", "community-0", ""))
                : chance.oneOf(energy.ids(KIND));
    }

    /// One of a community's settlers, or seldom somebody else.
    AccountId settler(String community) {
        List<AccountId> settlers =
                auditor.energy().findSettlers(community).map(Settlers::accounts).orElse(List.of());
        List<AccountId> known =
                settlers.stream()
                        .filter(each -> auditor.accounts().people().containsKey(each))
                        .toList();
        if (known.isEmpty() || chance.happens(1, 20)) {
            return anyone();
        }
        return chance.oneOf(known);
    }

    /// What a settler asks next: mostly one thing.
    ///
    /// @param signedMillis when it expires [ms since 1970]
    List<EnergyTransaction> next(String community, AccountId settler, long signedMillis) {
        List<Matter<SettleDay>> days =
                auditor.energy().settlers().proposals().list().stream()
                        .filter(each -> each.asked().community().equals(community))
                        .toList();
        List<Matter<ClaimMonth>> months =
                auditor.energy().settlers().claims().list().stream()
                        .filter(each -> each.asked().community().equals(community))
                        .toList();
        int turn = chance.below(24);
        if (turn < 8 && (!months.isEmpty() || chance.happens(1, 20))) {
            boolean agrees = chance.happens(months.stream().anyMatch(Matter::held) ? 6 : 3, 9);
            return List.of(
                    agrees
                            ? attestClaim(community, settler, months)
                            : objectClaim(community, settler, months));
        }
        boolean isSettled = !auditor.energy().months(community).isEmpty();
        if (turn < 14 && isSettled && (months.isEmpty() || chance.happens(1, 2))) {
            return List.of(claim(community, settler, months));
        }
        if (turn < 21 && (!days.isEmpty() || chance.happens(1, 20))) {
            return chance.happens(11, 12)
                    ? attestDay(community, settler, days)
                    : List.of(dissentDay(community, settler, days));
        }
        long millis = Math.clamp(signedMillis, 0, LAST_MILLIS);
        return List.of(propose(community, settler, days, millis));
    }

    private Settlers settlers() {
        List<AccountId> all = new ArrayList<>(auditor.accounts().people().keySet());
        int count =
                Math.min(all.size(), chance.happens(4, 5) ? chance.from(2, 4) : chance.from(1, 5));
        while (all.size() > count) {
            all.remove(chance.below(all.size()));
        }
        int quorum = chance.happens(4, 5) ? 1 + chance.below((count + 1) / 2) : count;
        long wait = chance.oneOf(WAITS);
        switch (chance.below(16)) {
            case 0 -> all.clear();
            case 1 -> quorum = 0;
            case 2 -> quorum = chance.happens(1, 2) ? count + 1 : Integer.MAX_VALUE;
            case 3 -> wait = chance.oneOf(NO_WAITS);
            case 4 -> all.addAll(List.copyOf(all));
            case 5 -> all = IntStream.range(0, 16).mapToObj(Names::person).sorted().toList();
            default -> {}
        }
        return new Settlers(all, quorum, wait);
    }

    private SettleDay propose(
            String community, AccountId settler, List<Matter<SettleDay>> days, long signedMillis) {
        List<Matter<SettleDay>> own =
                days.stream().filter(each -> each.proposer().equals(settler)).toList();
        if (!own.isEmpty() && chance.happens(1, 8)) {
            return chance.oneOf(own).asked();
        }
        if (chance.happens(1, 12)) {
            return atTheEdge(community, signedMillis);
        }
        LocalDate today = day(signedMillis);
        LocalDate day =
                switch (chance.below(16)) {
                    case 0 -> today.plusDays(chance.below(3));
                    case 1 -> today.minusDays(REACH_DAYS + chance.from(-1, 1));
                    case 2, 3, 4 -> days.isEmpty() ? today : chance.oneOf(days).asked().day();
                    case 5, 6, 7, 8 -> today.minusDays(chance.from(25, 40));
                    default -> today.minusDays(chance.from(1, 3));
                };
        return energy.settlement(community, day);
    }

    /// A day that is over just now, or in a moment; or the first that can still be proposed, or the
    /// one before (LE-196).
    private SettleDay atTheEdge(String community, long signedMillis) {
        boolean begins = chance.happens(1, 2);
        long at =
                begins
                        ? signedMillis - REACH_DAYS * DAY_MILLIS - chance.below(2)
                        : signedMillis + chance.below(2);
        LocalDate day = day(at);
        return new SettleDay(
                community,
                day,
                begins ? at : startMillis(day),
                begins ? startMillis(day.plusDays(1)) : at,
                1,
                Optional.empty(),
                Names.digest(chance.next()),
                Names.digest(chance.next()),
                Names.digest(chance.next()),
                new Totals.Committed(Names.digest(chance.next())));
    }

    /// A root that is due, and after that of the readings perhaps the other at once.
    private List<EnergyTransaction> attestDay(
            String community, AccountId settler, List<Matter<SettleDay>> days) {
        Optional<Matter<SettleDay>> proposal =
                pick(days, each -> !each.word(settler).attests(due(each)));
        SettledRoot kind =
                chance.happens(1, 12)
                        ? chance.oneOf(List.of(SettledRoot.values()))
                        : proposal.map(this::due).orElse(SettledRoot.READINGS);
        AttestDay one =
                new AttestDay(
                        community,
                        proposal.map(each -> each.asked().day()).orElseGet(this::someDay),
                        proposal.map(Matter::proposer).orElse(settler),
                        name(proposal),
                        kind);
        if (kind == SettledRoot.ALLOCATIONS || chance.happens(1, 2)) {
            return List.of(one);
        }
        return List.of(
                one,
                new AttestDay(
                        community,
                        one.day(),
                        one.proposer(),
                        one.proposal(),
                        SettledRoot.ALLOCATIONS));
    }

    private EnergyTransaction dissentDay(
            String community, AccountId settler, List<Matter<SettleDay>> days) {
        Optional<Matter<SettleDay>> proposal = pick(days, _ -> true);
        SettledRoot kind = chance.oneOf(List.of(SettledRoot.values()));
        Digest own = Names.digest(chance.next());
        if (chance.happens(1, 5)) {
            own =
                    proposal.map(Matter::asked)
                            .map(
                                    kind == SettledRoot.READINGS
                                            ? SettleDay::readings
                                            : SettleDay::allocations)
                            .orElse(own);
        }
        return new DissentDay(
                community,
                proposal.map(each -> each.asked().day()).orElseGet(this::someDay),
                proposal.map(Matter::proposer).orElse(settler),
                name(proposal),
                kind,
                own,
                index());
    }

    private EnergyTransaction claim(
            String community, AccountId settler, List<Matter<ClaimMonth>> months) {
        List<Matter<ClaimMonth>> own =
                months.stream().filter(each -> each.proposer().equals(settler)).toList();
        return !own.isEmpty() && chance.happens(1, 3)
                ? chance.oneOf(own).asked()
                : energy.claim(community);
    }

    private EnergyTransaction attestClaim(
            String community, AccountId settler, List<Matter<ClaimMonth>> months) {
        Optional<Matter<ClaimMonth>> waiting = pick(months, each -> !each.word(settler).whole());
        return new AttestClaim(
                community,
                waiting.map(each -> each.asked().month()).orElse("2026-01"),
                waiting.map(Matter::proposer).orElse(settler),
                name(waiting));
    }

    private EnergyTransaction objectClaim(
            String community, AccountId settler, List<Matter<ClaimMonth>> months) {
        Optional<Matter<ClaimMonth>> waiting = pick(months, _ -> true);
        Digest name = name(waiting);
        return new ObjectClaim(
                community,
                waiting.map(each -> each.asked().month()).orElse("2026-01"),
                waiting.map(Matter::proposer).orElse(settler),
                name,
                chance.happens(1, 6) ? name : Names.digest(chance.next()),
                index());
    }

    /// What settlers attest next of a proposal.
    private SettledRoot due(Matter<SettleDay> proposal) {
        int quorum =
                auditor.energy()
                        .findSettlers(proposal.asked().community())
                        .map(Settlers::quorum)
                        .orElse(1);
        return proposal.attesting(SettledRoot.READINGS).size() < quorum
                ? SettledRoot.READINGS
                : SettledRoot.ALLOCATIONS;
    }

    /// One that there is, mostly one that the settler has something to say to, and often the one
    /// that was attested most; seldom none.
    private <T> Optional<Matter<T>> pick(List<Matter<T>> all, Predicate<Matter<T>> concerns) {
        List<Matter<T>> open = all.stream().filter(concerns).toList();
        List<Matter<T>> from = open.isEmpty() || chance.happens(1, 8) ? all : open;
        if (from.isEmpty() || chance.happens(1, 25)) {
            return Optional.empty();
        }
        return chance.happens(1, 2)
                ? from.stream().max(Comparator.comparingInt(SettlersRequests::voices))
                : Optional.of(chance.oneOf(from));
    }

    private static int voices(Matter<?> matter) {
        return (matter.held() ? Settlers.MOST : 0)
                + matter.attesting(SettledRoot.READINGS).size()
                + matter.attesting(SettledRoot.ALLOCATIONS).size();
    }

    private <T> Digest name(Optional<Matter<T>> matter) {
        return matter.map(Matter::name)
                .filter(_ -> chance.happens(24, 25))
                .orElseGet(() -> Names.digest(chance.next()));
    }

    private OptionalInt index() {
        return switch (chance.below(4)) {
            case 0 -> OptionalInt.empty();
            case 1 -> OptionalInt.of(Integer.MAX_VALUE);
            default -> OptionalInt.of(chance.below(100));
        };
    }

    private LocalDate someDay() {
        return LocalDate.of(2026, 1, 1).minusDays(chance.below(40));
    }

    /// The local day at an instant.
    private LocalDate day(long millis) {
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS));
        while (startMillis(day) > millis) {
            day = day.minusDays(1);
        }
        while (startMillis(day.plusDays(1)) <= millis) {
            day = day.plusDays(1);
        }
        return day;
    }

    private long startMillis(LocalDate day) {
        Optional<LocalDayTable> zone = auditor.localDays();
        return zone.map(each -> each.start(day))
                .orElseGet(() -> day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    }

    private AccountId anyone() {
        return chance.oneOf(List.copyOf(auditor.accounts().people().keySet()));
    }
}
