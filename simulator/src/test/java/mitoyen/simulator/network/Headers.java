package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.light.LightBlockCodec;
import mitoyen.ledger.light.LightClient;
import mitoyen.ledger.light.TrustPolicy;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.ProofVerifier;
import mitoyen.ledger.proof.Verdict;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.client.LightSync;
import mitoyen.node.client.LightSync.Outcome;
import mitoyen.node.client.Patience;
import mitoyen.node.client.ProofAnswer;

/// What must hold of the engine's headers of a network whose nodes run.
final class Headers {
    private static final long FIRST = 2;

    private Headers() {}

    /// Fails unless a light client that trusts an early header gets on every node to a root of the
    /// node's own ledger (LI-7, LI-9).
    static void check(Network network) throws IOException, CborException {
        for (int number = 1; number <= network.size(); number++) {
            try (LedgerClient node =
                    new LedgerClient(
                            network.member(number).address(),
                            Patience.of(Duration.ofSeconds(30)))) {
                LogRoot anchor = follow(node);
                assertThat(anchor.size()).as("node %d", number).isPositive();
                ProofAnswer growth = node.findProof("growth?from=" + anchor.size()).orElseThrow();
                assertThat(
                                ProofVerifier.verifyGrowth(
                                        growth.proof().toBytes(), anchor, growth.root()))
                        .as("node %d", number)
                        .isEqualTo(new Verdict.Grown(anchor.size(), growth.root().size()));
            }
        }
    }

    private static LogRoot follow(LedgerClient node) throws IOException, CborException {
        byte[] first = node.findLight("headers/" + FIRST).orElseThrow();
        Digest hash = LightBlockCodec.decode(first).header().hash();
        LightClient light = new LightClient(SignatureChecker.forFew(), TrustPolicy.STANDARD);
        Outcome outcome =
                new LightSync(node::findLight, light, InstantSource.system())
                        .follow(new LightSync.Trust(FIRST, hash));
        assertThat(outcome).isInstanceOf(Outcome.Reached.class);
        return ((Outcome.Reached) outcome).block().header().anchor();
    }
}
