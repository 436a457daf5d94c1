package mitoyen.node.verify;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.BillingPeriod;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.Sharing;
import mitoyen.ledger.quantity.Money;
import mitoyen.node.books.SettledDay;
import mitoyen.node.settlement.Archive;
import mitoyen.node.settlement.LedgerIndex;
import mitoyen.node.settlement.LedgerIndex.SettledEntry;
import mitoyen.node.settlement.Recomputation;

/// Does again, from the vault, what the ledger says was settled and claimed.
final class SettlementCheck {
    private final Archive archive;
    private final Recomputation recomputation;
    private final SortedMap<String, Bills> billsByMonth = new TreeMap<>();

    /// The months of which a day was settled anew: their bills are worked out when they are asked
    /// for.
    private final SortedSet<String> changedMonths = new TreeSet<>();

    /// The days that were looked at so far, each as it was settled last: a block may settle
    /// several, and its index has all of them.
    private final SortedMap<LocalDate, SettledEntry> days = new TreeMap<>();

    private final Set<SettledEntry> lacking = new HashSet<>();
    private final List<String> unchecked = new ArrayList<>();

    SettlementCheck(Archive archive) {
        this.archive = archive;
        this.recomputation = new Recomputation(archive);
    }

    void check(FoundCommunity founding) throws IOException {
        FoundCommunity computed = recomputation.founding(founding);
        if (!computed.equals(founding)) {
            boolean sameTerms = computed.terms().equals(founding.terms());
            throw new DoesNotHold(
                    "founding of %s: the %s are not those on the ledger"
                            .formatted(
                                    founding.community(),
                                    sameTerms ? "keys in the folder" : "terms in the vault"));
        }
    }

    /// @param height of the block of the settlement
    void check(SettleDay settled, long height) throws IOException {
        SettledEntry before = days.get(settled.day());
        int revision = before == null ? 0 : before.revision() + 1;
        SettledEntry entry = new SettledEntry(height, revision, settled);
        String month = BillingPeriod.MONTH.of(settled.day());
        days.put(settled.day(), entry);
        Optional<SettledDay> day = findAgain(entry);
        if (day.isPresent() && revision > 0) {
            changedMonths.add(month);
        } else if (day.isPresent()) {
            day.get().addTo(billsByMonth.computeIfAbsent(month, _ -> new Bills()));
        }
    }

    /// The settlements and claims that could not be done again, since the vault does not have what
    /// was replaced later: each with the reason, in a line.
    List<String> unchecked() {
        return List.copyOf(unchecked);
    }

    /// Where several settle, one of them may have been away when a day was settled, or have had
    /// other readings; once the day is corrected, he cannot be given the right ones any more.
    private boolean mayLack(SettledEntry entry) {
        LedgerIndex index = archive.index();
        return index.founding().settlers().isPresent()
                && index.nextRevision(entry.settlement().day()) > entry.revision() + 1;
    }

    /// A day from the vault, which comes to how it was settled; nothing where it need not.
    private Optional<SettledDay> findAgain(SettledEntry entry) throws IOException {
        SettleDay settled = entry.settlement();
        boolean mayLack = mayLack(entry);
        if (mayLack && !archive.keeps(settled.day(), entry.revision())) {
            return pass(entry, "the vault lacks its readings or its terms");
        }
        SettledDay day = archive.load(settled.day(), entry.revision());
        SettleDay computed = recomputation.settlement(day, settled.supersedes());
        boolean same = computed.equals(settled);
        if (!same && mayLack) {
            return pass(entry, difference(settled, computed));
        }
        requirePossibleSplit(day);
        if (!same) {
            throw new DoesNotHold(
                    "settlement of %s: %s".formatted(settled.day(), difference(settled, computed)));
        }
        return Optional.of(day);
    }

    private Optional<SettledDay> pass(SettledEntry entry, String reason) {
        lacking.add(entry);
        unchecked.add(name(entry) + ": " + reason);
        return Optional.empty();
    }

    /// A day that was corrected is on the ledger in several blocks.
    private static String name(SettledEntry entry) {
        return "%s as block %d settled it".formatted(entry.settlement().day(), entry.height());
    }

    /// Holds all claims of a month so far against what was settled through the block that the last
    /// one names (LE-38). While the claims of several settlers wait, other days are settled, and
    /// some anew: these are for the next claim.
    ///
    /// @param index all blocks up to that in which the claim was made
    void check(ClaimMonth claim, LedgerIndex index) throws IOException {
        String month = claim.month();
        List<SettledEntry> covered = daysOf(month, index.daysThrough(claim.through()));
        Optional<SettledEntry> lacks = covered.stream().filter(lacking::contains).findFirst();
        if (lacks.isPresent()) {
            unchecked.add(
                    "claim %d for %s: it covers %s"
                            .formatted(claim.number(), month, name(lacks.get())));
            return;
        }
        Bills bills = bills(month, covered);
        SortedMap<AccountId, Money> owed = recomputation.balances(bills, month);
        SortedMap<AccountId, Money> claimed = new TreeMap<>(index.month(month).claimed());
        claimed.values().removeIf(Money.ZERO::equals);
        if (!claimed.equals(owed)) {
            throw new DoesNotHold(
                    "claims for %s: the bills recomputed from the vault come to other amounts"
                            .formatted(month));
        }
    }

    /// An import refuses a split that no meter could have measured; but who signs a ledger need not
    /// have used it (EN-26, EN-27).
    private static void requirePossibleSplit(SettledDay day) throws DoesNotHold {
        if (day.readings().operatorSplit().isEmpty()) {
            return;
        }
        Optional<Sharing.Violation> violation = Sharing.findViolation(day.readings());
        if (violation.isPresent()) {
            throw new DoesNotHold(
                    "settlement of %s: the operator's split is not possible at %s: %s"
                            .formatted(
                                    day.date(),
                                    Instant.ofEpochMilli(
                                            day.startMillis(violation.get().interval())),
                                    describe(violation.get().rule())));
        }
    }

    private static String describe(Sharing.Rule rule) {
        return switch (rule) {
            case ALLOCATED -> "a meter is allocated more than it consumed";
            case SOLD -> "a meter sells more than it produced";
            case ROUNDING -> "sold and allocated differ by more than rounding explains";
        };
    }

    private static List<SettledEntry> daysOf(
            String month, SortedMap<LocalDate, SettledEntry> days) {
        return days.values().stream()
                .filter(entry -> BillingPeriod.MONTH.of(entry.settlement().day()).equals(month))
                .toList();
    }

    private Bills bills(String month, List<SettledEntry> covered) throws IOException {
        if (!covered.equals(daysOf(month, days))) {
            return bills(covered);
        }
        if (changedMonths.remove(month)) {
            billsByMonth.put(month, bills(covered));
        }
        return billsByMonth.getOrDefault(month, new Bills());
    }

    private Bills bills(List<SettledEntry> days) throws IOException {
        Bills bills = new Bills();
        for (SettledEntry day : days) {
            archive.load(day.settlement().day(), day.revision()).addTo(bills);
        }
        return bills;
    }

    private static String difference(SettleDay settled, SettleDay computed) {
        if (!settled.terms().equals(computed.terms())) {
            return "the terms in the vault are not those on the ledger";
        }
        if (!settled.readings().equals(computed.readings())) {
            return "the readings in the vault are not those on the ledger";
        }
        if (!settled.allocations().equals(computed.allocations())) {
            return "the readings are shared otherwise than on the ledger";
        }
        return "the span or the totals are not those of the readings";
    }
}
