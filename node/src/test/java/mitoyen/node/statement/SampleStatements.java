package mitoyen.node.statement;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;

/// Statements whose sums are right, for the tests of their forms.
final class SampleStatements {
    private SampleStatements() {}

    /// A home with panels that buys from two neighbours and sells to one.
    static Statement prosumer() {
        return prosumer("Alice Martin", "Bruno Petit");
    }

    static Statement prosumer(String name, String neighbour) {
        return prosumer(name, neighbour, Optional.empty());
    }

    /// The same home, told that it was billed before.
    ///
    /// @param balanceMicros by the statement of block 21
    static Statement replacing(long balanceMicros) {
        Statement.Earlier earlier = new Statement.Earlier(21, new Money(balanceMicros));
        return prosumer("Alice Martin", "Bruno Petit", Optional.of(earlier));
    }

    private static Statement prosumer(
            String name, String neighbour, Optional<Statement.Earlier> earlier) {
        return new Statement(
                "confluence",
                "enedis",
                "EUR",
                party("alice", name, Optional.of("TVA non applicable, art. 293 B du CGI")),
                "2025-10",
                new Statement.EnergyLines(
                        energy(310_250_000),
                        energy(151_000_125),
                        energy(88_000_000),
                        energy(240_500_000),
                        energy(190_000_000)),
                List.of(
                        line(
                                party("bruno", neighbour, Optional.empty()),
                                40_000_125,
                                140_000,
                                5_600_000,
                                55_000,
                                310_000),
                        line(
                                party("town", "Ville & école", Optional.of("TVA 20 %")),
                                23_000_000,
                                0,
                                0,
                                200_000,
                                0)),
                List.of(
                        line(
                                party("bruno", neighbour, Optional.empty()),
                                102_000_000,
                                140_000,
                                14_280_000,
                                0,
                                0)),
                List.of(
                        new Statement.Fee(
                                Statement.Fee.Kind.COMMUNITY,
                                energy(63_000_125),
                                new Price(10_000),
                                new Money(630_000))),
                new Money(20_950_000),
                new Money(6_680_000),
                earlier,
                new Statement.Anchor(
                        33, "9f2b7e014c55aa0d3c1e8b6f7a92d4c0517be6f3a8d90c2244e1b7fd6a3395c8"));
    }

    /// A gift receiver without panels: nothing sold, nothing owed.
    static Statement receiver() {
        return receiver(List.of(), new Money(1_800_000));
    }

    /// A gift receiver whose community collects for the network.
    static Statement networkUser() {
        return receiver(
                List.of(
                        new Statement.Fee(
                                Statement.Fee.Kind.NETWORK,
                                energy(10_000_000),
                                new Price(20_000),
                                new Money(200_000))),
                new Money(1_600_000));
    }

    private static Statement receiver(List<Statement.Fee> fees, Money saved) {
        return new Statement(
                "confluence",
                "enedis",
                "EUR",
                party("dora", "Dora", Optional.empty()),
                "2025-10",
                new Statement.EnergyLines(
                        energy(100_000_000),
                        energy(10_000_000),
                        Energy.ZERO,
                        Energy.ZERO,
                        Energy.ZERO),
                List.of(line(party("town", "Ville", Optional.empty()), 10_000_000, 0, 0, 0, 0)),
                List.of(),
                fees,
                saved,
                Money.ZERO,
                Optional.empty(),
                new Statement.Anchor(33, "00".repeat(32)));
    }

    private static Statement.Party party(String id, String name, Optional<String> note) {
        return new Statement.Party(id, name, note);
    }

    private static Statement.Line line(
            Statement.Party other, long mWh, long price, long amount, long rate, long vat) {
        return new Statement.Line(
                other,
                energy(mWh),
                new Price(price),
                new Money(amount),
                new Share(rate),
                new Money(vat));
    }

    private static Energy energy(long mWh) {
        return new Energy(mWh);
    }
}
