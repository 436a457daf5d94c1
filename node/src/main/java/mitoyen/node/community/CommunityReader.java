package mitoyen.node.community;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.energy.BillingPeriod;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.PriceLine;
import mitoyen.ledger.energy.SharingKey;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.quantity.Price;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.input.Term;
import mitoyen.node.yaml.Scalars;
import mitoyen.node.yaml.Section;
import mitoyen.node.yaml.Yaml;

/// Turns the tree of a community file into a community.
///
/// Where a value is wrong a stand-in takes its place, so that one run names every mistake; a
/// community with mistakes is never handed out.
final class CommunityReader {
    private static final Set<String> KEYS =
            ordered(
                    "version",
                    "community",
                    "zone",
                    "step",
                    "currency",
                    "billing",
                    "publish-totals",
                    "key",
                    "prices",
                    "network-operator",
                    "members");
    private static final Set<String> PRICE_KEYS =
            ordered("from", "local", "supplier", "feed-in", "community-fee", "network-fee");

    private final String file;
    private final MistakeLog mistakes;
    private final SortedMap<String, MemberDetails> details = new TreeMap<>();

    private CommunityReader(String file, MistakeLog mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /// The community, or nothing if the root is not even a mapping.
    static Optional<Community> read(String file, Yaml root, MistakeLog mistakes) {
        CommunityReader reader = new CommunityReader(file, mistakes);
        return Section.of(file, mistakes, Term.THE_FILE, root, KEYS).map(reader::community);
    }

    private Community community(Section root) {
        root.required("version", Values::version);
        MemberReader memberReader = new MemberReader(file, mistakes, details);
        String community = root.required("community", Values::id).orElse("");
        String zone = root.required("zone", Scalars::zone).orElse("");
        int step = root.required("step", Values::step).orElse(60);
        String currency = root.required("currency", Scalars::currency).orElse("");
        BillingPeriod billing =
                root.required("billing", Values::billing).orElse(BillingPeriod.MONTH);
        Optional<Boolean> publishTotals = root.optional("publish-totals", Scalars::flag);
        List<PriceLine> prices = prices(root.items("prices"));
        String operator = root.required("network-operator", Values::id).orElse("");
        List<Member> members = memberReader.members(root.items("members"));
        SharingKey key = KeyReader.read(root, memberReader.meters());
        Terms terms =
                new Terms(
                        community,
                        zone,
                        step,
                        currency,
                        billing,
                        publishTotals,
                        key,
                        prices,
                        operator,
                        members);
        return new Community(terms, details);
    }

    private List<PriceLine> prices(List<Yaml> items) {
        SortedMap<LocalDate, Integer> lines = new TreeMap<>();
        List<PriceLine> prices = new ArrayList<>();
        for (Yaml item : items) {
            Section.of(file, mistakes, Term.A_LINE_OF_PRICES, item, PRICE_KEYS)
                    .ifPresent(section -> prices.add(price(section, lines)));
        }
        prices.sort(Comparator.comparing(PriceLine::from));
        return prices;
    }

    private PriceLine price(Section section, SortedMap<LocalDate, Integer> lines) {
        Optional<LocalDate> from = section.required("from", Values::date);
        from.ifPresent(day -> {
            Integer earlier = lines.putIfAbsent(day, section.lineOf("from"));
            if (earlier != null) {
                section.refuse("from", Fault.DUPLICATE_PRICES, day, earlier);
            }
        });
        return new PriceLine(
                from.orElse(LocalDate.EPOCH),
                section.required("local", Values::price).orElse(Price.ZERO),
                section.required("supplier", Values::price).orElse(Price.ZERO),
                section.required("feed-in", Values::price).orElse(Price.ZERO),
                section.required("community-fee", Values::price).orElse(Price.ZERO),
                section.optional("network-fee", Values::price).orElse(Price.ZERO));
    }

    /// A set that lists its elements in the order given, as a remedy shall.
    static Set<String> ordered(String... keys) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
    }
}
