package mitoyen.node.settlement;

import java.nio.file.Path;
import java.time.LocalDate;
import mitoyen.ledger.energy.Terms;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;

/// What new terms of a community must have in common with what is there.
final class FixedTerms {
    private FixedTerms() {}

    /// What a ledger cannot change: whose it is, in what its claims are, and what its days are.
    ///
    /// @param folder of the community, which a mistake names
    static void requireSame(Path folder, Terms founded, Terms now) throws InputMistakes {
        requireSame(folder, "community", founded.community(), now.community());
        requireSame(folder, "currency", founded.currency(), now.currency());
        requireSame(folder, "zone", founded.zone(), now.zone());
    }

    /// A day that is to be settled has a price.
    ///
    /// @param file of the community, which a mistake names
    static void requirePrices(Path file, Terms terms, LocalDate day) throws InputMistakes {
        LocalDate priced = terms.prices().getFirst().from();
        if (priced.isAfter(day)) {
            throw new InputMistakes(
                    new Mistake(file.toString(), 0, Fault.PRICES_TOO_LATE, priced, day));
        }
    }

    private static void requireSame(Path folder, String what, String founded, String now)
            throws InputMistakes {
        if (!founded.equals(now)) {
            throw new InputMistakes(
                    new Mistake(folder.toString(), 0, Fault.OTHER_COMMUNITY, what, founded, now));
        }
    }
}
