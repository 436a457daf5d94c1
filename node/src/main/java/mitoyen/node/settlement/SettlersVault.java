package mitoyen.node.settlement;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.node.settlement.LedgerIndex.SettledEntry;

/// What a settler comes to himself, from his own vault and nothing else: days that wait to be
/// settled, days that are, and a month's claims. What was worked out once is remembered. For one
/// thread.
public final class SettlersVault {
    private final Archive archive;
    private final Recomputation recomputation;
    private final SortedMap<LocalDate, Own> own = new TreeMap<>();
    private final SortedMap<LocalDate, Integer> confirmed = new TreeMap<>();

    /// @param archive over the index of a ledger that is followed
    public SettlersVault(Archive archive) {
        this.archive = archive;
        this.recomputation = new Recomputation(archive);
    }

    /// What the vault is opened by.
    public Archive archive() {
        return archive;
    }

    /// Forgets what was worked out of a day: other readings of it were kept.
    void forget(LocalDate day) {
        own.remove(day);
        confirmed.remove(day);
    }

    /// The days that are kept and not settled with what is kept.
    ///
    /// @throws IOException if the vault cannot be read
    public SortedSet<LocalDate> listWaiting() throws IOException {
        SortedSet<LocalDate> waiting = new TreeSet<>();
        archive.listKept()
                .forEach((day, revision) -> {
                    if (revision >= archive.index().nextRevision(day)) {
                        waiting.add(day);
                    }
                });
        return waiting;
    }

    /// A day that waits, as this vault has it settled next.
    ///
    /// @throws IOException if the vault cannot be read, or a member's keys are missing
    public SettleDay settlement(LocalDate day) throws IOException {
        return settlement(day, Objects.requireNonNull(archive.listKept().get(day), "not kept"));
    }

    /// Whether what is kept of a settled day comes to what the settlers agreed on.
    ///
    /// @return false also where nothing is kept of it
    /// @throws IOException as above
    public boolean confirms(LocalDate day) throws IOException {
        SettledEntry entry = archive.index().findSettled(day).orElseThrow();
        if (Optional.ofNullable(confirmed.get(day)).equals(Optional.of(entry.revision()))) {
            return true;
        }
        if (!comesTo(entry)) {
            return false;
        }
        confirmed.put(day, entry.revision());
        return true;
    }

    /// Whether [every settled day][#confirms] is confirmed.
    public boolean confirmsAll() throws IOException {
        for (LocalDate day : archive.index().days().keySet()) {
            if (!confirms(day)) {
                return false;
            }
        }
        return true;
    }

    /// A month's next claims as this vault has them.
    ///
    /// @param claims of the ledger up to some height
    /// @return empty where it does not confirm a day of the month
    /// @throws IOException as above
    public Optional<ClaimMonth> claim(Claims claims, String month) throws IOException {
        Bills bills = new Bills();
        for (SettledEntry entry : claims.daysOf(month)) {
            LocalDate day = entry.settlement().day();
            boolean last = archive.index().findSettled(day).equals(Optional.of(entry));
            if (last ? !confirms(day) : !comesTo(entry)) {
                return Optional.empty();
            }
            archive.load(day, entry.revision()).addTo(bills);
        }
        return Optional.of(claims.next(month, bills));
    }

    /// The claims of the ledger as they were up to a height.
    public Claims claimsThrough(long height) {
        return Claims.through(archive.index(), recomputation.accounts(), height);
    }

    /// A kept day with its trees; nothing where it is not kept.
    public Optional<DayTrees> findTrees(LocalDate day) throws IOException {
        Integer revision = archive.listKept().get(day);
        return revision == null
                ? Optional.empty()
                : Optional.of(DayTrees.of(archive.load(day, revision), archive.keys()));
    }

    private boolean comesTo(SettledEntry entry) throws IOException {
        LocalDate day = entry.settlement().day();
        return archive.keeps(day, entry.revision())
                && recomputation
                        .settlement(
                                archive.load(day, entry.revision()),
                                entry.settlement().supersedes())
                        .equals(entry.settlement());
    }

    private SettleDay settlement(LocalDate day, int revision) throws IOException {
        Own known = own.get(day);
        if (known != null && known.revision == revision) {
            return known.settlement;
        }
        SettleDay settlement =
                recomputation.settlement(
                        archive.load(day, revision),
                        archive.index()
                                .findSettled(day)
                                .map(entry -> entry.settlement().allocations()));
        own.put(day, new Own(revision, settlement));
        return settlement;
    }

    private record Own(int revision, SettleDay settlement) {}
}
