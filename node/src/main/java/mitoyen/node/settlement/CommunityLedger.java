package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.consensus.Engine;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.embedded.EmbeddedEngine;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.keys.CommunityKeys;

/// The ledger of a folder, open for the node that settles: signs, orders and keeps.
final class CommunityLedger implements AutoCloseable {
    private final Genesis genesis;
    private final LedgerApplication application;
    private final Engine engine;
    private final CommunityKeys keys;

    private CommunityLedger(
            Genesis genesis, LedgerApplication application, Engine engine, CommunityKeys keys) {
        this.genesis = genesis;
        this.application = application;
        this.engine = engine;
        this.keys = keys;
    }

    /// Opens a ledger, or founds it.
    static CommunityLedger open(Disk disk, Path folder, Genesis genesis, CommunityKeys keys)
            throws IOException {
        LedgerApplication application = new LedgerApplication(genesis);
        Engine engine =
                EmbeddedEngine.open(
                        disk, folder, genesis.toBytes(), application, application::index);
        return new CommunityLedger(genesis, application, engine, keys);
    }

    /// The genesis of a ledger that these keys found.
    static Genesis genesisOf(String community, CommunityKeys keys) {
        SignerKey founder = Ed25519.keyOf(keys.signing().toBytes());
        return new Genesis(community, founder, Parameters.STANDARD);
    }

    LedgerIndex index() {
        return application.index();
    }

    /// Makes a block of each request, in order, durable when this returns.
    ///
    /// @throws IllegalStateException if the ledger would refuse one, and nothing was written: its
    ///   rules and the settlement's have come apart
    void submit(List<Request> requests) throws IOException {
        List<Proposal> proposals = new ArrayList<>();
        long timeMillis = index().lastTimeMillis();
        for (Request request : requests) {
            timeMillis = Math.max(request.timeMillis(), Math.addExact(timeMillis, 1));
            byte[] bundle = Bundle.of(List.of(sign(request))).toBytes();
            proposals.add(new Proposal(timeMillis, List.of(bundle)));
        }
        application.rehearse(proposals);
        engine.submit(proposals);
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }

    private SignedTransaction sign(Request request) {
        Step step = new Step.Energy(request.transaction());
        byte[] secret = keys.salt().derive("mitoyen transaction ids");
        byte[] name = request.name().getBytes(StandardCharsets.UTF_8);
        TransactionId id = TransactionId.derive(secret, name);
        return SignedTransaction.sign(
                new Transaction.Version1(id, genesis.hash(), Genesis.PROTOCOL_VERSION, step),
                keys.signing().toBytes());
    }

    /// What is to become a block.
    ///
    /// @param name what it is called in this ledger: the same request made again has the same name,
    ///   and so the same id, and is done once
    /// @param timeMillis the earliest time of the block [ms since 1970]
    record Request(String name, long timeMillis, EnergyTransaction transaction) {}
}
