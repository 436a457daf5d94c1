package mitoyen.ledger.machine;

/// The rules that hold at a height: the genesis' or those that were activated (LE-155).
///
/// @param version of the protocol
/// @param parameters the limits
public record Rules(int version, Parameters parameters) {
    /// The rules for a block.
    ///
    /// @param state after the block below
    /// @param height the block's height
    public static Rules at(Genesis genesis, State state, long height) {
        return state.activation()
                .filter(activation -> height >= activation.height())
                .map(activation -> new Rules(activation.version(), activation.parameters()))
                .orElseGet(() -> new Rules(genesis.version(), genesis.parameters()));
    }
}
