package mitoyen.simulator.workload;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.energy.LocalDayTable;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;
import mitoyen.simulator.audit.Auditor;
import mitoyen.simulator.audit.EnergyBook.Month;
import mitoyen.simulator.model.Chance;

/// Asks things of the energy contract: most of what is asked would pass, and the rest is wrong in
/// one way or another. What it must be answered is the auditor's to say.
///
/// What is asked in the end is for communities that one key settles; what they share with those
/// that several settle, [SettlersRequests] takes from here.
final class EnergyRequests {
    private static final String KIND = "community-";
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 400;
    private static final int PEOPLE = 12;
    private static final int MOST_COMMUNITIES = 6;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long HOUR_MILLIS = 60 * MINUTE_MILLIS;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final List<Long> SPANS =
            List.of(
                    0L,
                    -1L,
                    5 * MINUTE_MILLIS - 1,
                    5 * MINUTE_MILLIS,
                    26 * 60 * MINUTE_MILLIS,
                    26 * 60 * MINUTE_MILLIS + 1);
    private static final List<Long> INSTANTS = List.of(-1L, 0L, Long.MIN_VALUE, Long.MAX_VALUE);
    private static final Asset EUR = new Asset("EUR");

    /// In which sums are claimed that soon exceed 63 bits.
    private static final Asset LARGE = new Asset("XTS");

    /// In which little is claimed, and nothing else moves.
    private static final Asset RARE = new Asset("XXX");

    private static final List<Asset> ASSETS = List.of(EUR, LARGE, LARGE, LARGE, RARE);

    private static final long LARGEST_CENTS = Long.MAX_VALUE / Asset.CENT;

    private final Chance chance;
    private final Signing signing;
    private final Auditor auditor;

    EnergyRequests(Chance chance, Signing signing, Auditor auditor) {
        this.chance = chance;
        this.signing = signing;
        this.auditor = auditor;
    }

    /// Something to ask, and who should sign it.
    ///
    /// @param signer whose signature it needs
    record Asked(EnergyTransaction transaction, int signer) {}

    /// The next thing to ask.
    Asked next() {
        if (ids(KIND).isEmpty()) {
            return found();
        }
        String community = community();
        return switch (chance.below(16)) {
            case 0 -> found();
            case 1, 2, 3, 4, 5 -> new Asked(claim(community), settler(community));
            default -> {
                LocalDate day = auditor.localDays().map(this::day).orElseGet(this::day);
                yield new Asked(settlement(community, day), settler(community));
            }
        };
    }

    /// The communities of a kind that there are.
    ///
    /// @param kind what their ids begin with
    List<String> ids(String kind) {
        List<String> ids = new ArrayList<>(auditor.energy().communities().keySet());
        ids.removeIf(id -> !id.startsWith(kind));
        return ids;
    }

    private Asked found() {
        return new Asked(founding(KIND, MOST_COMMUNITIES), Workload.FOUNDER);
    }

    /// Founds a community that one key settles.
    ///
    /// @param kind what its id begins with
    /// @param most how many of that kind there are at most
    FoundCommunity founding(String kind, int most) {
        String id = kind + chance.below(Math.min(ids(kind).size() + 2, most));
        AccountId clearing = Names.account("clearing " + id);
        AccountId own = Names.account("community " + id);
        AccountId operator = Names.account("operator");
        switch (chance.below(12)) {
            case 0 -> id = chance.oneOf(List.of("", "Solaire", "a b", "é", "x".repeat(41), "_"));
            case 1 -> own = clearing;
            case 2 -> operator = chance.happens(1, 2) ? clearing : own;
            case 3 -> clearing = Names.account("clearing community-0");
            case 4 -> clearing = person();
            default -> {}
        }
        return new FoundCommunity(
                id,
                signing.key(settler(id)),
                chance.oneOf(ASSETS),
                Names.digest(chance.next()),
                clearing,
                own,
                operator);
    }

    /// Founds a community whose claims are cleared by an account that others wait to claim on, so
    /// that those cannot be made any more.
    FoundCommunity foundingOverClaims() {
        FoundCommunity plain = founding(KIND, MOST_COMMUNITIES);
        return new FoundCommunity(
                plain.community(),
                plain.settler(),
                RARE,
                plain.terms(),
                claiming(),
                plain.communityAccount(),
                plain.networkOperatorAccount());
    }

    /// An account on which something is claimed that waits, if there is any.
    private AccountId claiming() {
        List<Claim> claims =
                auditor.energy().settlers().claims().list().stream()
                        .flatMap(each -> each.asked().claims().stream())
                        .toList();
        return claims.isEmpty() ? person() : chance.oneOf(claims).account();
    }

