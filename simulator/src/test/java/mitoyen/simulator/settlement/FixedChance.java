package mitoyen.simulator.settlement;

import java.security.SecureRandom;
import java.util.Random;

/// Chance that is the same each time, so that a ledger can be made twice.
final class FixedChance extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final Random random;

    FixedChance(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
