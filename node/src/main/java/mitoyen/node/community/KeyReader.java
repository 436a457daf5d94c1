package mitoyen.node.community;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import mitoyen.ledger.energy.SharingKey;
import mitoyen.ledger.energy.SharingKey.Rounding;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Share;
import mitoyen.node.input.Fault;
import mitoyen.node.yaml.Refused;
import mitoyen.node.yaml.Section;

/// Reads how production is shared.
final class KeyReader {
    private static final Set<String> KEYS =
            CommunityReader.ordered("type", "rounding", "coefficients");

    private KeyReader() {}

    /// The sharing key; a stand-in where a mistake was noted.
    ///
    /// @param meters the meters that may have a coefficient
    static SharingKey read(Section root, SortedSet<String> meters) {
        Optional<Section> section = root.section("key", KEYS);
        Optional<String> type = section.flatMap(key -> key.required("type", KeyReader::type));
        if (section.isEmpty() || type.isEmpty()) {
            return new SharingKey.FromOperator();
        }
        Section key = section.get();
        if (!type.get().equals("pro-rata") && key.has("rounding")) {
            key.refuse("rounding", Fault.ROUNDING_MISPLACED);
        }
        if (!type.get().equals("static") && key.has("coefficients")) {
            key.refuse("coefficients", Fault.COEFFICIENTS_MISPLACED);
        }
        return switch (type.get()) {
            case "pro-rata" ->
                    new SharingKey.ProRata(
                            key.optional("rounding", KeyReader::rounding)
                                    .orElse(Rounding.CONSERVING));
            case "static" -> new SharingKey.Static(coefficients(key, meters));
            default -> new SharingKey.FromOperator();
        };
    }

    private static SortedMap<String, Share> coefficients(Section key, SortedSet<String> meters) {
        SortedMap<String, Share> coefficients = new TreeMap<>();
        Optional<Section> section = key.section("coefficients", Set.of());
        if (section.isEmpty()) {
            return coefficients;
        }
        long sum = 0;
        for (String meter : section.get().keys()) {
            if (!meters.contains(meter)) {
                section.get().refuse(meter, Fault.COEFFICIENT_OF_UNKNOWN_METER, meter);
            }
            Share share = section.get().required(meter, Values::coefficient).orElse(Share.ZERO);
            coefficients.put(meter, share);
            sum += share.millionths();
        }
        if (sum > Decimals.ONE) {
            key.refuse(
                    "coefficients", Fault.COEFFICIENTS_ABOVE_ONE, Decimals.formatMillionths(sum));
        }
        return coefficients;
    }

    private static String type(String text) throws Refused {
        return switch (text) {
            case "pro-rata", "static", "from-operator" -> text;
            default -> throw new Refused(Fault.NOT_A_SHARING_KEY, text);
        };
    }

    private static Rounding rounding(String text) throws Refused {
        return switch (text) {
            case "conserving" -> Rounding.CONSERVING;
            case "at-dso" -> Rounding.AT_DSO;
            default -> throw new Refused(Fault.NOT_A_ROUNDING, text);
        };
    }
}
