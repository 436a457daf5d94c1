package mitoyen.node.community;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.Tenure;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.input.Term;
import mitoyen.node.yaml.Refused;
import mitoyen.node.yaml.Section;
import mitoyen.node.yaml.Yaml;

/// Reads the members and whose which meter is on which days.
final class MemberReader {
    private static final Set<String> KEYS =
            CommunityReader.ordered("id", "name", "price", "vat", "vat-note", "meters");
    private static final Set<String> METER_KEYS = CommunityReader.ordered("id", "from", "to");

    private final String file;
    private final MistakeLog mistakes;
    private final SortedMap<String, MemberDetails> details;
    private final SortedMap<String, Integer> lineOfMember = new TreeMap<>();
    private final SortedMap<String, List<Placed>> tenuresOfMeter = new TreeMap<>();

    /// @param details receives the names of the members
    MemberReader(String file, MistakeLog mistakes, SortedMap<String, MemberDetails> details) {
        this.file = file;
        this.mistakes = mistakes;
        this.details = details;
    }

    /// The members in the order of the file.
    List<Member> members(List<Yaml> items) {
        List<Member> members = new ArrayList<>();
        for (Yaml item : items) {
            Section.of(file, mistakes, Term.A_MEMBER, item, KEYS)
                    .ifPresent(section -> members.add(member(section)));
        }
        return members;
    }

    /// The meters of all members so far.
    SortedSet<String> meters() {
        return new TreeSet<>(tenuresOfMeter.keySet());
    }

    private Member member(Section section) {
        Optional<String> id = section.required("id", Values::memberId);
        Optional<String> name = section.required("name", Values::name);
        Optional<String> note = section.optional("vat-note", Values::note);
        id.ifPresent(known -> {
            Integer earlier = lineOfMember.putIfAbsent(known, section.lineOf("id"));
            if (earlier != null) {
                section.refuse("id", Fault.DUPLICATE_MEMBER, known, earlier);
            }
            details.put(known, new MemberDetails(name.orElse(""), note));
        });
        List<Tenure> meters = new ArrayList<>();
        for (Yaml item : section.items("meters")) {
            tenure(item).ifPresent(meters::add);
        }
        return new Member(
                id.orElse(""),
                section.optional("price", Values::price),
                section.optional("vat", Values::rate),
                meters);
    }

    private Optional<Tenure> tenure(Yaml item) {
        if (item instanceof Yaml.Text(int line, String text)) {
            try {
                String meter = Values.meter(text);
                return Optional.of(
                        placed(new Tenure(meter, Optional.empty(), Optional.empty()), line));
            } catch (Refused refused) {
                mistakes.add(refused.at(file, line, Term.METER));
                return Optional.empty();
            }
        }
        return Section.of(file, mistakes, Term.A_METER, item, METER_KEYS).flatMap(this::tenure);
    }

    private Optional<Tenure> tenure(Section section) {
        Optional<String> meter = section.required("id", Values::meter);
        Optional<LocalDate> from = section.optional("from", Values::date);
        Optional<LocalDate> to = section.optional("to", Values::date);
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            section.refuse("to", Fault.TO_BEFORE_FROM, to.get(), from.get());
            return Optional.empty();
        }
        return meter.map(id -> placed(new Tenure(id, from, to), section.line()));
    }

    private Tenure placed(Tenure tenure, int line) {
        List<Placed> others =
                tenuresOfMeter.computeIfAbsent(tenure.meter(), _ -> new ArrayList<>());
        for (Placed other : others) {
            if (overlap(tenure, other.tenure)) {
                mistakes.add(file, line, Fault.OVERLAPPING_OWNERS, tenure.meter(), other.line);
            }
        }
        others.add(new Placed(tenure, line));
        return tenure;
    }

    private static boolean overlap(Tenure one, Tenure other) {
        return startsBeforeEndOf(one, other) && startsBeforeEndOf(other, one);
    }

    private static boolean startsBeforeEndOf(Tenure one, Tenure other) {
        return one.from().isEmpty()
                || other.to().isEmpty()
                || !one.from().get().isAfter(other.to().get());
    }

    private record Placed(Tenure tenure, int line) {}
}
