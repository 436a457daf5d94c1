package mitoyen.node.api;

import java.util.Optional;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.running.Keep;

/// What a configuration and the ledger that it names must agree on, before anything is begun.
/// Whoever settles needs all blocks (decision 0022): he works out what was settled from them.
final class Agreement {
    private final NodeConfiguration configuration;
    private final boolean shared;
    private final boolean settledOn;
    private final long firstHeight;

    private Agreement(
            NodeConfiguration configuration, boolean shared, boolean settledOn, long firstHeight) {
        this.configuration = configuration;
        this.shared = shared;
        this.settledOn = settledOn;
        this.firstHeight = firstHeight;
    }

    /// Passes where they agree.
    ///
    /// @param shared whether several nodes order the ledger
    /// @param settledOn whether a community is, or will be, settled on it from the folder
    /// @param firstHeight the height of the first block that has its transactions
    /// @throws InputMistakes with the one thing to mend first
    static void require(
            NodeConfiguration configuration, boolean shared, boolean settledOn, long firstHeight)
            throws InputMistakes {
        Agreement agreement = new Agreement(configuration, shared, settledOn, firstHeight);
        Optional<Fault> fault = agreement.findFault();
        if (fault.isPresent()) {
            throw new InputMistakes(
                    new Mistake(configuration.folder().toString(), 0, fault.get(), firstHeight));
        }
    }

    private Optional<Fault> findFault() {
        boolean settler = configuration.settler().isPresent();
        boolean inbox = configuration.inbox().isPresent();
        boolean cometbft = configuration.cometbft().isPresent();
        if (shared && !cometbft) {
            return Optional.of(Fault.SHARED_WITHOUT_COMETBFT);
        }
        if (shared && inbox && !settler) {
            return Optional.of(Fault.INBOX_WHERE_SHARED);
        }
        if (!shared && settler) {
            return Optional.of(Fault.SETTLE_WHERE_ALONE);
        }
        if (!shared && cometbft) {
            return Optional.of(Fault.COMETBFT_WHERE_ALONE);
        }
        if (settledOn && !(configuration.keep() instanceof Keep.All)) {
            return Optional.of(Fault.KEEP_WHERE_SETTLED);
        }
        if (firstHeight > 1 && settler) {
            return Optional.of(Fault.SETTLE_WHERE_PRUNED);
        }
        return firstHeight > 1 && inbox ? Optional.of(Fault.INBOX_WHERE_PRUNED) : Optional.empty();
    }
}
