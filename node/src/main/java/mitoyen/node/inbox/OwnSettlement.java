package mitoyen.node.inbox;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.community.Community;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.LedgerPort;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementReport;
import mitoyen.node.settlement.SettlementRequest;

/// Readings are settled as they arrive, by one key.
final class OwnSettlement implements Treatment {
    private final Path folder;
    private final Disk disk;
    private final LedgerPort port;

    OwnSettlement(Path folder, Disk disk, LedgerPort port) {
        this.folder = folder;
        this.disk = disk;
        this.port = port;
    }

    @Override
    public Optional<Community> findCommunity() throws Refused, IOException {
        return Settlement.findCommunity(folder, disk, port);
    }

    @Override
    public Outcome take(Community community, SettlementRequest request)
            throws InputMistakes, Refused, IOException {
        SettlementReport report =
                Settlement.run(community, request, disk, port, new SecureRandom(), Progress.NONE);
        return new Outcome(
                report.settled(), true, report.corrected(), report.unchanged(), report.anchor());
    }
}
