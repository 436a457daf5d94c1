package mitoyen.node.page;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.Fee;
import mitoyen.ledger.energy.MemberPeriod;
import mitoyen.ledger.energy.Sale;
import mitoyen.node.statement.Statement;

/// All that a ledger says of its street, as it stands: what every page is made from.
///
/// @param community the community's id
/// @param zone of its local days
/// @param currency ISO 4217 code
/// @param operator the id of the grid operator
/// @param stepMinutes the length of an interval [min]
/// @param residents the members, in the order of the community's file, former ones last
/// @param days what was settled, by rising date
/// @param periods the bills of each member and billing period
/// @param sales who bought from whom
/// @param fees what the community collects
/// @param anchor the last block and the root over all
public record Street(
        String community,
        ZoneId zone,
        String currency,
        String operator,
        int stepMinutes,
        List<Resident> residents,
        List<Day> days,
        List<MemberPeriod> periods,
        List<Sale> sales,
        List<Fee> fees,
        Statement.Anchor anchor) {
    public Street {
        residents = List.copyOf(residents);
        days = List.copyOf(days);
        periods = List.copyOf(periods);
        sales = List.copyOf(sales);
        fees = List.copyOf(fees);
    }

    /// The street of a ledger on which nothing is settled.
    public static Street empty(String community, Statement.Anchor anchor) {
        return new Street(
                community,
                ZoneOffset.UTC,
                "EUR",
                "",
                60,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                anchor);
    }

    /// A member.
    ///
    /// @param name as the community writes it
    /// @param vatNote what the law has him print beside his VAT
    public record Resident(String id, String name, Optional<String> vatNote) {}

    /// A settled day.
    ///
    /// @param period the billing period that it belongs to
    /// @param revision how often it was settled anew: 0 at first
    /// @param intervals how many intervals it has
    /// @param height the block that settled it
    /// @param readingsRoot the root over the members' readings, in hexadecimal
    /// @param allocationsRoot the root over what they were allocated, in hexadecimal
    /// @param uses what each resident did, in their order
    public record Day(
            LocalDate date,
            String period,
            int revision,
            int intervals,
            long height,
            String readingsRoot,
            String allocationsRoot,
            List<Use> uses) {
        public Day {
            uses = List.copyOf(uses);
        }

        /// What all did together.
        public Use total() {
            return uses.stream().reduce(Use.NONE, Use::plus);
        }
    }

    /// The billing periods, latest last.
    public List<String> listPeriods() {
        return days.stream().map(Day::period).distinct().toList();
    }

    /// The street of one billing period alone.
    public Street during(String period) {
        return new Street(
                community,
                zone,
                currency,
                operator,
                stepMinutes,
                residents,
                days.stream().filter(day -> day.period().equals(period)).toList(),
                periods.stream().filter(bill -> bill.period().equals(period)).toList(),
                sales.stream().filter(sale -> sale.period().equals(period)).toList(),
                fees.stream().filter(fee -> fee.period().equals(period)).toList(),
                anchor);
    }

    /// What all did together on all days.
    public Use total() {
        return days.stream().map(Day::total).reduce(Use.NONE, Use::plus);
    }

    /// What a resident did on all days.
    ///
    /// @param place his place among the residents
    public Use useOf(int place) {
        return days.stream().map(day -> day.uses().get(place)).reduce(Use.NONE, Use::plus);
    }

    /// The place of a resident, if there is one with this id.
    public Optional<Integer> findPlace(String id) {
        for (int place = 0; place < residents.size(); place++) {
            if (residents.get(place).id().equals(id)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /// The settled day with a date, if it is one.
    public Optional<Day> findDay(LocalDate date) {
        return days.stream().filter(day -> day.date().equals(date)).findFirst();
    }

    /// The name of whoever trades under an id; empty for the community's own account.
    public Optional<String> findName(String id) {
        return id.equals(Bills.COMMUNITY)
                ? Optional.empty()
                : findPlace(id).map(place -> residents.get(place).name());
    }

    /// The bills of one resident over all periods, added up.
    public Account accountOf(String id) {
        return periods.stream()
                .filter(bill -> bill.member().equals(id))
                .map(Account::of)
                .reduce(Account.NONE, Account::plus);
    }

    /// The bills of all residents over all periods, added up.
    public Account account() {
        return periods.stream().map(Account::of).reduce(Account.NONE, Account::plus);
    }

    /// Money over some billing periods [millionths], whole cents.
    ///
    /// @param paid VAT included
    /// @param earned VAT included
    public record Account(long paid, long earned, long fees, long saved, long gained) {
        /// Nothing.
        public static final Account NONE = new Account(0, 0, 0, 0, 0);

        static Account of(MemberPeriod bill) {
            return new Account(
                    bill.paid().micros(),
                    bill.earned().micros(),
                    bill.fees().micros(),
                    bill.saved().micros(),
                    bill.gained().micros());
        }

        Account plus(Account other) {
            return new Account(
                    paid + other.paid,
                    earned + other.earned,
                    fees + other.fees,
                    saved + other.saved,
                    gained + other.gained);
        }

        /// What is owed to him, or by him if it is negative.
        public long balance() {
            return earned - paid - fees;
        }

        /// What sharing was worth to him in all.
        public long worth() {
            return saved + gained;
        }
    }
}
