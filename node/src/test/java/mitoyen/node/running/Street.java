package mitoyen.node.running;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.ledger.wire.SignedTransaction;

/// Transactions of communities that do not exist, signed by keys that anyone can work out.
public final class Street {
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 10, 1);
    private static final long DAY_MILLIS = 86_400_000;
    private static final long START = 1_759_269_600_000L;

    private final Genesis genesis;

    /// On the ledger with this genesis.
    public Street(Genesis genesis) {
        this.genesis = genesis;
    }

    /// A genesis whose founder is everyone's.
    public static Genesis genesis() {
        return genesis(Parameters.STANDARD);
    }

    /// The same with other limits.
    public static Genesis genesis(Parameters parameters) {
        return new Genesis("test", Ed25519.keyOf(seed("founder")), parameters);
    }

    /// Founds a community.
    public SignedTransaction found(String community) {
        return sign(
                "found " + community,
                "founder",
                new FoundCommunity(
                        community,
                        Ed25519.keyOf(seed("settler " + community)),
                        new Asset("EUR"),
                        digest("terms " + community),
                        account("clearing " + community),
                        account("community " + community),
                        account("operator " + community)));
    }

    /// Settles a community's day.
    ///
    /// @param day its number from 0
    public SignedTransaction settle(String community, int day) {
        long start = START + day * DAY_MILLIS;
        return sign(
                "settle " + community + " " + day,
                "settler " + community,
                new SettleDay(
                        community,
                        FIRST_DAY.plusDays(day),
                        start,
                        start + DAY_MILLIS,
                        48,
                        Optional.empty(),
                        digest("readings " + community + day),
                        digest("allocations " + community + day),
                        digest("terms " + community),
                        new Totals.Committed(digest("totals " + community + day))));
    }

    /// Has Bea owe Ana something for the first month.
    ///
    /// @param through the height of the last block it covers
    public SignedTransaction claim(String community, long through, long cents) {
        Claim ana = new Claim(account("ana"), new Money(cents * Asset.CENT));
        Claim bea = new Claim(account("bea"), new Money(-cents * Asset.CENT));
        boolean anaFirst = ana.account().compareTo(bea.account()) < 0;
        return sign(
                "claim " + community,
                "settler " + community,
                new ClaimMonth(
                        community,
                        "2025-10",
                        1,
                        through,
                        anaFirst ? List.of(ana, bea) : List.of(bea, ana)));
    }

    /// The account of a name.
    public static AccountId account(String name) {
        return new AccountId(ByteString.of(digest(name).toBytes(), 0, AccountId.LENGTH));
    }

    /// The id of the transaction with a name, such as `found solaire`.
    public static String id(String name) {
        return TransactionId.derive(seed("ids"), name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private SignedTransaction sign(String name, String signer, EnergyTransaction step) {
        TransactionId id = TransactionId.derive(seed("ids"), name.getBytes(StandardCharsets.UTF_8));
        return SignedTransaction.sign(
                new Transaction.Version1(
                        id, genesis.hash(), Genesis.PROTOCOL_VERSION, new Step.Energy(step)),
                seed(signer));
    }

    private static byte[] seed(String name) {
        return digest(name).toBytes();
    }

    private static Digest digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
