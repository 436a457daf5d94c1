package mitoyen.node.convert;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/// A community file that fits converted readings: a start for the organiser, who knows the names
/// and the prices.
///
/// @param community its id
/// @param zone IANA zone
/// @param step such as `PT30M`
/// @param currency ISO 4217 code
/// @param key the sharing key, in YAML
/// @param operator the id of the grid operator
/// @param from the day from which prices hold
/// @param homes the members
public record CommunitySketch(
        String community,
        String zone,
        String step,
        String currency,
        String key,
        String operator,
        LocalDate from,
        List<Home> homes) {
    public CommunitySketch {
        homes = List.copyOf(homes);
    }

    /// A member with one meter.
    ///
    /// @param id his id
    /// @param name what he is called
    /// @param meter his meter
    public record Home(String id, String name, String meter) {}

    /// Writes the community file.
    public void write(Appendable out) throws IOException {
        out.append(
                """
                version: 1
                community: %s
                zone: %s
                step: %s
                currency: %s
                billing: month
                key: %s
                prices:  # examples: put in what the community agreed
                  - from: %s
                    local: "0.140000"
                    supplier: "0.180000"
                    feed-in: "0.040000"
                    community-fee: "0.010000"
                network-operator: %s
                members:
                """
                        .formatted(community, zone, step, currency, key, from, operator));
        for (Home home : homes) {
            out.append(
                    "  - {id: %s, name: \"%s\", vat: \"0\", meters: [%s]}\n"
                            .formatted(home.id, home.name, home.meter));
        }
    }
}
