package mitoyen.node.command;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import mitoyen.ledger.light.LightBlock;
import mitoyen.ledger.light.LightClient;
import mitoyen.ledger.light.TrustPolicy;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.client.LightSync;
import mitoyen.node.client.LightSync.Outcome;
import mitoyen.node.input.CheckFailed;

/// The way from a trusted header of the engine to the root that its last one proves.
final class Following {
    private final ProofReport report;

    Following(ProofReport report) {
        this.report = report;
    }

    /// The root over the ledger's blocks that the node's last header proves; says which it is.
    ///
    /// @throws CheckFailed if a header on the way does not hold, or the node has none
    LogRoot follow(LedgerClient client, LightSync.Trust trust) throws IOException, CheckFailed {
        LightClient light = new LightClient(SignatureChecker.forFew(), TrustPolicy.STANDARD);
        LightSync sync = new LightSync(client::findLight, light, InstantSource.system());
        return switch (sync.follow(trust)) {
            case Outcome.Missing(long height) when height == 0 -> throw report.failed("light.none");
            case Outcome.Missing(long height) -> throw report.failed("light.missing", height);
            case Outcome.Refused(long height, var reason) ->
                    throw report.failed(
                            "light.refused", height, report.word("light.reason." + reason.word()));
            case Outcome.Reached(LightBlock block) -> {
                report.follows(block);
                yield block.header().anchor();
            }
        };
    }

    /// When a header was made, for people.
    static String time(LightBlock block) {
        return Instant.ofEpochSecond(block.header().time().seconds()).toString();
    }
}
