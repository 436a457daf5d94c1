package mitoyen.node.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import mitoyen.ledger.energy.Sale;
import mitoyen.ledger.quantity.Share;

/// What the page of a member shows, over one billing period or all.
///
/// @param period the choice of the period, with its days
/// @param place the member's place among the residents
/// @param statements the periods that there are statements for, latest first
/// @param checkWords what the check says, as JSON
public record MemberView(StreetView period, int place, List<String> statements, String checkWords) {
    private static final int SHOWN_PARTNERS = 7;

    public MemberView {
        statements = List.copyOf(statements);
    }

    /// The days of the chosen period.
    public Street street() {
        return period.street();
    }

    /// The member.
    public Street.Resident resident() {
        return street().residents().get(place);
    }

    /// What he did.
    public Use use() {
        return street().useOf(place);
    }

    /// What he paid and earned.
    public Street.Account account() {
        return street().accountOf(resident().id());
    }

    /// The part of what he used that the community made [millionths].
    public long share() {
        return Share.ratioMillionths(use().allocated(), use().consumption());
    }

    /// The days that he may check, latest first.
    public List<LocalDate> checkable() {
        return street().days().reversed().stream().map(Street.Day::date).toList();
    }

    /// A bar for each day.
    public List<BarChart.Slot> slots() {
        List<BarChart.Slot> all = Pictures.days(street(), frame());
        List<BarChart.Slot> own = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            BarChart.Slot day = all.get(i);
            Use use = street().days().get(i).uses().get(place);
            own.add(new BarChart.Slot(day.name(), day.mark(), day.href(), use));
        }
        return own;
    }

    /// Where what he drew came from.
    public List<FlowPicture.Flow> sources() {
        String home = frame().text("member.home");
        List<FlowPicture.Flow> flows = new ArrayList<>();
        if (use().own() > 0) {
            flows.add(
                    new FlowPicture.Flow(
                            frame().text("member.roof"),
                            home,
                            "own",
                            frame().text("flow.own"),
                            use().own()));
        }
        for (Partner partner : partners(Sale::buyer, Sale::seller)) {
            flows.add(
                    new FlowPicture.Flow(
                            partner.name(),
                            home,
                            "shared",
                            frame().text("flow.shared"),
                            partner.mWh()));
        }
        flows.add(
                new FlowPicture.Flow(
                        frame().text("flow.suppliers.own"),
                        home,
                        "grid",
                        frame().text("flow.complement.own"),
                        use().complement()));
        return flows;
    }

    /// Where what he made went.
    public List<FlowPicture.Flow> destinations() {
        String roof = frame().text("member.roof");
        List<FlowPicture.Flow> flows = new ArrayList<>();
        flows.add(
                new FlowPicture.Flow(
                        roof,
                        frame().text("member.home"),
                        "own",
                        frame().text("flow.own"),
                        use().own()));
        for (Partner partner : partners(Sale::seller, Sale::buyer)) {
            flows.add(
                    new FlowPicture.Flow(
                            roof,
                            partner.name(),
                            "shared",
                            frame().text("flow.shared.out"),
                            partner.mWh()));
        }
        flows.add(
                new FlowPicture.Flow(
                        roof,
                        frame().text("flow.elsewhere"),
                        "surplus",
                        frame().text("flow.surplus"),
                        use().surplus()));
        return flows;
    }

    private Frame frame() {
        return period.frame();
    }

    /// Whom he traded with, the largest first; those beyond the first few as one.
    private List<Partner> partners(Function<Sale, String> himself, Function<Sale, String> partner) {
        Map<String, Long> energies = new TreeMap<>();
        for (Sale sale : street().sales()) {
            if (himself.apply(sale).equals(resident().id())) {
                energies.merge(partner.apply(sale), sale.energy().mWh(), Math::addExact);
            }
        }
        List<Partner> sorted =
                energies.entrySet().stream()
                        .map(entry -> new Partner(nameOf(entry.getKey()), entry.getValue()))
                        .sorted(Comparator.comparingLong(Partner::mWh).reversed())
                        .toList();
        if (sorted.size() <= SHOWN_PARTNERS) {
            return sorted;
        }
        List<Partner> shown = new ArrayList<>(sorted.subList(0, SHOWN_PARTNERS - 1));
        List<Partner> others = sorted.subList(SHOWN_PARTNERS - 1, sorted.size());
        shown.add(
                new Partner(
                        frame().words().count("member.others", others.size()),
                        others.stream().mapToLong(Partner::mWh).sum()));
        return shown;
    }

    private String nameOf(String id) {
        return street().findName(id).orElseGet(street()::community);
    }

    private record Partner(String name, long mWh) {}
}
