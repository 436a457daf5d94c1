package mitoyen.simulator.architecture.bad;

final class ChanceByMethod {
    private ChanceByMethod() {}

    static int place(Object object) {
        return System.identityHashCode(object);
    }
}
