package mitoyen.ledger.energy;

import java.util.List;
import java.util.OptionalLong;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.proof.Digest;

/// A month's claims that wait for objections (LE-185). Nothing has moved by them, and nothing is
/// reserved. Each settler has at most one a month.
///
/// @param proposer the settler's account
/// @param claim what he claims
/// @param dueMillis when the wait is over [ms since 1970]
/// @param held whether it is over, and they wait for a quorum
/// @param attested who attested them
/// @param objections who came to other claims, by rising settler
public record OpenClaim(
        AccountId proposer,
        ClaimMonth claim,
        long dueMillis,
        boolean held,
        List<AccountId> attested,
        List<Objection> objections) {
    /// The most claims of a month that wait: what is remembered of one thing stays within what a
    /// snapshot's entry holds (LE-158).
    public static final int MOST_CLAIMS = 16_384;

    private static final int DEPTH = 5;

    public OpenClaim {
        attested = List.copyOf(attested);
        objections = List.copyOf(objections);
    }

    static OpenClaim of(AccountId proposer, ClaimMonth claim, long dueMillis) {
        return new OpenClaim(proposer, claim, dueMillis, false, List.of(), List.of());
    }

    /// The name by which settlers attest it.
    public Digest digest() {
        return SettlementCodec.digest(claim);
    }

    /// When its timer is due [ms since 1970]; empty once it fired.
    public OptionalLong timerMillis() {
        return held ? OptionalLong.empty() : OptionalLong.of(dueMillis);
    }

    /// Whether it may be posted once its time is over: nobody objects, or a quorum attested it.
    boolean isUndisputed(Settlers settlers) {
        return objections.isEmpty() || settlers.suffice(attested.size());
    }

    OpenClaim hold() {
        return new OpenClaim(proposer, claim, dueMillis, true, attested, objections);
    }

    OpenClaim attestedBy(AccountId settler) {
        return new OpenClaim(
                proposer,
                claim,
                dueMillis,
                held,
                new Voices(attested).with(settler).settlers(),
                Objection.without(objections, settler));
    }

    OpenClaim with(Objection objection) {
        return new OpenClaim(
                proposer,
                claim,
                dueMillis,
                held,
                new Voices(attested).without(objection.settler()).settlers(),
                Objection.with(objections, objection));
    }

    /// The key that it stands under in the state (LE-185).
    public ByteString key() {
        return key(claim.community(), claim.month(), proposer);
    }

    /// The key of what a settler claims for a month.
    public static ByteString key(String community, String month, AccountId proposer) {
        return EnergyState.key(community, month, proposer);
    }

    /// The bytes that stand for it in the state's root (LE-185).
    public byte[] toCbor() {
        CborWriter writer = new CborWriter().map(6).key("due").integer(dueMillis);
        writer.key("held").bool(held);
        SettlementCodec.write(writer.key("claim"), claim);
        new Voices(attested).write(writer.key("attested"));
        writer.key("proposer").bytes(proposer.bytes());
        Objection.writeAll(writer.key("objections"), objections);
        return writer.toBytes();
    }

    /// What [#toCbor] wrote.
    ///
    /// @throws CborException if the bytes are no open claim
    public static OpenClaim fromCbor(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        long due = reader.key("due").integer();
        boolean held = reader.key("held").bool();
        ClaimMonth claim = SettlementCodec.readClaim(reader.key("claim"), MOST_CLAIMS);
        Voices attested = Voices.read(reader.key("attested"));
        AccountId proposer = Fields.account(reader.key("proposer"));
        List<Objection> objections = Objection.readAll(reader.key("objections"), false);
        reader.endMap();
        reader.end();
        return new OpenClaim(proposer, claim, due, held, attested.settlers(), objections);
    }
}
