package mitoyen.consensus.abci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs as words: `+` a connection, `info:H` with the last height H, `init:H` with the first,
/// `offer` and `chunk` of a snapshot, `prepare:H`, `process:H`, `extend:H`, `verify:H`, `final:H`,
/// `commit`.
class CallGrammarTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+ info:0 init:1 final:1 commit final:2 commit",
                "+ info:0 init:1 prepare:1 process:1 final:1 commit process:2 final:2 commit",
                "+ info:0 init:5 process:5 final:5 commit process:6",
                // A round that decided nothing, and votes that come early and late.
                "+ info:3 prepare:4 process:4 verify:4 process:4 extend:4 verify:4 final:4 commit",
                // Killed after InitChain, before and after the first commit.
                "+ info:0 init:1 + info:0 init:1 final:1 + info:0 init:1 final:1 commit + info:1",
                // Killed between FinalizeBlock and Commit, replayed.
                "+ info:7 final:8 + info:7 final:8 commit process:9",
                // Clients ask for Info whenever they like.
                "+ info:7 info:7 final:8 info:7 commit info:8 process:9 info:8 final:9 commit",
                "+ offer offer chunk offer chunk chunk info:20 final:21 commit process:22",
                "+ info:0 offer chunk info:0 chunk info:20 info:20 process:21 final:21 commit",
            })
    void a_run_of_the_grammar_is_in_order(String run) {
        assertThat(firstOutOfOrder(run)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "+ init:1,                           InitChain, a connection",
        "+ final:1,                          FinalizeBlock at 1, a connection",
        "+ info:0 final:1,                   FinalizeBlock at 1, Info",
        "+ info:0 prepare:1,                 PrepareProposal at 1, Info",
        "+ info:4 init:5,                    InitChain, Info",
        "+ info:0 init:1 init:1,             InitChain, 'InitChain, Commit or a round'",
        "+ info:0 init:1 commit,             Commit, 'InitChain, Commit or a round'",
        "+ info:4 commit,                    Commit, Info",
        "+ info:4 final:4,                   FinalizeBlock at 4, Info",
        "+ info:4 final:6,                   FinalizeBlock at 6, Info",
        "+ info:4 final:5 final:5,           FinalizeBlock at 5, FinalizeBlock",
        "+ info:4 final:5 final:6,           FinalizeBlock at 6, FinalizeBlock",
        "+ info:4 final:5 process:6,         ProcessProposal at 6, FinalizeBlock",
        "+ info:4 final:5 commit commit,     Commit, 'InitChain, Commit or a round'",
        "+ info:4 process:6,                 ProcessProposal at 6, Info",
        "+ info:4 final:5 commit extend:5,   ExtendVote at 5, 'InitChain, Commit or a round'",
        "+ info:4 final:5 commit verify:5,   VerifyVoteExtension at 5, 'InitChain, Commit or a"
                + " round'",
        "+ info:4 final:5 + commit,          Commit, a connection",
        "+ chunk,                            ApplySnapshotChunk, a connection",
        "+ offer chunk final:21,             FinalizeBlock at 21, ApplySnapshotChunk",
        "+ offer info:20 final:21,           FinalizeBlock at 21, OfferSnapshot",
        "+ info:4 final:5 commit offer,      OfferSnapshot, 'InitChain, Commit or a round'",
        "+ info:4 final:5 chunk,             ApplySnapshotChunk, FinalizeBlock",
    })
    void the_first_call_out_of_order_is_named(String run, String call, String last) {
        assertThat(firstOutOfOrder(run))
                .hasValueSatisfying(said ->
                        assertThat(said)
                                .startsWith(
                                        call
                                                + " is out of order: the last was "
                                                + last
                                                + ", the height "));
    }

    @Test
    void only_the_first_is_said() {
        CallGrammar grammar = new CallGrammar();
        assertThat(grammar.commit()).isPresent();
        assertThat(grammar.commit()).isEmpty();
    }

    private static Optional<String> firstOutOfOrder(String run) {
        CallGrammar grammar = new CallGrammar();
        String[] calls = run.split(" ", -1);
        for (int i = 0; i < calls.length; i++) {
            Optional<String> wrong = feed(grammar, calls[i]);
            if (wrong.isPresent()) {
                assertThat(i).as("the last call is the one").isEqualTo(calls.length - 1);
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> feed(CallGrammar grammar, String call) {
        String[] parts = call.split(":", -1);
        long height = parts.length > 1 ? Long.parseLong(parts[1]) : 0;
        return switch (parts[0]) {
            case "+" -> {
                grammar.connected();
                yield Optional.empty();
            }
            case "info" -> {
                grammar.informed(height);
                yield Optional.empty();
            }
            case "init" -> grammar.initChain(height);
            case "offer" -> grammar.offerSnapshot();
            case "chunk" -> grammar.applySnapshotChunk();
            case "prepare" -> grammar.round("PrepareProposal", height);
            case "process" -> grammar.round("ProcessProposal", height);
            case "extend" -> grammar.round("ExtendVote", height);
            case "verify" -> grammar.round("VerifyVoteExtension", height);
            case "final" -> grammar.finalizeBlock(height);
            case "commit" -> grammar.commit();
            default -> throw new IllegalArgumentException(call);
        };
    }
}
