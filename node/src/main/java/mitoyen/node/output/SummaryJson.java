package mitoyen.node.output;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mitoyen.ledger.energy.MemberPeriod;
import mitoyen.ledger.energy.PeriodAccounts;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.quantity.Share;
import mitoyen.node.books.Anchor;
import mitoyen.node.books.Books;
import mitoyen.node.books.EnergyTotals;
import mitoyen.node.community.Community;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// `summary.json`: the whole of a folder on one page, for programs.
///
/// Energy and ratios are text with six decimals, money text with two: no program rounds them by
/// accident.
public final class SummaryJson {
    private static final ObjectWriter WRITER =
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    private SummaryJson() {}

    /// Writes the whole file.
    ///
    /// @param books at least one day
    public static void write(Books books, Anchor anchor, OutputStream out) throws IOException {
        byte[] json = WRITER.writeValueAsBytes(tree(books, anchor));
        out.write(json);
        out.write('\n');
    }

    private static Map<String, Object> tree(Books books, Anchor anchor) {
        Community community = books.findCommunity().orElseThrow();
        Terms terms = community.terms();
        EnergyTotals totals = books.totals();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("community", terms.community());
        tree.put("from", instant(books.findStartMillis().orElseThrow()));
        tree.put("to", instant(books.findEndMillis().orElseThrow()));
        tree.put("step", "PT" + terms.stepMinutes() + "M");
        tree.put("intervals", books.intervals());
        tree.put("missing", books.missing());
        tree.put("outside", books.outside());
        tree.put("energyKwh", energy(totals));
        tree.put("selfConsumption", ratio(totals.allocated(), totals.production()));
        tree.put("selfSufficiency", ratio(totals.allocated(), totals.consumption()));
        tree.put("accounts", accounts(books.bills().accounts()));
        tree.put("members", members(books));
        tree.put("ledger", ledger(anchor));
        return tree;
    }

    private static Map<String, Object> energy(EnergyTotals totals) {
        Map<String, Object> energy = new LinkedHashMap<>();
        energy.put("consumption", totals.consumption().toString());
        energy.put("production", totals.production().toString());
        energy.put("shared", totals.allocated().toString());
        energy.put("complement", totals.complement().toString());
        energy.put("surplus", totals.surplus().toString());
        energy.put("rounding", totals.rounding().toString());
        return energy;
    }

    private static Map<String, Object> accounts(List<PeriodAccounts> periods) {
        Map<String, Object> accounts = new LinkedHashMap<>();
        accounts.put("network-operator", total(periods, PeriodAccounts::networkOperator));
        accounts.put("community", total(periods, PeriodAccounts::community));
        return accounts;
    }

    private static List<Map<String, Object>> members(Books books) {
        Map<String, List<MemberPeriod>> periodsById = new LinkedHashMap<>();
        for (var member : books.findCommunity().orElseThrow().terms().members()) {
            periodsById.put(member.id(), new ArrayList<>());
        }
        for (MemberPeriod period : books.bills().members()) {
            periodsById.computeIfAbsent(period.member(), _ -> new ArrayList<>()).add(period);
        }
        List<Map<String, Object>> members = new ArrayList<>();
        periodsById.forEach((id, periods) -> members.add(member(id, periods)));
        return members;
    }

    private static Map<String, Object> member(String id, List<MemberPeriod> periods) {
        Energy consumption = sum(periods, MemberPeriod::consumption);
        Energy allocated = sum(periods, MemberPeriod::allocated);
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("id", id);
        member.put("consumptionKwh", consumption.toString());
        member.put("allocatedKwh", allocated.toString());
        member.put("productionKwh", sum(periods, MemberPeriod::production).toString());
        member.put("soldKwh", sum(periods, MemberPeriod::sold).toString());
        member.put("localShare", ratio(allocated, consumption));
        member.put("paid", total(periods, MemberPeriod::paid));
        member.put("earned", total(periods, MemberPeriod::earned));
        member.put("fees", total(periods, MemberPeriod::fees));
        member.put("saved", total(periods, MemberPeriod::saved));
        member.put("gained", total(periods, MemberPeriod::gained));
        member.put("balance", total(periods, MemberPeriod::balance));
        return member;
    }

    private static Map<String, Object> ledger(Anchor anchor) {
        Map<String, Object> ledger = new LinkedHashMap<>();
        ledger.put("height", anchor.height());
        ledger.put("transactions", anchor.transactions());
        ledger.put("root", anchor.root().toString());
        return ledger;
    }

    private static Energy sum(List<MemberPeriod> periods, Function<MemberPeriod, Energy> part) {
        return periods.stream().map(part).reduce(Energy.ZERO, Energy::plus);
    }

    private static <T> String total(List<T> periods, Function<T, Money> part) {
        Money total = periods.stream().map(part).reduce(Money.ZERO, Money::plus);
        return Decimals.formatCents(total.micros());
    }

    private static String ratio(Energy part, Energy whole) {
        return Decimals.formatMillionths(Share.ratioMillionths(part.mWh(), whole.mWh()));
    }

    private static String instant(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
