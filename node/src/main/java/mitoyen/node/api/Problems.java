package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import mitoyen.node.running.Refusal;
import tools.jackson.databind.json.JsonMapper;

/// What is wrong, as RFC 9457 has it (`application/problem+json`), with a sentence in the language
/// of whoever asks. The type is stable, and leads to the sentence in every language.
final class Problems {
    /// The type of what says a problem.
    static final String TYPE = "application/problem+json";

    /// What `Retry-After` says.
    static final String RETRY_SECONDS = "1";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Status UNPROCESSABLE_422 = Status.create(422, "Unprocessable Content");

    private Problems() {}

    /// The key of a sentence.
    static String key(String module, String name) {
        return "problem." + module + "." + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Answers that the request is at fault, or this node.
    static void send(ServerRequest request, ServerResponse response, ApiFault fault) {
        send(request, response, fault, "");
    }

    /// The same with what exactly is wrong, in English, for whoever writes the program that asks.
    static void send(
            ServerRequest request, ServerResponse response, ApiFault fault, String detail) {
        if (fault.passes()) {
            response.header(HeaderNames.RETRY_AFTER, RETRY_SECONDS);
        }
        byte[] body = body(language(request.headers()), fault, detail);
        response.status(fault.status()).header(HeaderNames.CONTENT_TYPE, TYPE).send(body);
    }

    /// The same with what else there is to say.
    static void send(
            ServerRequest request,
            ServerResponse response,
            ApiFault fault,
            SequencedMap<String, Object> members) {
        SequencedMap<String, Object> problem = problem(language(request.headers()), fault);
        problem.putAll(members);
        response.status(fault.status())
                .header(HeaderNames.CONTENT_TYPE, TYPE)
                .send(JSON.writeValueAsBytes(problem));
    }

    /// What is said of a request that did not come as far as a route, under the server's status.
    static byte[] body(ApiFault fault, Status status) {
        return JSON.writeValueAsBytes(problem(Language.EN, refusal(fault), status));
    }

    private static byte[] body(Language language, ApiFault fault, String detail) {
        SequencedMap<String, Object> problem = problem(language, fault);
        if (!detail.isEmpty()) {
            problem.put("detail", detail);
        }
        return JSON.writeValueAsBytes(problem);
    }

    /// What is said of a request that is at fault, or of this node.
    static SequencedMap<String, Object> members(ServerRequest request, ApiFault fault) {
        return problem(language(request.headers()), fault);
    }

    /// What is said of a transaction that the ledger refuses.
    static SequencedMap<String, Object> members(ServerRequest request, Refusal refusal) {
        return problem(language(request.headers()), refusal, status(refusal));
    }

    /// A refusal as a part of an answer that is no problem itself.
    static SequencedMap<String, Object> describe(ServerRequest request, Refusal refusal) {
        SequencedMap<String, Object> problem = members(request, refusal);
        problem.remove("status");
        return problem;
    }

    /// What does not decode is 400 or 413, what may pass later 409, all else 422.
    static Status status(Refusal refusal) {
        if (refusal.mayPassLater()) {
            return Status.CONFLICT_409;
        }
        return switch (refusal.module() + "." + refusal.name()) {
            case "transaction.MALFORMED" -> Status.BAD_REQUEST_400;
            case "transaction.TOO_LARGE" -> Status.REQUEST_ENTITY_TOO_LARGE_413;
            default -> UNPROCESSABLE_422;
        };
    }

    private static SequencedMap<String, Object> problem(Language language, ApiFault fault) {
        return problem(language, refusal(fault), fault.status());
    }

    private static Refusal refusal(ApiFault fault) {
        return new Refusal("api", fault.number(), fault.name(), fault.passes());
    }

    private static SequencedMap<String, Object> problem(
            Language language, Refusal refusal, Status status) {
        SequencedMap<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", ApiPaths.PROBLEMS + "/" + refusal.module() + "/" + refusal.number());
        problem.put("title", Messages.in(language).text(key(refusal.module(), refusal.name())));
        problem.put("status", status.code());
        problem.put("module", refusal.module());
        problem.put("number", refusal.number());
        problem.put("name", refusal.name());
        problem.put("mayPassLater", refusal.mayPassLater());
        return problem;
    }

    private static Language language(ServerRequestHeaders headers) {
        return headers.value(HeaderNames.ACCEPT_LANGUAGE)
                .map(Language::preferred)
                .orElse(Language.EN);
    }
}
