package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.EnergyState.Community;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.running.LedgerProofs;
import mitoyen.node.settlers.LeafAnswers;
import mitoyen.node.settlers.LeafQuestion;

/// Communities out of the state after the last block; and, for the nodes of a community's settlers
/// alone, the leaves of a day.
final class CommunityRoutes {
    private static final String BEARER = "Bearer ";

    private final LedgerProofs ledger;
    private final Optional<LeafAnswers> answers;

    /// @param answers to other settlers; empty where this node is none's
    CommunityRoutes(LedgerProofs ledger, Optional<LeafAnswers> answers) {
        this.ledger = ledger;
        this.answers = answers;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get(ApiPaths.COMMUNITY, this::community)
                .get(ApiPaths.COMMUNITY_DAY, this::day)
                .get(ApiPaths.LEAVES, this::leaves)
                .get(ApiPaths.LEAF, this::leaf);
    }

    private void community(ServerRequest request, ServerResponse response) {
        EnergyState state = ledger.standing().state().energy();
        Optional<Community> found = state.findCommunity(parameter(request, "id"));
        if (found.isEmpty()) {
            Problems.send(request, response, ApiFault.NOT_FOUND);
        } else {
            Responses.json(response, CommunityJson.of(found.get(), state, Responses.MOST_ROWS));
        }
    }

    private void day(ServerRequest request, ServerResponse response) {
        EnergyState state = ledger.standing().state().energy();
        Optional<Community> found = state.findCommunity(parameter(request, "id"));
        Optional<LocalDate> day = findDay(request);
        if (day.isEmpty()) {
            malformed(request, response, "day: such as 2025-10-26");
        } else if (found.isEmpty()) {
            Problems.send(request, response, ApiFault.NOT_FOUND);
        } else {
            Responses.json(
                    response,
                    CommunityJson.of(
                            state.findDay(found.get().id(), day.get()),
                            state.listProposals(found.get(), day.get())));
        }
    }

    private void leaves(ServerRequest request, ServerResponse response) throws IOException {
        Optional<LeafQuestion> question = findQuestion(request);
        Optional<List<Digest>> hashes =
                question.isEmpty() || answers.isEmpty()
                        ? Optional.empty()
                        : answers.get().findHashes(question.get(), token(request));
        if (hashes.isEmpty()) {
            Problems.send(request, response, ApiFault.NOT_FOUND);
        } else {
            Responses.json(
                    response,
                    Map.of("leaves", hashes.get().stream().map(Digest::toString).toList()));
        }
    }

    private void leaf(ServerRequest request, ServerResponse response) throws IOException {
        Optional<LeafQuestion> question = findQuestion(request);
        OptionalLong index = Responses.number(parameter(request, "index"), Integer.MAX_VALUE);
        Optional<ByteString> sealed =
                question.isEmpty() || answers.isEmpty() || index.isEmpty()
                        ? Optional.empty()
                        : answers.get()
                                .findSealed(
                                        question.get(), token(request), (int) index.getAsLong());
        if (sealed.isEmpty()) {
            Problems.send(request, response, ApiFault.NOT_FOUND);
        } else {
            Responses.json(response, Map.of("sealed", sealed.get().toString()));
        }
    }

    /// What is asked; empty where it does not read as a question.
    private static Optional<LeafQuestion> findQuestion(ServerRequest request) {
        Optional<LocalDate> day = findDay(request);
        Optional<SettledRoot> kind = SettledRoot.find(parameter(request, "kind"));
        String root = parameter(request, "root");
        return day.isEmpty() || kind.isEmpty() || !root.matches("[0-9a-f]{64}")
                ? Optional.empty()
                : Optional.of(
                        new LeafQuestion(
                                parameter(request, "id"),
                                day.get(),
                                kind.get(),
                                Digest.of(ByteString.parseHex(root).toBytes())));
    }

    private static Optional<LocalDate> findDay(ServerRequest request) {
        try {
            return Optional.of(LocalDate.parse(parameter(request, "day")));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static String token(ServerRequest request) {
        return request.headers()
                .value(HeaderNames.AUTHORIZATION)
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()))
                .orElse("");
    }

    private static String parameter(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }

    private static void malformed(ServerRequest request, ServerResponse response, String detail) {
        Problems.send(request, response, ApiFault.PARAMETER_MALFORMED, detail);
    }
}
