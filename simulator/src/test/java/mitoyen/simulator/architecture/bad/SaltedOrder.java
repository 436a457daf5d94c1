package mitoyen.simulator.architecture.bad;

import java.util.Set;

final class SaltedOrder {
    private SaltedOrder() {}

    static String first() {
        return Set.of("a", "b").iterator().next();
    }
}
