package mitoyen.ledger.energy;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.proof.Digest;

/// A day's settlement that a settler proposed and a quorum has not attested yet (LE-182). Each
/// settler has at most one a day.
///
/// @param proposer the settler's account
/// @param settlement what he proposes
/// @param readings who attested the root over the readings
/// @param allocations who attested the rest
/// @param dissents who came to another root, by rising settler
public record DayProposal(
        AccountId proposer,
        SettleDay settlement,
        List<AccountId> readings,
        List<AccountId> allocations,
        List<Objection> dissents) {
    private static final int DEPTH = 5;

    public DayProposal {
        readings = List.copyOf(readings);
        allocations = List.copyOf(allocations);
        dissents = List.copyOf(dissents);
    }

    static DayProposal of(AccountId proposer, SettleDay settlement) {
        return new DayProposal(proposer, settlement, List.of(), List.of(), List.of());
    }

    /// The name by which settlers attest it (LE-181).
    public Digest digest() {
        return SettlementCodec.digest(settlement);
    }

    /// Who attested a root.
    public List<AccountId> attested(SettledRoot kind) {
        return switch (kind) {
            case READINGS -> readings;
            case ALLOCATIONS -> allocations;
        };
    }

    /// The root that is proposed.
    public Digest root(SettledRoot kind) {
        return switch (kind) {
            case READINGS -> settlement.readings();
            case ALLOCATIONS -> settlement.allocations();
        };
    }

    /// After a settler attested a root: what he said against it counts no more.
    DayProposal attestedBy(AccountId settler, SettledRoot kind) {
        return switch (kind) {
            case READINGS ->
                    new DayProposal(
                            proposer,
                            settlement,
                            new Voices(readings).with(settler).settlers(),
                            allocations,
                            dissents.stream()
                                    .filter(each ->
                                            !each.settler().equals(settler)
                                                    || !each.kind().equals(Optional.of(kind)))
                                    .toList());
            case ALLOCATIONS ->
                    new DayProposal(
                            proposer,
                            settlement,
                            readings,
                            new Voices(allocations).with(settler).settlers(),
                            Objection.without(dissents, settler));
        };
    }

    /// After a settler dissented: of another root over the readings there are no allocations.
    DayProposal with(Objection dissent) {
        AccountId settler = dissent.settler();
        boolean ofReadings = dissent.kind().equals(Optional.of(SettledRoot.READINGS));
        return new DayProposal(
                proposer,
                settlement,
                ofReadings ? new Voices(readings).without(settler).settlers() : readings,
                new Voices(allocations).without(settler).settlers(),
                Objection.with(dissents, dissent));
    }

    /// The key that it stands under in the state (LE-182).
    public ByteString key() {
        return EnergyState.key(settlement.community(), settlement.day().toString(), proposer);
    }

    /// The bytes that stand for it in the state's root (LE-182).
    public byte[] toCbor() {
        CborWriter writer = new CborWriter().map(5);
        Objection.writeAll(writer.key("dissents"), dissents);
        writer.key("proposer").bytes(proposer.bytes());
        new Voices(readings).write(writer.key("readings"));
        SettlementCodec.write(writer.key("settlement"), settlement);
        new Voices(allocations).write(writer.key("allocations"));
        return writer.toBytes();
    }

    /// What [#toCbor] wrote.
    ///
    /// @throws CborException if the bytes are no proposal
    public static DayProposal fromCbor(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        List<Objection> dissents = Objection.readAll(reader.key("dissents"), true);
        AccountId proposer = Fields.account(reader.key("proposer"));
        Voices readings = Voices.read(reader.key("readings"));
        SettleDay settlement = SettlementCodec.readSettlement(reader.key("settlement"));
        Voices allocations = Voices.read(reader.key("allocations"));
        reader.endMap();
        reader.end();
        return new DayProposal(
                proposer, settlement, readings.settlers(), allocations.settlers(), dissents);
    }
}
