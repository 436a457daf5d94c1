package mitoyen.node.settlement;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;
import mitoyen.consensus.Proposal;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.node.keys.CommunityKeys;

/// The ledger of a node, followed block by block for whoever settles on it: every block is executed
/// once more here, so that nothing is taken on trust and the node's own threads wait for nobody;
/// but no more than once, however often is settled: the next one [goes on][#again].
public final class FollowedLedger implements CommunityLedger {
    private final LiveLedger live;
    private final Genesis genesis;
    private final WatchedLedger watched;
    private final LedgerApplication application;
    private final SettlerSignature signature;
    private boolean whole;

    private FollowedLedger(
            LiveLedger live, Genesis genesis, LedgerApplication application, CommunityKeys keys) {
        this.live = live;
        this.genesis = genesis;
        this.watched = WatchedLedger.of(live, application);
        this.application = application;
        this.signature = new SettlerSignature(genesis, keys);
    }

    /// Follows a ledger up to where it is.
    ///
    /// @throws IOException if a block cannot be read or does not hold
    public static FollowedLedger open(LiveLedger live, Genesis genesis, CommunityKeys keys)
            throws IOException {
        FollowedLedger first =
                new FollowedLedger(live, genesis, new LedgerApplication(genesis), keys);
        first.follow();
        return first;
    }

    /// The same ledger for the next settlement, followed on from where this one came to. This one
    /// is of no more use.
    ///
    /// @throws IOException as above
    /// @throws IllegalStateException if this one is not [whole][#isWhole]
    public FollowedLedger again(CommunityKeys keys) throws IOException {
        if (!whole) {
            throw new IllegalStateException("where it came to is not known");
        }
        FollowedLedger next = new FollowedLedger(live, genesis, application, keys);
        next.follow();
        return next;
    }

    /// Whether every block that it began to follow was followed to its end.
    public boolean isWhole() {
        return whole;
    }

    @Override
    public LedgerIndex index() {
        return application.index();
    }

    @Override
    public void submit(List<Request> requests) throws IOException {
        follow();
        Moment last = new Moment(index().height(), index().lastTimeMillis());
        application.rehearse(proposals(requests, last, last.timeMillis(), application::version));
        live.propose((before, now, versions) -> proposals(requests, before, now, versions));
        follow();
        for (Request request : requests) {
            if (!isDone(request.transaction())) {
                throw new IOException(
                        "the ledger did not take all of it, since others sent in between; settle"
                                + " again, and the rest follows");
            }
        }
    }

    /// Whether a block did what was asked. Others may have sent for the same account just before,
    /// so that what was rehearsed came too early for its bucket (LE-93).
    private boolean isDone(EnergyTransaction asked) {
        return switch (asked) {
            case FoundCommunity founding -> index().findFounding().equals(Optional.of(founding));
            case SettleDay day ->
                    index().findSettled(day.day())
                            .filter(entry -> entry.settlement().equals(day))
                            .isPresent();
            case ClaimMonth claim -> index().month(claim.month()).number() >= claim.number();
            case AttestDay _, DissentDay _, AttestClaim _, ObjectClaim _ -> true;
        };
    }

    /// The ledger is the node's to close.
    @Override
    public void close() {}

    /// A block each: under version 1 at a time that follows what is settled (LE-63), later at the
    /// time that it is.
    private List<Proposal> proposals(
            List<Request> requests, Moment last, long nowMillis, LongToIntFunction versions) {
        boolean first = versions.applyAsInt(last.height() + 1) == Genesis.PROTOCOL_VERSION;
        return new RequestBlocks(application, signature)
                .of(requests, last, versions, request -> first ? request.timeMillis() : nowMillis);
    }

    private void follow() throws IOException {
        whole = false;
        watched.follow(() -> false);
        whole = true;
    }
}
