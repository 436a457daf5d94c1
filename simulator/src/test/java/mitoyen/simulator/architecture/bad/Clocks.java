package mitoyen.simulator.architecture.bad;

final class Clocks {
    private Clocks() {}

    static long now() {
        return System.currentTimeMillis();
    }
}