    /// Settles a day, or another one anew.
    SettleDay settlement(String community, LocalDate wanted) {
        LocalDate day = wanted;
        int intervals = chance.from(1, 276);
        Totals totals = totals(intervals);
        SortedMap<LocalDate, SettleDay> settled = auditor.energy().days(community);
        Optional<Digest> supersedes = Optional.empty();
        if (!settled.isEmpty() && chance.happens(1, 3)) {
            SettleDay last = chance.oneOf(List.copyOf(settled.values()));
            day = last.day();
            supersedes = Optional.of(last.allocations());
        } else if (settled.containsKey(day) && chance.happens(3, 4)) {
            supersedes = Optional.of(settled.get(day).allocations());
        }
        Span span = span(auditor.localDays(), day);
        long start = span.startMillis;
        long end = span.endMillis;
        switch (chance.below(24)) {
            case 0 -> end = start + chance.oneOf(SPANS);
            case 1 -> start = chance.oneOf(INSTANTS);
            case 2 -> end = chance.oneOf(INSTANTS);
            case 3 -> intervals = chance.oneOf(List.of(0, 277, 289, 313, Integer.MAX_VALUE));
            case 4 -> supersedes = Optional.of(Names.digest(chance.next()));
            case 5 -> supersedes = Optional.empty();
            default -> {}
        }
        return new SettleDay(
                community,
                day,
                start,
                end,
                intervals,
                supersedes,
                Names.digest(chance.next()),
                Names.digest(chance.next()),
                Names.digest(chance.next()),
                totals);
    }

    private LocalDate day() {
        return FIRST_DAY.plusDays(chance.below(DAYS));
    }

    /// A day, as likely as not one about which clocks change.
    private LocalDate day(LocalDayTable zone) {
        if (chance.happens(1, 2)) {
            return day();
        }
        long changed = chance.oneOf(zone.changes()).millis();
        return LocalDate.ofEpochDay(Math.floorDiv(changed, DAY_MILLIS) + chance.from(-2, 2));
    }

    /// The span of a day, and seldom what is not quite that: in a pinned zone an hour more or less,
    /// or the day as it would be without one.
    private Span span(Optional<LocalDayTable> zone, LocalDate day) {
        if (zone.isEmpty() || chance.happens(1, 12)) {
            long start = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            return new Span(start, start + chance.from(23, 25) * HOUR_MILLIS);
        }
        long start = zone.get().start(day);
        long end = zone.get().start(day.plusDays(1));
        return switch (chance.below(12)) {
            case 0 -> new Span(start - 1, end);
            case 1 -> new Span(start, end + 1);
            case 2 -> new Span(start, start + chance.from(23, 25) * HOUR_MILLIS);
            case 3 -> new Span(end - chance.from(23, 25) * HOUR_MILLIS, end);
            case 4 -> new Span(start + chance.below(HOUR_MILLIS), end - chance.below(HOUR_MILLIS));
            default -> new Span(start, end);
        };
    }

