package mitoyen.simulator.files;

import mitoyen.simulator.model.Neighbourhood;
import mitoyen.simulator.model.Site;

/// A simulated neighbourhood as the `community.yaml` that `./mitoyen settle` takes: a member for
/// each building, energy shared in proportion to consumption.
public final class CommunityYaml {
    private CommunityYaml() {}

    /// The file's text.
    ///
    /// @param community its id
    /// @param neighbourhood each of its buildings becomes a member
    public static String of(String community, Neighbourhood neighbourhood) {
        String head =
                """
                # A simulated community: nobody in it exists.
                version: 1
                community: %s
                zone: %s
                step: PT%dM
                currency: EUR
                billing: month
                key: {type: pro-rata}
                prices:
                  - {from: 2000-01-01, local: "0.140000", supplier: "0.180000", \
                feed-in: "0.040000", community-fee: "0.010000"}
                network-operator: enedis
                members:
                """
                        .formatted(community, neighbourhood.zone(), neighbourhood.stepMinutes());
        StringBuilder text = new StringBuilder(head);
        for (Site site : neighbourhood.sites()) {
            String vat = site.roof().isPresent() ? ", vat: \"0\"" : "";
            text.append(
                    "  - {id: %s, name: \"%s\", meters: [\"%s\"]%s}\n"
                            .formatted(site.id(), site.name(), site.meter(), vat));
        }
        return text.toString();
    }
}
