package mitoyen.node.api;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mitoyen.node.running.Refusal;
import mitoyen.node.running.Refusals;

/// Every problem that there is: the API's own and the ledger's.
final class RefusalList {
    private RefusalList() {}

    static List<Refusal> all() {
        List<Refusal> all = new ArrayList<>();
        Stream.of(ApiFault.values())
                .map(fault -> new Refusal("api", fault.number(), fault.name(), fault.passes()))
                .forEach(all::add);
        all.addAll(Refusals.list());
        return all;
    }
}
