package mitoyen.node.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import mitoyen.consensus.Block;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.node.language.Figures;
import mitoyen.node.page.BlockView.Deed;
import mitoyen.node.page.BlockView.Fact;

/// Says what a block holds, in the language of a frame.
final class BlockWords {
    /// How much of an account's name is shown [characters]: `mit1` and eight more, 40 bits.
    private static final int SHOWN_OF_ACCOUNT = 12;

    private final Frame frame;
    private final Figures figures;
    private final ZoneId zone;
    private final String currency;

    /// The words of a street's blocks.
    BlockWords(Frame frame, Street street) {
        this.frame = frame;
        this.figures = frame.figures();
        this.zone = street.zone();
        this.currency = street.currency();
    }

    BlockView view(Block block, List<EnergyEvent> events) {
        Instant time = Instant.ofEpochMilli(block.timeMillis());
        return new BlockView(
                block.height(),
                time.toString(),
                figures.longDate(time.atZone(zone).toLocalDate())
                        + ", "
                        + Pictures.clock(time, zone),
                block.hash().toString(),
                List.of(
                        code("blocks.header.previous", block.previousHash()),
                        code("blocks.header.bundles", block.bundlesHash()),
                        code("blocks.header.state", block.appHash()),
                        code("blocks.header.results", block.resultsHash()),
                        code("blocks.header.hash", block.hash())),
                events.stream().map(this::deed).toList());
    }

    private Deed deed(EnergyEvent event) {
        return switch (event) {
            case EnergyEvent.CommunityFounded(FoundCommunity founding) -> founded(founding);
            case EnergyEvent.DaySettled(SettleDay settlement) -> settled(settlement);
            case EnergyEvent.MonthClaimed(ClaimMonth claim) -> claimed(claim);
            case EnergyEvent.DayProposed(var proposer, var settlement) ->
                    ofSettlers("blocks.day.proposed", date(settlement.day()), proposer);
            case EnergyEvent.DayAttested(_, var day, _, var kind, var settler) ->
                    ofSettlers("blocks.day.attested." + kind, date(day), settler);
            case EnergyEvent.DayDissented(_, var day, _, var dissent) ->
                    ofSettlers("blocks.day.dissented", date(day), dissent.settler());
            case EnergyEvent.ClaimProposed(var proposer, var claim, _) ->
                    ofSettlers("blocks.month.proposed", figures.period(claim.month()), proposer);
            case EnergyEvent.ClaimAttested(_, var month, _, var settler) ->
                    ofSettlers("blocks.month.attested", figures.period(month), settler);
            case EnergyEvent.ClaimObjected(_, var month, _, var objection) ->
                    ofSettlers("blocks.month.objected", figures.period(month), objection.settler());
            case EnergyEvent.ClaimHeld(_, var month, var proposer) ->
                    ofSettlers("blocks.month.held", figures.period(month), proposer);
            case EnergyEvent.ClaimDropped(_, var month, var proposer, _) ->
                    ofSettlers("blocks.month.dropped", figures.period(month), proposer);
        };
    }

    /// What settlers say before a day or a month is settled.
    private Deed ofSettlers(String key, String when, AccountId settler) {
        return new Deed(
                frame.text("blocks.settlers"),
                frame.text(key, when),
                List.of(code("blocks.fact.settler", settler)));
    }

    private String date(LocalDate day) {
        return figures.longDate(day);
    }

    private Deed founded(FoundCommunity founding) {
        return new Deed(
                frame.text("blocks.found"),
                frame.text("blocks.found.sentence", founding.community(), founding.claims().code()),
                List.of(
                        code("blocks.fact.settler", founding.settler()),
                        code("blocks.fact.terms", founding.terms())));
    }

    private Deed settled(SettleDay settlement) {
        String kind = settlement.supersedes().isPresent() ? "blocks.correct" : "blocks.settle";
        String date = figures.longDate(settlement.day());
        List<Fact> facts = new ArrayList<>();
        facts.add(fact("blocks.fact.intervals", figures.whole(settlement.intervals())));
        String sentence =
                switch (settlement.totals()) {
                    case Totals.Published totals -> {
                        addTotals(facts, totals);
                        String shared = figures.kWh(totals.allocated().mWh());
                        yield frame.text(kind + ".sentence", date, shared);
                    }
                    case Totals.Committed(var commitment) -> {
                        facts.add(code("blocks.fact.totals", commitment));
                        yield frame.text(kind + ".committed", date);
                    }
                };
        facts.add(code("blocks.fact.readings", settlement.readings()));
        facts.add(code("blocks.fact.allocations", settlement.allocations()));
        settlement.supersedes().ifPresent(old -> facts.add(code("blocks.fact.supersedes", old)));
        facts.add(code("blocks.fact.terms", settlement.terms()));
        return new Deed(frame.text("blocks.settle"), sentence, facts);
    }

    private void addTotals(List<Fact> facts, Totals.Published totals) {
        facts.add(fact("blocks.fact.meters", figures.whole(totals.meters())));
        facts.add(fact("blocks.fact.consumption", figures.kWh(totals.consumption().mWh())));
        facts.add(fact("blocks.fact.production", figures.kWh(totals.production().mWh())));
    }

    private Deed claimed(ClaimMonth claim) {
        long owed =
                claim.claims().stream()
                        .mapToLong(each -> Math.max(0, each.amount().micros()))
                        .sum();
        List<Fact> facts = new ArrayList<>();
        facts.add(fact("blocks.fact.number", figures.whole(claim.number())));
        facts.add(fact("blocks.fact.through", figures.whole(claim.through())));
        for (Claim each : claim.claims()) {
            facts.add(
                    new Fact(
                            frame.text("blocks.fact.account", brief(each.account())),
                            figures.money(each.amount().micros(), currency),
                            false));
        }
        return new Deed(
                frame.text("blocks.claim"),
                frame.text(
                        "blocks.claim.sentence",
                        figures.period(claim.month()),
                        frame.words().count("blocks.claim.accounts", claim.claims().size()),
                        figures.money(owed, currency)),
                facts);
    }

    /// The beginning of an account's name: as much as tells it from the others of a street.
    private static String brief(AccountId account) {
        return account.toString().substring(0, SHOWN_OF_ACCOUNT) + "…";
    }

    private Fact fact(String key, String value) {
        return new Fact(frame.text(key), value, false);
    }

    private Fact code(String key, Object value) {
        return new Fact(frame.text(key), value.toString(), true);
    }
}
