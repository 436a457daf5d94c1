package mitoyen.ledger.wire;

import java.util.Optional;
import java.util.OptionalInt;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.Objection;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.energy.SettlementCodec;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.proof.Digest;

/// The steps of the energy contract as CBOR: a map with one entry, named by what is asked for
/// (LE-73).
final class EnergyCodec {
    private static final String FOUND = "found-community";
    private static final String SETTLE = "settle-day";
    private static final String CLAIM = "claim-month";
    private static final String ATTEST_DAY = "attest-day";
    private static final String DISSENT_DAY = "dissent-day";
    private static final String ATTEST_CLAIM = "attest-claim";
    private static final String OBJECT_CLAIM = "object-claim";
    private static final int LONGEST_ID = 64;
    private static final int MONTH_LENGTH = 7;

    private EnergyCodec() {}

    static void write(CborWriter writer, EnergyTransaction transaction) {
        writer.map(1);
        switch (transaction) {
            case FoundCommunity founding -> write(writer.key(FOUND), founding);
            case SettleDay settlement -> SettlementCodec.write(writer.key(SETTLE), settlement);
            case ClaimMonth claim -> SettlementCodec.write(writer.key(CLAIM), claim);
            case AttestDay asked -> write(writer.key(ATTEST_DAY), asked);
            case DissentDay asked -> write(writer.key(DISSENT_DAY), asked);
            case AttestClaim asked -> write(writer.key(ATTEST_CLAIM), asked);
            case ObjectClaim asked -> write(writer.key(OBJECT_CLAIM), asked);
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
            case SETTLE -> Optional.of(SettlementCodec.readSettlement(reader));
            case CLAIM -> Optional.of(SettlementCodec.readClaim(reader, claims));
            case ATTEST_DAY -> Optional.of(readAttestDay(reader));
            case DISSENT_DAY -> Optional.of(readDissentDay(reader));
            case ATTEST_CLAIM -> Optional.of(readAttestClaim(reader));
            case OBJECT_CLAIM -> Optional.of(readObjectClaim(reader));
            default -> Optional.empty();
        };
    }

    private static void write(CborWriter writer, FoundCommunity founding) {
        writer.map(founding.settlers().isPresent() ? 8 : 7);
        writer.key("terms").bytes(founding.terms().bytes());
        writer.key("claims").text(founding.claims().code());
        writer.key("settler").bytes(founding.settler().bytes());
        writer.key("clearing").bytes(founding.clearing().bytes());
        founding.settlers().ifPresent(settlers -> settlers.write(writer.key("settlers")));
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
        Optional<Settlers> settlers =
                reader.optionalKey("settlers")
                        ? Optional.of(Settlers.read(reader))
                        : Optional.empty();
        String community = readCommunity(reader);
        AccountId communityAccount = Fields.account(reader.key("community-account"));
        AccountId networkOperator = Fields.account(reader.key("network-operator-account"));
        reader.endMap();
        return new FoundCommunity(
                community,
                settler,
                claims,
                terms,
                clearing,
                communityAccount,
                networkOperator,
                settlers);
    }

    private static void write(CborWriter writer, AttestDay asked) {
        writer.map(5).key("day").text(asked.day().toString());
        writer.key("kind").text(asked.kind().toString());
        writer.key("proposal").bytes(asked.proposal().bytes());
        writer.key("proposer").bytes(asked.proposer().bytes());
        writer.key("community").text(asked.community());
    }

    private static AttestDay readAttestDay(CborReader reader) throws CborException {
        reader.beginMap();
        var day = Fields.day(reader.key("day"));
        SettledRoot kind = Objection.readKind(reader.key("kind"));
        Digest proposal = Fields.digest(reader.key("proposal"));
        AccountId proposer = Fields.account(reader.key("proposer"));
        String community = readCommunity(reader);
        reader.endMap();
        return new AttestDay(community, day, proposer, proposal, kind);
    }

    private static void write(CborWriter writer, DissentDay asked) {
        writer.map(asked.index().isPresent() ? 7 : 6);
        writer.key("day").text(asked.day().toString());
        writer.key("kind").text(asked.kind().toString());
        writer.key("root").bytes(asked.root().bytes());
        asked.index().ifPresent(at -> writer.key("index").integer(at));
        writer.key("proposal").bytes(asked.proposal().bytes());
        writer.key("proposer").bytes(asked.proposer().bytes());
        writer.key("community").text(asked.community());
    }

    private static DissentDay readDissentDay(CborReader reader) throws CborException {
        reader.beginMap();
        var day = Fields.day(reader.key("day"));
        SettledRoot kind = Objection.readKind(reader.key("kind"));
        Digest root = Fields.digest(reader.key("root"));
        OptionalInt index = Objection.readIndex(reader);
        Digest proposal = Fields.digest(reader.key("proposal"));
        AccountId proposer = Fields.account(reader.key("proposer"));
        String community = readCommunity(reader);
        reader.endMap();
        return new DissentDay(community, day, proposer, proposal, kind, root, index);
    }

    private static void write(CborWriter writer, AttestClaim asked) {
        writer.map(4).key("claim").bytes(asked.claim().bytes());
        writer.key("month").text(asked.month());
        writer.key("proposer").bytes(asked.proposer().bytes());
        writer.key("community").text(asked.community());
    }

    private static AttestClaim readAttestClaim(CborReader reader) throws CborException {
        reader.beginMap();
        Digest claim = Fields.digest(reader.key("claim"));
        String month = reader.key("month").text(MONTH_LENGTH);
        AccountId proposer = Fields.account(reader.key("proposer"));
        String community = readCommunity(reader);
        reader.endMap();
        return new AttestClaim(community, month, proposer, claim);
    }

    private static void write(CborWriter writer, ObjectClaim asked) {
        writer.map(asked.index().isPresent() ? 6 : 5);
        writer.key("root").bytes(asked.root().bytes());
        writer.key("claim").bytes(asked.claim().bytes());
        asked.index().ifPresent(at -> writer.key("index").integer(at));
        writer.key("month").text(asked.month());
        writer.key("proposer").bytes(asked.proposer().bytes());
        writer.key("community").text(asked.community());
    }

    private static ObjectClaim readObjectClaim(CborReader reader) throws CborException {
        reader.beginMap();
        Digest root = Fields.digest(reader.key("root"));
        Digest claim = Fields.digest(reader.key("claim"));
        OptionalInt index = Objection.readIndex(reader);
        String month = reader.key("month").text(MONTH_LENGTH);
        AccountId proposer = Fields.account(reader.key("proposer"));
        String community = readCommunity(reader);
        reader.endMap();
        return new ObjectClaim(community, month, proposer, claim, root, index);
    }

    private static String readCommunity(CborReader reader) throws CborException {
        return reader.key("community").text(LONGEST_ID);
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
