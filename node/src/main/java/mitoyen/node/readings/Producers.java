package mitoyen.node.readings;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.Tenure;
import mitoyen.ledger.energy.Terms;

/// Who must still name a rate of tax: a member without `vat` may not produce.
final class Producers {
    private final List<List<Untaxed>> untaxed = new ArrayList<>();
    private final BitSet named = new BitSet();

    Producers(Terms terms, MeterTable meters) {
        for (int meter = 0; meter < meters.size(); meter++) {
            untaxed.add(untaxed(terms, meters.id(meter)));
        }
    }

    /// The member who produces with a meter on a day although he has no `vat`; each meter is named
    /// once.
    Optional<String> findUntaxed(int meter, LocalDate day) {
        List<Untaxed> tenures = untaxed.get(meter);
        if (tenures.isEmpty() || named.get(meter)) {
            return Optional.empty();
        }
        Optional<String> member =
                tenures.stream()
                        .filter(owned -> owned.tenure.covers(day))
                        .map(Untaxed::member)
                        .findFirst();
        member.ifPresent(_ -> named.set(meter));
        return member;
    }

    private static List<Untaxed> untaxed(Terms terms, String meter) {
        List<Untaxed> found = new ArrayList<>();
        for (Member member : terms.members()) {
            for (Tenure tenure : member.meters()) {
                if (member.vat().isEmpty() && tenure.meter().equals(meter)) {
                    found.add(new Untaxed(member.id(), tenure));
                }
            }
        }
        return found;
    }

    private record Untaxed(String member, Tenure tenure) {}
}
