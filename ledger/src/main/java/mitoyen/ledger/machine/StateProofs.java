package mitoyen.ledger.machine;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.MapProof;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.proof.Proof;

/// Proofs that a state holds an entry, or that it holds none (LE-165).
public final class StateProofs {
    private StateProofs() {}

    /// What a state holds under a key.
    ///
    /// @param part one that [has entries][StatePart#hasEntries]
    /// @param block the block after which the state was so, under the log of all blocks
    /// @throws IllegalArgumentException if the part has no entries that are proved
    public static Proof.Entry prove(State state, StatePart part, ByteString key, BlockProof block) {
        MerkleMap<?> entries = entries(state, part);
        Optional<MapProof> inPart =
                entries.size() == 0 ? Optional.empty() : Optional.of(entries.prove(key));
        byte[] name = part.toString().getBytes(StandardCharsets.UTF_8);
        MapProof inState = StateRoot.parts(state).prove(ByteString.of(name));
        return new Proof.Entry(part.toString(), key, inPart, inState, block);
    }

    static MerkleMap<?> entries(State state, StatePart part) {
        return switch (part) {
            case ACCOUNTS -> state.accounts().entries();
            case COMMUNITIES -> state.energy().communities();
            case DAYS -> state.energy().days();
            case MONTHS -> state.energy().months();
            case TRANSACTIONS -> state.transactions();
            case HOLDERS -> state.account().holders();
            case ASSETS -> state.account().assets();
            case LIMITS -> state.account().limits();
            case PENDING -> state.account().pending().entries();
            case SENDERS -> state.traffic().senders();
            case TIMERS -> state.timers().entries();
            case VALIDATORS -> state.governance().seats();
            case PROPOSALS -> state.energy().proposals();
            case OPEN_CLAIMS -> state.energy().openClaims();
            case IDS, ACTIVATION ->
                    throw new IllegalArgumentException("no entries are proved of " + part);
        };
    }
}