    private Totals totals(int intervals) {
        if (chance.happens(1, 3)) {
            return new Totals.Committed(Names.digest(chance.next()));
        }
        int meters = chance.from(10, 60);
        long consumption = chance.below(1_000_000_000L);
        long production = chance.below(1_000_000_000L);
        long allocated = chance.below(Math.min(consumption, production) + 1);
        long leaked = chance.below((meters + 2L) * intervals / 2 + 1);
        long sold = Math.min(production, chance.happens(1, 2) ? allocated : allocated + leaked);
        boolean agreed = chance.happens(1, 2);
        switch (chance.below(12)) {
            case 0 -> meters = chance.below(10);
            case 1 -> allocated = chance.oneOf(List.of(-1L, consumption + 1, Long.MIN_VALUE));
            case 2 -> sold = chance.oneOf(List.of(-1L, production + 1, Long.MAX_VALUE));
            case 3 -> sold = allocated + (meters + 2L) * intervals / 2 + chance.below(2);
            case 4 -> consumption = chance.oneOf(List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE));
            default -> {}
        }
        return new Totals.Published(
                meters,
                new Energy(consumption),
                new Energy(production),
                new Energy(allocated),
                new Energy(sold),
                agreed);
    }

    /// Claims a month that was settled.
    ClaimMonth claim(String community) {
        SortedMap<String, Month> months = auditor.energy().months(community);
        String month = "2025-12";
        int number = 1;
        long through = auditor.height();
        if (!months.isEmpty()) {
            Map.Entry<String, Month> known = chance.oneOf(List.copyOf(months.entrySet()));
            month = known.getKey();
            number = known.getValue().number() + 1;
        }
        switch (chance.below(16)) {
            case 0 -> month = chance.oneOf(List.of("2025-12", "2027-12", "", "2026-13", "0-00-00"));
            case 1 -> number = chance.oneOf(List.of(0, 1, 2, 3, Integer.MAX_VALUE));
            case 2 ->
                    through =
                            chance.oneOf(
                                    List.of(
                                            0L,
                                            1L,
                                            -1L,
                                            auditor.height() + 1,
                                            Long.MAX_VALUE,
                                            Long.MIN_VALUE));
            default -> {}
        }
        return new ClaimMonth(community, month, number, through, claims(community));
    }

    private List<Claim> claims(String community) {
        Asset asset = asset(community);
        if (asset.equals(LARGE) && chance.happens(3, 4)) {
            return sparse(roomCents(asset));
        }
        long mostCents = asset.equals(LARGE) && chance.happens(1, 3) ? LARGEST_CENTS : 100_000;
        List<Claim> claims = new ArrayList<>();
        long sumCents = 0;
        for (int i = chance.below(5); i > 0; i--) {
            AccountId account = person();
            long cents = (1 + chance.below(mostCents)) * (chance.happens(1, 2) ? 1 : -1);
            boolean isNew = claims.stream().noneMatch(each -> each.account().equals(account));
            if (isNew && Math.abs(sumCents + cents) <= LARGEST_CENTS) {
                sumCents += cents;
                claims.add(new Claim(account, new Money(cents * Asset.CENT)));
            }
        }
        if (sumCents != 0) {
            claims.add(new Claim(Names.account("operator"), new Money(-sumCents * Asset.CENT)));
        }
        claims.sort(Comparator.comparing(Claim::account));
        if (!claims.isEmpty()) {
            spoil(claims, community, asset);
        }
        return claims;
    }

    /// Claims that leave less room than they take: of two that wait, one finds none.
    private List<Claim> sparse(long roomCents) {
        long cents = 1 + roomCents * 3 / 10 + chance.below(1 + roomCents / 6);
        List<Claim> claims = new ArrayList<>();
        claims.add(new Claim(person(), new Money(cents * Asset.CENT)));
        claims.add(new Claim(Names.account("operator"), new Money(-cents * Asset.CENT)));
        claims.sort(Comparator.comparing(Claim::account));
        return claims;
    }

    /// How much of an asset can still be claimed.
    private long roomCents(Asset asset) {
        return Optional.ofNullable(auditor.balances().all().get(asset))
                .map(moved -> moved.debits().add(moved.debitsPending()).longValueExact())
                .map(units -> (Long.MAX_VALUE - units) / Asset.CENT)
                .orElse(LARGEST_CENTS);
    }

    /// The asset of a community's claims, if there is that community.
    private Asset asset(String community) {
        return Optional.ofNullable(auditor.energy().communities().get(community))
                .map(FoundCommunity::claims)
                .orElse(EUR);
    }

    private void spoil(List<Claim> claims, String community, Asset asset) {
        int at = chance.below(claims.size());
        Claim one = claims.get(at);
        switch (chance.below(20)) {
            case 0 -> claims.add(one);
            case 1 -> claims.sort(Comparator.comparing(Claim::account).reversed());
            case 2 -> claims.set(at, new Claim(one.account(), Money.ZERO));
            case 3 -> claims.set(at, new Claim(one.account(), new Money(chance.next())));
            case 4 -> claims.set(at, new Claim(one.account(), new Money(Long.MIN_VALUE)));
            case 5 -> {
                claims.set(at, new Claim(Names.account("clearing " + community), one.amount()));
                claims.sort(Comparator.comparing(Claim::account));
            }
            case 6 -> claims.remove(at);
            case 7 -> {
                AccountId issuance = AccountId.issuance(asset);
                claims.set(
                        at, new Claim(auditor.version() == 1 ? person() : issuance, one.amount()));
                claims.sort(Comparator.comparing(Claim::account));
            }
            default -> {}
        }
    }

    /// A community that there is, or seldom one that there is not, or that others settle.
    private String community() {
        return chance.happens(1, 30)
                ? chance.oneOf(List.of("nowhere", "", "community-9", "several-0"))
                : chance.oneOf(ids(KIND));
    }

    private static int settler(String community) {
        return 1 + Math.floorMod(community.hashCode(), Workload.PEOPLE - 1);
    }

    private AccountId person() {
        return Names.person(chance.below(PEOPLE));
    }

    /// From when until when a day is settled [ms since 1970].
    private record Span(long startMillis, long endMillis) {}
}
