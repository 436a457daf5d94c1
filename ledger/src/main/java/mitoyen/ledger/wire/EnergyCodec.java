package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;

/// The steps of the energy contract as CBOR: a map with one entry, named by what is asked for
/// (LE-73).
final class EnergyCodec {
    private static final String FOUND = "found-community";
    private static final String SETTLE = "settle-day";
    private static final String CLAIM = "claim-month";
    private static final String PUBLISHED = "published";
    private static final String COMMITTED = "committed";
    private static final int LONGEST_ID = 64;
    private static final int MONTH_LENGTH = 7;

    private EnergyCodec() {}

    static void write(CborWriter writer, EnergyTransaction transaction) {
        writer.map(1);
        switch (transaction) {
            case FoundCommunity founding -> write(writer.key(FOUND), founding);
            case SettleDay settlement -> write(writer.key(SETTLE), settlement);
            case ClaimMonth claim -> write(writer.key(CLAIM), claim);
        }
    }

    /// Reads what the energy contract is asked for under a name; nothing where the name is none of
    /// its own.
    ///
    /// @param claims the most claims that are read
    static Optional<EnergyTransaction> read(CborReader reader, String kind, int claims)
            throws CborException {
        return switch (kind) {
            case FOUND -> Optional.of(readFounding(reader));
            case SETTLE -> Optional.of(readSettlement(reader));
            case CLAIM -> Optional.of(readClaim(reader, claims));
            default -> Optional.empty();
        };
    }

    private static void write(CborWriter writer, FoundCommunity founding) {
        writer.map(7);
        writer.key("terms").bytes(founding.terms().bytes());
        writer.key("claims").text(founding.claims().code());
        writer.key("settler").bytes(founding.settler().bytes());
        writer.key("clearing").bytes(founding.clearing().bytes());
        writer.key("community").text(founding.community());
        writer.key("community-account").bytes(founding.communityAccount().bytes());
        writer.key("network-operator-account").bytes(founding.networkOperatorAccount().bytes());
    }

    private static FoundCommunity readFounding(CborReader reader) throws CborException {
        reader.beginMap();
        var terms = Fields.digest(reader.key("terms"));
        Asset claims = asset(reader.key("claims"));
        var settler = new SignerKey(reader.key("settler").fixedBytes(SignerKey.LENGTH));
        AccountId clearing = Fields.account(reader.key("clearing"));
        String community = reader.key("community").text(LONGEST_ID);
        AccountId communityAccount = Fields.account(reader.key("community-account"));
        AccountId networkOperator = Fields.account(reader.key("network-operator-account"));
        reader.endMap();
        return new FoundCommunity(
                community, settler, claims, terms, clearing, communityAccount, networkOperator);
    }

    private static void write(CborWriter writer, SettleDay settlement) {
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

    private static SettleDay readSettlement(CborReader reader) throws CborException {
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

    private static void write(CborWriter writer, ClaimMonth claim) {
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

    private static ClaimMonth readClaim(CborReader reader, int limit) throws CborException {
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

    private static Asset asset(CborReader reader) throws CborException {
        int start = reader.offset();
        String code = reader.text(LONGEST_ID);
        if (!Asset.isCurrency(code)) {
            throw new CborException(start, "not the code of an asset");
        }
        return new Asset(code);
    }
}
