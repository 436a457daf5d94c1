package mitoyen.simulator.run;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import mitoyen.simulator.faults.Fault;
import mitoyen.simulator.faults.FaultLog;

/// Counts what goes wrong, and puts it on the trace.
final class FaultCounts implements FaultLog {
    private final Trace trace;
    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

    FaultCounts(Trace trace) {
        this.trace = trace;
    }

    @Override
    public void happened(Fault fault, String where) {
        trace.add(fault.name());
        trace.add(where);
        counts.merge(fault, 1L, Long::sum);
    }

    /// How often each came; one that did not come is absent.
    Map<Fault, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }
}
