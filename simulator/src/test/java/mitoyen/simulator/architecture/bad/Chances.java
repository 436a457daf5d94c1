package mitoyen.simulator.architecture.bad;

import java.util.UUID;

final class Chances {
    private Chances() {}

    static String id() {
        return UUID.randomUUID().toString();
    }
}
