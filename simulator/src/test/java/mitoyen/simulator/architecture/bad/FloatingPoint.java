package mitoyen.simulator.architecture.bad;

final class FloatingPoint {
    private FloatingPoint() {}

    static long half(long mWh) {
        return (long) (mWh * 0.5);
    }
}
