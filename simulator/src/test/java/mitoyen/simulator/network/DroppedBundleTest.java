package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.Response;
import mitoyen.consensus.abci.wire.ResponseCheckTx;
import mitoyen.ledger.governance.Validator;
import mitoyen.simulator.network.Network.Answer;
import mitoyen.simulator.network.Network.Turn;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two of four validators drop a bundle that they are passed, as one does that still starts, and
/// are passed it by nobody again but in other bytes (`CE-19`).
class DroppedBundleTest {
    @TempDir private Path folder;

    /// The next block's proposer is one of them: it has nothing to propose, and the two that have
    /// the bundle are too few to go on without it.
    @Test
    void whatTwoDroppedComesIntoABlockAllTheSame() throws Exception {
        try (Network network = Scenario.make(folder.resolve("network"), 4, 0);
                SplitMember first = start(network, 1);
                SplitMember second = start(network, 2);
                SplitMember third = start(network, 3);
                SplitMember fourth = start(network, 4)) {
            network.openAccounts();
            List<SplitMember> inTurn = new ArrayList<>(List.of(first, second, third, fourth));
            int proposer = awaitRest(network);
            Collections.rotate(inTurn, 1 - proposer);
            inTurn.get(0).middle().tamper(new FirstBundleDropped());
            inTurn.get(1).middle().tamper(new FirstBundleDropped());
            int sender = (proposer + 1) % 4 + 1;

            Street.Sent transfer =
                    network.street().transfers(1, 1, System.currentTimeMillis()).getFirst();
            Answer answer = network.send(sender, transfer);

            assertThat(answer.isDone()).as(answer.toString()).isTrue();
            JsonNode block = network.await(sender, "blocks/" + answer.height());
            assertThat(block.path("transactions").size()).as("handed again").isGreaterThan(1);
        }
    }

    private static SplitMember start(Network network, int number) throws Exception {
        SplitMember member = SplitMember.split(network, number);
        member.start();
        return member;
    }

    /// Waits until all wait for something to do.
    ///
    /// @return the number of the member whose turn it is
    private static int awaitRest(Network network) throws Exception {
        Set<Turn> turns =
                Network.until(
                        "all are at rest",
                        () -> turns(network),
                        found -> found.size() == 1 && found.iterator().next().isBeforeProposal());
        String proposer = turns.iterator().next().proposer();
        String name =
                network.street().genesis().governance().orElseThrow().validators().stream()
                        .filter(each -> each.address().toString().equals(proposer))
                        .map(Validator::name)
                        .findFirst()
                        .orElseThrow();
        return IntStream.rangeClosed(1, network.size())
                .filter(number -> network.member(number).name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Where all are, and were half a second ago.
    private static Set<Turn> turns(Network network) throws InterruptedException {
        Set<Turn> turns = new HashSet<>();
        addTurns(network, turns);
        Thread.sleep(500);
        addTurns(network, turns);
        return turns;
    }

    private static void addTurns(Network network, Set<Turn> turns) throws InterruptedException {
        for (int number = 1; number <= network.size(); number++) {
            turns.add(network.findTurn(number).orElse(Turn.UNKNOWN));
        }
    }

    /// Refuses whatever has the bytes of the first bundle.
    private static final class FirstBundleDropped implements Tampering {
        private ByteString first = ByteString.EMPTY;

        @Override
        public Response answer(Request request, Response answer) {
            if (!request.hasCheckTx()) {
                return answer;
            }
            ByteString bundle = request.getCheckTx().getTx();
            first = first.isEmpty() ? bundle : first;
            return bundle.equals(first)
                    ? Response.newBuilder()
                            .setCheckTx(ResponseCheckTx.newBuilder().setCode(1))
                            .build()
                    : answer;
        }
    }
}
