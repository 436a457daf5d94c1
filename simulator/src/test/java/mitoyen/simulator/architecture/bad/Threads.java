package mitoyen.simulator.architecture.bad;

final class Threads {
    private Threads() {}

    static String name() {
        return Thread.currentThread().getName();
    }
}
