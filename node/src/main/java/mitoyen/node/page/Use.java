package mitoyen.node.page;

/// Energy used and made over some time, by one member or by all [mWh].
///
/// @param consumption what was drawn
/// @param production what was made
/// @param allocated the part of what was drawn that the community made
/// @param sold the part of what was made that the community drew
/// @param own the part of what was allocated that its owner made himself
public record Use(long consumption, long production, long allocated, long sold, long own) {
    /// Nothing.
    public static final Use NONE = new Use(0, 0, 0, 0, 0);

    /// The sum.
    public Use plus(Use other) {
        return new Use(
                Math.addExact(consumption, other.consumption),
                Math.addExact(production, other.production),
                Math.addExact(allocated, other.allocated),
                Math.addExact(sold, other.sold),
                Math.addExact(own, other.own));
    }

    /// What came from neighbours [mWh].
    public long bought() {
        return allocated - own;
    }

    /// What went to neighbours [mWh].
    public long soldToOthers() {
        return sold - own;
    }

    /// What suppliers delivered [mWh].
    public long complement() {
        return consumption - allocated;
    }

    /// What nobody near drew [mWh].
    public long surplus() {
        return production - sold;
    }

    /// What a grid operator's rounding left over, signed [mWh].
    public long rounding() {
        return sold - allocated;
    }
}
