package mitoyen.consensus.abci;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mitoyen.consensus.abci.wire.CheckTxType;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that a real CometBFT v0.40.0 sent: all that is in them has a name in `abci.proto`.
class RecordedRequestsTest {
    /// @param kind what it is
    /// @param frame in hexadecimal, with its length
    record Recorded(Request.ValueCase kind, String frame) {
        Request read() throws IOException {
            ByteArrayInputStream bytes = new ByteArrayInputStream(HexFormat.of().parseHex(frame));
            FrameReader reader = new FrameReader(bytes, 1 << 20);
            Request request = reader.read().orElseThrow();
            assertThat(reader.read()).isEmpty();
            return request;
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void all_that_is_sent_is_known(Recorded recorded) throws IOException {
        Request request = recorded.read();

        assertThat(request.getValueCase()).isEqualTo(recorded.kind());
        assertThat(unknownIn(request)).isEmpty();
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        request.writeDelimitedTo(again);
        assertThat(HexFormat.of().formatHex(again.toByteArray())).isEqualTo(recorded.frame());
    }

    @Test
    void what_was_sent_is_read() throws IOException {
        assertThat(only(Request.ValueCase.INFO).getInfo().getAbciVersion()).isEqualTo("2.0.0");
        Request start = only(Request.ValueCase.INIT_CHAIN);
        assertThat(start.getInitChain().getInitialHeight()).isEqualTo(1);
        assertThat(start.getInitChain().getValidators(0).getPubKey().getEd25519().size())
                .isEqualTo(32);
        assertThat(start.getInitChain().getConsensusParams().getBlock().getMaxGas()).isEqualTo(-1);
        assertThat(only(Request.ValueCase.QUERY).getQuery().getProve()).isTrue();
        List<CheckTxType> checks =
                recorded()
                        .filter(each -> each.kind() == Request.ValueCase.CHECK_TX)
                        .map(each -> read(each).getCheckTx().getType())
                        .toList();
        assertThat(checks).contains(CheckTxType.NEW, CheckTxType.RECHECK);
        List<RequestFinalizeBlock> blocks =
                recorded()
                        .filter(each -> each.kind() == Request.ValueCase.FINALIZE_BLOCK)
                        .map(each -> read(each).getFinalizeBlock())
                        .toList();
        assertThat(blocks).extracting(RequestFinalizeBlock::getHeight).containsExactly(1L, 2L);
        assertThat(blocks.getLast().getDecidedLastCommit().getVotes(0).getValidator().getPower())
                .isEqualTo(10);
    }

    static Stream<Recorded> recorded() {
        try (InputStream in =
                Objects.requireNonNull(
                        RecordedRequestsTest.class.getResourceAsStream("cometbft-0.40.0.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .map(words -> new Recorded(Request.ValueCase.valueOf(words[0]), words[1]));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Request only(Request.ValueCase kind) {
        return read(recorded().filter(each -> each.kind() == kind).findFirst().orElseThrow());
    }

    private static Request read(Recorded recorded) {
        try {
            return recorded.read();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// The messages, at any depth, in which there are fields of no name.
    private static List<String> unknownIn(Message message) {
        Stream<String> here =
                message.getUnknownFields().asMap().isEmpty()
                        ? Stream.of()
                        : Stream.of(message.getDescriptorForType().getName());
        Stream<String> below =
                message.getAllFields().values().stream()
                        .flatMap(value ->
                                value instanceof List<?> list ? list.stream() : Stream.of(value))
                        .filter(Message.class::isInstance)
                        .flatMap(value -> unknownIn((Message) value).stream());
        return Stream.concat(here, below).toList();
    }
}
