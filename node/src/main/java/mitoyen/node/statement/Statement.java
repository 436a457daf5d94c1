package mitoyen.node.statement;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.quantity.Price;
import mitoyen.ledger.quantity.Share;

/// All that the statement of one member and one billing period says. It is not an invoice.
///
/// @param community the community's id
/// @param operator the id of the grid operator
/// @param currency ISO 4217 code
/// @param member whom it is for
/// @param period `2025-10` or `2025-10-25`
/// @param energy what he drew, shared and made
/// @param purchases what he bought from others, a line for each seller and price
/// @param sales what he sold to others, a line for each buyer and price
/// @param fees what the community collects from him
/// @param saved what local energy cost him less than his supplier's, tax excluded; may be negative
/// @param gained what local sales brought more than surplus fetches, tax excluded; may be negative
/// @param earlier the statement of the same member and period that this one takes the place of
/// @param anchor where on the ledger all this stands
public record Statement(
        String community,
        String operator,
        String currency,
        Party member,
        String period,
        EnergyLines energy,
        List<Line> purchases,
        List<Line> sales,
        List<Fee> fees,
        Money saved,
        Money gained,
        Optional<Earlier> earlier,
        Anchor anchor) {
    private static final int LINES_OF_A_PAGE = 10;

    public Statement {
        purchases = List.copyOf(purchases);
        sales = List.copyOf(sales);
        fees = List.copyOf(fees);
    }

    /// What he paid others, VAT included.
    public Money paid() {
        return total(purchases);
    }

    /// What others paid him, VAT included.
    public Money earned() {
        return total(sales);
    }

    /// What the community collects from him in all.
    public Money fee() {
        return fees.stream().map(Fee::amount).reduce(Money.ZERO, Money::plus);
    }

    /// Whether the community collects a network fee from him, which his supplier then does not.
    public boolean collectsForNetwork() {
        return fees.stream().anyMatch(fee -> fee.kind() == Fee.Kind.NETWORK);
    }

    /// What is left to him, or what he owes if it is negative: earned less paid less fees.
    public Money balance() {
        return earned().minus(paid()).minus(fee());
    }

    /// What is left to whoever settled the statement that this one replaces, or what he still owes
    /// if it is negative: the balance less that one's.
    public Optional<Money> findDifference() {
        return earlier.map(replaced -> balance().minus(replaced.balance()));
    }

    /// What his supplier would have charged for the energy that came from the community, tax
    /// excluded: what he paid for it without VAT, the fees and what he saved.
    public Money replaced() {
        return purchases.stream()
                .map(Line::amount)
                .reduce(Money.ZERO, Money::plus)
                .plus(fee())
                .plus(saved);
    }

    /// Whether it is more than one printed page holds in letters of full size: two tables, or one
    /// of many lines.
    public boolean isLong() {
        boolean both = !purchases.isEmpty() && !sales.isEmpty();
        return both || purchases.size() + sales.size() > LINES_OF_A_PAGE;
    }

    /// The name that a file of this statement begins with.
    public String fileName() {
        return member.id() + "-" + period;
    }

    private static Money total(List<Line> lines) {
        return lines.stream().map(Line::total).reduce(Money.ZERO, Money::plus);
    }

    /// Whoever buys or sells.
    ///
    /// @param id the member's id, or the community's for its own account
    /// @param name as the community writes it
    /// @param vatNote what the law has him print beside his VAT
    public record Party(String id, String name, Optional<String> vatNote) {}

    /// The period's energy.
    ///
    /// @param consumption what he drew
    /// @param allocated the part of it that the community made, his own included
    /// @param own the part of that which he made himself
    /// @param produced what he made
    /// @param sold the part of it that the community drew, himself included
    public record EnergyLines(
            Energy consumption, Energy allocated, Energy own, Energy produced, Energy sold) {
        /// What he bought of others.
        public Energy bought() {
            return allocated.minus(own);
        }

        /// What his supplier delivers and bills.
        public Energy complement() {
            return consumption.minus(allocated);
        }

        /// What nobody near him drew.
        public Energy surplus() {
            return produced.minus(sold);
        }

        /// What others drew of what he made.
        public Energy soldToOthers() {
            return sold.minus(own);
        }

        /// The part of what he drew that the community made [millionths].
        public long localShareMillionths() {
            return Share.ratioMillionths(allocated.mWh(), consumption.mWh());
        }
    }

    /// Energy that changed hands at one price.
    ///
    /// @param other the seller of a purchase, the buyer of a sale
    /// @param energy how much, above 0
    /// @param price tax excluded
    /// @param amount tax excluded, whole cents
    /// @param vatRate the seller's rate
    /// @param vat whole cents
    public record Line(
            Party other, Energy energy, Price price, Money amount, Share vatRate, Money vat) {
        /// The amount with VAT.
        public Money total() {
            return amount.plus(vat);
        }
    }

    /// What the community collects on energy bought from others.
    ///
    /// @param kind what for
    /// @param energy what it is collected on
    /// @param price per kWh
    /// @param amount whole cents
    public record Fee(Kind kind, Energy energy, Price price, Money amount) {
        /// What a fee is for.
        public enum Kind {
            /// The community's own work.
            COMMUNITY,
            /// The network, where the community itself collects for it.
            NETWORK
        }
    }

    /// A statement that another one replaces, as the ledger claimed it.
    ///
    /// @param height the block that claimed it
    /// @param balance what it left to him, or what he owed by it if it is negative; whole cents
    public record Earlier(long height, Money balance) {}

    /// A place on the ledger that commits to everything before it.
    ///
    /// @param height the last block
    /// @param root the root over all blocks up to it, 64 hexadecimal digits
    public record Anchor(long height, String root) {}
}
