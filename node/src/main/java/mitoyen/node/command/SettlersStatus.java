package mitoyen.node.command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.input.CheckFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `settlers status`: who settles a community, and where each day and month stands that waits.
@Command(
        name = "status",
        description = "Shows who settles a community, and what waits for their agreement.",
        mixinStandardHelpOptions = true)
final class SettlersStatus implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "COMMUNITY", description = "the community's id")
    private String community = "";

    @Override
    public Integer call() throws IOException, CheckFailed {
        Optional<JsonNode> found;
        try (LedgerClient client = node.connect(spec)) {
            node.status(client, Optional.empty());
            found = client.findCommunity(community);
        }
        JsonNode json =
                found.orElseThrow(
                        () -> new CheckFailed(community + ": the ledger has no such community"));
        if (node.json()) {
            spec.commandLine().getOut().println(json);
        } else {
            show(json);
        }
        return Sending.DONE;
    }

    private void show(JsonNode json) {
        if (json.path("settlers").isEmpty()) {
            line(community + ": settled by one key");
            return;
        }
        line(
                "%s: %d settlers, %d must agree; claims wait for objections for %s"
                        .formatted(
                                community,
                                json.path("settlers").size(),
                                json.path("quorum").asInt(),
                                Duration.ofMillis(json.path("objectionMillis").asLong())));
        for (JsonNode settler : json.path("settlers")) {
            line("  " + settler.asString());
        }
        for (JsonNode day : json.path("waitingDays")) {
            line(
                    "%s, proposed by %s: readings attested by %d, allocations by %d"
                            .formatted(
                                    day.path("day").asString(),
                                    day.path("proposer").asString(),
                                    day.path("readingsAttested").size(),
                                    day.path("allocationsAttested").size()));
            for (JsonNode dissent : day.path("dissents")) {
                line(
                        "  %s dissents from the %s%s"
                                .formatted(
                                        dissent.path("settler").asString(),
                                        dissent.path("kind").asString(),
                                        where("leaf", dissent)));
            }
        }
        for (JsonNode claim : json.path("waitingClaims")) {
            line(
                    "claims of %s, made by %s: attested by %d, %s %s"
                            .formatted(
                                    claim.path("month").asString(),
                                    claim.path("proposer").asString(),
                                    claim.path("attested").size(),
                                    claim.path("held").asBoolean()
                                            ? "held since"
                                            : "to be posted at",
                                    Instant.ofEpochMilli(claim.path("dueMillis").asLong())));
            for (JsonNode objection : claim.path("objections")) {
                line(
                        "  %s objects%s"
                                .formatted(
                                        objection.path("settler").asString(),
                                        where("claim", objection)));
            }
        }
        if (json.path("waitingDays").isEmpty() && json.path("waitingClaims").isEmpty()) {
            line("nothing waits");
        }
    }

    private static String where(String what, JsonNode objection) {
        return objection.has("index")
                ? ": from %s %d on".formatted(what, objection.path("index").asInt())
                : "";
    }

    private void line(String text) {
        spec.commandLine().getOut().println(text);
    }
}
