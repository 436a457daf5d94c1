package mitoyen.node.settlement;

import java.nio.charset.StandardCharsets;
import java.util.List;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.Signer;
import mitoyen.node.keys.CommunityKeys;

/// What the settler sends, signed with the community's key, in the form that the ledger's rules ask
/// for.
public final class SettlerSignature {
    /// The lane of the founder's account that settlements use, so that nothing else he sends comes
    /// in their way.
    private static final int LANE = 1;

    /// How long a request of version 2 may take to its block.
    private static final long PATIENCE_MILLIS = 3_600_000;

    private static final long PATIENCE_BLOCKS = 10_000;

    private final Genesis genesis;
    private final CommunityKeys keys;
    private final Signer signer;

    /// @param keys whose signing key is that of the ledger's founder
    public SettlerSignature(Genesis genesis, CommunityKeys keys) {
        this.genesis = genesis;
        this.keys = keys;
        this.signer = new Signer(keys.signing().toBytes());
    }

    /// The genesis of a ledger that these keys found.
    static Genesis genesisOf(String community, CommunityKeys keys) {
        SignerKey founder = Ed25519.keyOf(keys.signing().toBytes());
        return new Genesis(community, founder, Parameters.STANDARD);
    }

    /// A request, signed.
    ///
    /// @param version the protocol version whose rules hold
    /// @param moment about when it will be executed
    /// @param number its number in the settler's lane, above those before; version 1 has none
    public SignedTransaction sign(
            CommunityLedger.Request request, int version, Moment moment, long number) {
        Step step = new Step.Energy(request.transaction());
        byte[] secret = keys.salt().derive("mitoyen transaction ids");
        byte[] name = request.name().getBytes(StandardCharsets.UTF_8);
        TransactionId id = TransactionId.derive(secret, name);
        Transaction transaction =
                version == Genesis.PROTOCOL_VERSION
                        ? new Transaction.Version1(id, genesis.hash(), version, step)
                        : new Transaction.Version2(
                                version,
                                id,
                                genesis.hash(),
                                genesis.founderAccount(),
                                LANE,
                                number,
                                new Transaction.Expiry(
                                        moment.height() + PATIENCE_BLOCKS,
                                        moment.timeMillis() + PATIENCE_MILLIS),
                                List.of(step));
        return SignedTransaction.sign(transaction, List.of(signer));
    }

    /// The lane that settlements use.
    public static int lane() {
        return LANE;
    }
}
