package mitoyen.ledger.account;

import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.quantity.Amount;

/// How much of an asset a delegated key may spend in a period.
///
/// @param limit the most in one period, at least 0
/// @param spent how much of it is spent in the period that runs
public record Allowance(Asset asset, Amount limit, Amount spent) {
    /// An allowance of which nothing is spent.
    public static Allowance of(Asset asset, Amount limit) {
        return new Allowance(asset, limit, Amount.ZERO);
    }

    /// What is left in the period.
    Amount left() {
        return limit.minus(spent);
    }

    /// Writes `[asset, limit, spent]`.
    void write(CborWriter writer) {
        writer.array(3).text(asset.code()).integer(limit.units()).integer(spent.units());
    }

    static Allowance read(CborReader reader) throws CborException {
        reader.beginArray(3);
        Asset asset = Fields.asset(reader);
        Amount limit = Fields.amount(reader);
        Amount spent = Fields.amount(reader);
        reader.endArray();
        return new Allowance(asset, limit, spent);
    }

    /// Writes `[asset, limit]`, as it is asked for.
    public void writeAsked(CborWriter writer) {
        writer.array(2).text(asset.code()).integer(limit.units());
    }

    /// Reads what [#writeAsked] wrote.
    ///
    /// @throws CborException if it is no allowance
    public static Allowance readAsked(CborReader reader) throws CborException {
        reader.beginArray(2);
        Asset asset = Fields.asset(reader);
        Amount limit = Fields.amount(reader);
        reader.endArray();
        return of(asset, limit);
    }
}
