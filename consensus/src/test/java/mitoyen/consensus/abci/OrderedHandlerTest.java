package mitoyen.consensus.abci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.RequestApplySnapshotChunk;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestInitChain;
import mitoyen.consensus.abci.wire.RequestPrepareProposal;
import mitoyen.consensus.abci.wire.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That a handler whose order is watched is called, and told of what is wrong.
class OrderedHandlerTest {
    private final List<String> wrong = new ArrayList<>();
    private final AbciHandler ordered = new OrderedHandler(new CountingHandler(), wrong::add);

    @Test
    void a_run_in_order_is_answered_as_without_it() throws IOException {
        ordered.connected();
        for (Request request : run().toList()) {
            assertThat(Dispatch.ask(ordered, request)).isDone();
        }
        assertThat(wrong).isEmpty();
        assertThat(ordered.info(RequestInfo.getDefaultInstance()).getLastBlockHeight())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"INFO", "INIT_CHAIN", "FINALIZE_BLOCK", "COMMIT"})
    void a_run_that_lacks_a_call_is_told_once(Request.ValueCase lacking) throws IOException {
        ordered.connected();
        for (Request request : run().toList()) {
            if (request.getValueCase() != lacking) {
                Dispatch.ask(ordered, request).join();
            }
        }
        assertThat(wrong).hasSize(1);
    }

    @Test
    void what_the_owner_throws_is_a_failure_before_the_call() throws IOException {
        CountingHandler counting = new CountingHandler();
        AbciHandler strict =
                new OrderedHandler(
                        counting,
                        words -> {
                            throw new IllegalStateException(words);
                        });
        assertThatThrownBy(() -> strict.commit(RequestCommit.getDefaultInstance()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Commit is out of order");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"VALUE_NOT_SET"},
            mode = EnumSource.Mode.EXCLUDE)
    void each_request_is_answered_in_its_kind(Request.ValueCase kind) throws IOException {
        // An empty message of the kind.
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(kind.getNumber(), new byte[0]);
        out.flush();
        Request request = Request.parseFrom(bytes.toByteString());
        Response response = Dispatch.ask(ordered, request).join();
        assertThat(response.getValueCase().name()).isEqualTo(kind.name());
        assertThat(response).isEqualTo(Dispatch.ask(new CountingHandler(), request).join());
    }

    @Test
    void chunks_without_an_offer_are_told() throws IOException {
        ordered.connected();
        ordered.applySnapshotChunk(RequestApplySnapshotChunk.getDefaultInstance());
        assertThat(wrong).hasSize(1);
    }

    private static Stream<Request> run() {
        return Stream.of(
                Request.newBuilder().setInfo(RequestInfo.getDefaultInstance()).build(),
                Request.newBuilder()
                        .setInitChain(RequestInitChain.newBuilder().setInitialHeight(1))
                        .build(),
                Request.newBuilder()
                        .setPrepareProposal(RequestPrepareProposal.newBuilder().setHeight(1))
                        .build(),
                finalizeBlock(1),
                Request.newBuilder().setCommit(RequestCommit.getDefaultInstance()).build(),
                Request.newBuilder()
                        .setCheckTx(RequestCheckTx.newBuilder().setTx(ByteString.copyFromUtf8("a")))
                        .build(),
                finalizeBlock(2),
                Request.newBuilder().setCommit(RequestCommit.getDefaultInstance()).build());
    }

    private static Request finalizeBlock(long height) {
        return Request.newBuilder()
                .setFinalizeBlock(RequestFinalizeBlock.newBuilder().setHeight(height))
                .build();
    }
}
