package mitoyen.ledger.energy;

import mitoyen.ledger.quantity.Energy;

/// What a member's meters measured and shared over some days.
///
/// @param consumption what they consumed
/// @param allocated what of it came from the community
/// @param production what they produced
/// @param sold what of it went to the community
record EnergyUse(Energy consumption, Energy allocated, Energy production, Energy sold) {
    static final EnergyUse NONE = new EnergyUse(0, 0, 0, 0);

    EnergyUse(long consumption, long allocated, long production, long sold) {
        this(
                new Energy(consumption),
                new Energy(allocated),
                new Energy(production),
                new Energy(sold));
    }

    EnergyUse plus(EnergyUse other) {
        return new EnergyUse(
                consumption.plus(other.consumption),
                allocated.plus(other.allocated),
                production.plus(other.production),
                sold.plus(other.sold));
    }
}
