package mitoyen.ledger.machine;

/// The rules that hold at a height: the genesis' or those that were activated (LE-155).
///
/// @param version of the protocol
/// @param parameters the limits
public record Rules(int version, Parameters parameters) {
    private static final int BOUNDED_NUMBERS = 3;

    /// Whether they are those of ledgers that are settled from files, which know no accounts'
    /// transactions.
    boolean areFirst() {
        return version == Genesis.PROTOCOL_VERSION;
    }

    /// Whether a number in a lane is bounded by the time of its transaction (LE-92).
    boolean boundNumbers() {
        return version >= BOUNDED_NUMBERS;
    }

    /// The rules for a block.
    ///
    /// @param state after the block below
    /// @param height the block's height
    public static Rules at(Genesis genesis, State state, long height) {
        return state.activations()
                .at(height)
                .map(activation -> new Rules(activation.version(), activation.parameters()))
                .orElseGet(() -> new Rules(genesis.version(), genesis.parameters()));
    }
}
