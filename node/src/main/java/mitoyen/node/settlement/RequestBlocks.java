package mitoyen.node.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToIntFunction;
import java.util.function.ToLongFunction;
import mitoyen.consensus.Proposal;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Sender;
import mitoyen.ledger.machine.TrafficLimits;
import mitoyen.ledger.wire.Bundle;

/// Requests as the blocks that they are to become, one each.
///
/// Under version 2 an account sends some thousand steps at once and then ten a second by the time
/// of blocks (LE-93): of more days than that, each next block is a step's leak later, and so the
/// ledger's time a little ahead of the clock until that has caught up.
final class RequestBlocks {
    private final LedgerApplication application;
    private final SettlerSignature signature;

    RequestBlocks(LedgerApplication application, SettlerSignature signature) {
        this.application = application;
        this.signature = signature;
    }

    /// What the next blocks are to be.
    ///
    /// @param last the last block's height and time; both 0 before the first
    /// @param versions the protocol version whose rules hold at a height
    /// @param wanted the earliest time of a request's block [ms since 1970]
    List<Proposal> of(
            List<CommunityLedger.Request> requests,
            Moment last,
            LongToIntFunction versions,
            ToLongFunction<CommunityLedger.Request> wanted) {
        List<Proposal> proposals = new ArrayList<>();
        Moment moment = last;
        Sender sender = application.founder();
        long number = application.lastNumber(SettlerSignature.lane());
        for (CommunityLedger.Request request : requests) {
            long height = moment.height() + 1;
            int version = versions.applyAsInt(height);
            long next = Math.addExact(moment.timeMillis(), 1);
            long time = Math.max(wanted.applyAsLong(request), next);
            number++;
            if (version > Genesis.PROTOCOL_VERSION) {
                TrafficLimits limits = application.rules(height).parameters().traffic();
                time = sender.roomMillis(time, 1, limits);
                sender =
                        sender.leaked(time, limits.bucketMillis())
                                .sent(SettlerSignature.lane(), number, 1);
            }
            moment = new Moment(height, time);
            byte[] bundle =
                    Bundle.of(List.of(signature.sign(request, version, moment, number))).toBytes();
            proposals.add(new Proposal(time, List.of(bundle)));
        }
        return proposals;
    }
}
