package mitoyen.ledger.account;

import java.util.List;
import mitoyen.ledger.proof.Digest;

/// What a step is decided in, beside the state.
///
/// @param timeMillis the time of the block [ms since 1970]
/// @param signatures that the transaction carries, all verified
/// @param contentHash of the transaction
/// @param step the step's index in it, from 0
public record AccountContext(
        long timeMillis, List<VerifiedSignature> signatures, Digest contentHash, int step) {
    public AccountContext {
        signatures = List.copyOf(signatures);
    }
}
