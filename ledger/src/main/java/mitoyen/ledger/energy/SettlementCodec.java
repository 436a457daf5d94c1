package mitoyen.ledger.energy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;

/// Settlements and claims as CBOR: the same in a transaction, in the state where they wait, and
/// under the hash by which settlers name them (LE-73, LE-181).
public final class SettlementCodec {
    private static final String PUBLISHED = "published";
    private static final String COMMITTED = "committed";
    private static final int LONGEST_ID = 64;
    private static final int MONTH_LENGTH = 7;

    private SettlementCodec() {}

    /// The name of a settlement: the SHA-256 of its encoding.
    public static Digest digest(SettleDay settlement) {
        CborWriter writer = new CborWriter();
        write(writer, settlement);
        return Sha256.of(writer.toBytes());
    }

    /// The name of a month's claims: the SHA-256 of their encoding.
    public static Digest digest(ClaimMonth claim) {
        CborWriter writer = new CborWriter();
        write(writer, claim);
        return Sha256.of(writer.toBytes());
    }

    /// Writes a settlement.
    public static void write(CborWriter writer, SettleDay settlement) {
        writer.map(settlement.supersedes().isPresent() ? 10 : 9);
        writer.key("day").text(settlement.day().toString());
        writer.key("end").integer(settlement.endMillis());
        writer.key("start").integer(settlement.startMillis());
        writer.key("terms").bytes(settlement.terms().bytes());
        write(writer.key("totals"), settlement.totals());
        writer.key("readings").bytes(settlement.readings().bytes());
        writer.key("community").text(settlement.community());
        writer.key("intervals").integer(settlement.intervals());
        settlement.supersedes().ifPresent(root -> writer.key("supersedes").bytes(root.bytes()));
        writer.key("allocations").bytes(settlement.allocations().bytes());
    }

    /// Reads a settlement.
    ///
    /// @throws CborException if it is none
    public static SettleDay readSettlement(CborReader reader) throws CborException {
        reader.beginMap();
        var day = Fields.day(reader.key("day"));
        long end = reader.key("end").integer();
        long start = reader.key("start").integer();
        var terms = Fields.digest(reader.key("terms"));
        Totals totals = readTotals(reader.key("totals"));
        var readings = Fields.digest(reader.key("readings"));
        String community = reader.key("community").text(LONGEST_ID);
        int intervals = (int) reader.key("intervals").unsigned(Integer.MAX_VALUE);
        var supersedes =
                reader.optionalKey("supersedes")
                        ? Optional.of(Fields.digest(reader))
                        : Optional.<Digest>empty();
        var allocations = Fields.digest(reader.key("allocations"));
        reader.endMap();
        return new SettleDay(
                community,
                day,
                start,
                end,
                intervals,
                supersedes,
                readings,
                allocations,
                terms,
                totals);
    }

    private static void write(CborWriter writer, Totals totals) {
        writer.map(1);
        switch (totals) {
            case Totals.Committed(var commitment) ->
                    writer.key(COMMITTED).bytes(commitment.bytes());
            case Totals.Published published -> {
                writer.key(PUBLISHED).map(6);
                writer.key("sold").integer(published.sold().mWh());
                writer.key("agreed").bool(published.agreed());
                writer.key("meters").integer(published.meters());
                writer.key("allocated").integer(published.allocated().mWh());
                writer.key("production").integer(published.production().mWh());
                writer.key("consumption").integer(published.consumption().mWh());
            }
        }
    }

    private static Totals readTotals(CborReader reader) throws CborException {
        reader.beginMap();
        int start = reader.offset();
        String kind = reader.nextKey();
        Totals totals =
                switch (kind) {
                    case COMMITTED -> new Totals.Committed(Fields.digest(reader));
                    case PUBLISHED -> readPublished(reader);
                    default -> throw new CborException(start, "an unknown kind of totals");
                };
        reader.endMap();
        return totals;
    }

    private static Totals readPublished(CborReader reader) throws CborException {
        reader.beginMap();
        var sold = new Energy(reader.key("sold").integer());
        boolean agreed = reader.key("agreed").bool();
        int meters = (int) reader.key("meters").unsigned(Integer.MAX_VALUE);
        var allocated = new Energy(reader.key("allocated").integer());
        var production = new Energy(reader.key("production").integer());
        var consumption = new Energy(reader.key("consumption").integer());
        reader.endMap();
        return new Totals.Published(meters, consumption, production, allocated, sold, agreed);
    }

    /// Writes a month's claims.
    public static void write(CborWriter writer, ClaimMonth claim) {
        writer.map(5);
        writer.key("month").text(claim.month());
        writer.key("claims").array(claim.claims().size());
        for (Claim each : claim.claims()) {
            writer.array(2).bytes(each.account().bytes()).integer(each.amount().micros());
        }
        writer.key("number").integer(claim.number());
        writer.key("through").integer(claim.through());
        writer.key("community").text(claim.community());
    }

    /// Reads a month's claims.
    ///
    /// @param limit the most claims that are read
    /// @throws CborException if they are none
    public static ClaimMonth readClaim(CborReader reader, int limit) throws CborException {
        reader.beginMap();
        String month = reader.key("month").text(MONTH_LENGTH);
        int count = reader.key("claims").beginArray(limit);
        List<Claim> claims = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            reader.beginArray(2);
            AccountId account = Fields.account(reader);
            claims.add(new Claim(account, new Money(reader.integer())));
            reader.endArray();
        }
        reader.endArray();
        int number = (int) reader.key("number").unsigned(Integer.MAX_VALUE);
        long through = reader.key("through").integer();
        String community = reader.key("community").text(LONGEST_ID);
        reader.endMap();
        return new ClaimMonth(community, month, number, through, claims);
    }
}
