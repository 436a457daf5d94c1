package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mitoyen.consensus.Engine;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.embedded.EmbeddedEngine;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.node.keys.CommunityKeys;

/// The ledger of a folder that this process alone has open: signs, orders and keeps. Every request
/// is a block of its own, at a time that follows what is settled (LE-63).
final class OwnLedger implements CommunityLedger {
    private final LedgerApplication application;
    private final Engine engine;
    private final SettlerSignature signature;

    private OwnLedger(LedgerApplication application, Engine engine, SettlerSignature signature) {
        this.application = application;
        this.engine = engine;
        this.signature = signature;
    }

    /// Opens a ledger, or founds it.
    static OwnLedger open(Disk disk, Path folder, Genesis genesis, CommunityKeys keys)
            throws IOException {
        LedgerApplication application = new LedgerApplication(genesis);
        Engine engine =
                EmbeddedEngine.open(
                        disk, folder, genesis.toBytes(), application, application::index);
        return new OwnLedger(application, engine, new SettlerSignature(genesis, keys));
    }

    @Override
    public LedgerIndex index() {
        return application.index();
    }

    @Override
    public void submit(List<Request> requests) throws IOException {
        Moment last = new Moment(index().height(), index().lastTimeMillis());
        List<Proposal> proposals =
                new RequestBlocks(application, signature)
                        .of(requests, last, application::version, Request::timeMillis);
        application.rehearse(proposals);
        engine.submit(proposals);
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }
}
