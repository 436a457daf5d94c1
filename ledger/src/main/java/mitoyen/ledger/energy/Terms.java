package mitoyen.ledger.energy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a community agreed: all that the settlement of a day depends on besides its readings.
///
/// No name and no address: those stay in the vault of each node.
///
/// @param community `[a-z0-9-]`, at most 40 characters
/// @param zone the IANA zone of local days; its transitions never come from here: the instants of a
///   day stand in the transaction
/// @param stepMinutes the length of an interval [min]: 5, 10, 15, 30 or 60
/// @param currency ISO 4217 code
/// @param billing how long a bill runs
/// @param publishTotals whether a day's totals are public; where the community said nothing, they
///   are if a crowd takes part (EN-51)
/// @param key how production is shared
/// @param prices by rising `from`, at least one
/// @param networkOperator the id of the grid operator
/// @param members in the order of the file
public record Terms(
        String community,
        String zone,
        int stepMinutes,
        String currency,
        BillingPeriod billing,
        Optional<Boolean> publishTotals,
        SharingKey key,
        List<PriceLine> prices,
        String networkOperator,
        List<Member> members) {
    public Terms {
        prices = List.copyOf(prices);
        members = List.copyOf(members);
    }

    /// The prices in force on a day: the last line that began on it or before.
    ///
    /// @throws IllegalArgumentException if every line begins later
    public PriceLine pricesOn(LocalDate day) {
        return prices.reversed().stream()
                .filter(line -> !line.from().isAfter(day))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no prices hold on " + day));
    }

    /// The meters that take part on a day, in the order of the file.
    public Roster rosterOn(LocalDate day) {
        List<Roster.Place> places = new ArrayList<>();
        for (int member = 0; member < members.size(); member++) {
            for (Tenure tenure : members.get(member).meters()) {
                if (tenure.covers(day)) {
                    places.add(new Roster.Place(tenure.meter(), member));
                }
            }
        }
        return new Roster(members.size(), places);
    }
}
