package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.running.Answer;
import mitoyen.node.running.CommittedBlock.Entry;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.Ordering.Taken;
import mitoyen.node.running.Refusal;
import mitoyen.node.threads.FairQueue.Admission;
import tools.jackson.databind.json.JsonMapper;

/// What is answered to one transaction, be it alone or among others.
///
/// @param status HTTP's
/// @param word what became of it: `accepted`, `exists`, `rejected`, `refused`, `unknown`, or
///   `untaken` where nothing was done with it
/// @param problem whether it is told as RFC 9457 has it
/// @param later whether to send it again in a moment helps
/// @param members what is said, in order
record Reply(
        Status status,
        String word,
        boolean problem,
        boolean later,
        SequencedMap<String, Object> members) {
    private static final JsonMapper JSON = new JsonMapper();

    /// What becomes of a submission; waits until it is final.
    static Reply await(ServerRequest request, Taken taken) throws InterruptedException {
        return switch (taken) {
            case Taken.NotNow(Admission why) -> fault(request, fault(why), "untaken");
            case Taken.Behind() -> fault(request, ApiFault.NODE_BEHIND, "untaken");
            case Taken.In(Future<Answer> answer) -> {
                try {
                    yield of(request, answer.get());
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        };
    }

    /// Whether there is an answer of the ledger's, or there will be none.
    boolean isOfTaken() {
        return !word.equals("untaken");
    }

    /// Sends it as the answer to a request.
    void send(ServerResponse response) {
        if (later) {
            response.header(HeaderNames.RETRY_AFTER, Problems.RETRY_SECONDS);
        }
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, problem ? Problems.TYPE : "application/json")
                .send(JSON.writeValueAsBytes(members));
    }

    /// What is said of it among others.
    SequencedMap<String, Object> among() {
        if (!problem) {
            members.putFirst("status", status.code());
        }
        return members;
    }

    private static ApiFault fault(Admission why) {
        return switch (why) {
            case SENDER_FULL -> ApiFault.SENDER_BUSY;
            case FULL -> ApiFault.NODE_BUSY;
            case CLOSED, ADMITTED -> ApiFault.NODE_CLOSED;
        };
    }

    private static Reply of(ServerRequest request, Answer answer) {
        return switch (answer) {
            case Answer.Unknown() -> fault(request, ApiFault.OUTCOME_UNKNOWN, "unknown");
            case Answer.NotOrdered(Refusal refusal) ->
                    refusal(request, refusal, "refused", new LinkedHashMap<>());
            case Answer.Exists(String id, Digest sent) -> {
                SequencedMap<String, Object> members = new LinkedHashMap<>();
                members.put("answer", "exists");
                members.put("id", id);
                members.put("sent", sent.toString());
                yield new Reply(Status.OK_200, "exists", false, false, members);
            }
            case Answer.InBlock(long height, int index, Entry entry) ->
                    inBlock(request, height, index, entry);
        };
    }

    private static Reply inBlock(ServerRequest request, long height, int index, Entry entry) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        entry.id().ifPresent(id -> members.put("id", id));
        members.put("sent", entry.sent().toString());
        members.put("height", height);
        members.put("index", index);
        String word = entry.outcome().word();
        return switch (entry.outcome()) {
            case Outcome.Rejected(Refusal refusal, OptionalInt step) -> {
                step.ifPresent(refused -> members.put("step", refused));
                yield refusal(request, refusal, word, members);
            }
            case Outcome.Accepted _, Outcome.Exists _ -> {
                members.putFirst("answer", word);
                yield new Reply(Status.OK_200, word, false, false, members);
            }
        };
    }

    private static Reply fault(ServerRequest request, ApiFault fault, String word) {
        return new Reply(
                fault.status(), word, true, fault.passes(), Problems.members(request, fault));
    }

    private static Reply refusal(
            ServerRequest request,
            Refusal refusal,
            String word,
            SequencedMap<String, Object> members) {
        SequencedMap<String, Object> problem = Problems.members(request, refusal);
        problem.putAll(members);
        return new Reply(Problems.status(refusal), word, true, false, problem);
    }
}
