package mitoyen.node.settlers;

import java.io.IOException;
import java.util.Optional;
import mitoyen.node.community.Community;
import mitoyen.node.inbox.Treatment;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.settlement.KeptReadings;
import mitoyen.node.settlement.SettlementRequest;
import mitoyen.node.settlement.SettlersDesk;

/// Readings that arrive at one of several settlers are kept in his vault, and he is told.
public final class SettlerInbox implements Treatment {
    private final SettlersDesk desk;
    private final Settler settler;

    public SettlerInbox(SettlersDesk desk, Settler settler) {
        this.desk = desk;
        this.settler = settler;
    }

    @Override
    public Optional<Community> findCommunity() throws IOException {
        return desk.findCommunity();
    }

    @Override
    public Outcome take(Community community, SettlementRequest request)
            throws InputMistakes, Refused, IOException {
        KeptReadings kept = desk.keep(community, request);
        settler.kept();
        return new Outcome(kept.fresh(), false, kept.corrected(), kept.unchanged(), kept.anchor());
    }
}
