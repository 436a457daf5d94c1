package mitoyen.consensus.abci;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import mitoyen.consensus.abci.wire.AuthorityParams;
import mitoyen.consensus.abci.wire.BlockIDFlag;
import mitoyen.consensus.abci.wire.BlockParams;
import mitoyen.consensus.abci.wire.CheckTxType;
import mitoyen.consensus.abci.wire.CommitInfo;
import mitoyen.consensus.abci.wire.ConsensusParams;
import mitoyen.consensus.abci.wire.ExecTxResult;
import mitoyen.consensus.abci.wire.Misbehavior;
import mitoyen.consensus.abci.wire.MisbehaviorType;
import mitoyen.consensus.abci.wire.PublicKey;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import mitoyen.consensus.abci.wire.RequestEcho;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestInitChain;
import mitoyen.consensus.abci.wire.RequestInsertTx;
import mitoyen.consensus.abci.wire.RequestReapTxs;
import mitoyen.consensus.abci.wire.Response;
import mitoyen.consensus.abci.wire.ResponseCheckTx;
import mitoyen.consensus.abci.wire.ResponseCommit;
import mitoyen.consensus.abci.wire.ResponseException;
import mitoyen.consensus.abci.wire.ResponseFinalizeBlock;
import mitoyen.consensus.abci.wire.ResponseInfo;
import mitoyen.consensus.abci.wire.ResponseProcessProposal;
import mitoyen.consensus.abci.wire.Validator;
import mitoyen.consensus.abci.wire.ValidatorUpdate;
import mitoyen.consensus.abci.wire.VoteInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// ABCI's messages byte by byte. The bytes are written by hand from the protocol: of a field, its
/// number times 8, plus 0 for a number or 2 for something with a length; then the value.
class WireTest {
    private static final String VALIDATOR = "0a 03 0a 01 ee 10 05";

    @ParameterizedTest
    @CsvSource({
        "ECHO,                  0a 00",
        "FLUSH,                 12 00",
        "INFO,                  1a 00",
        "INIT_CHAIN,            2a 00",
        "QUERY,                 32 00",
        "CHECK_TX,              42 00",
        "COMMIT,                5a 00",
        "LIST_SNAPSHOTS,        62 00",
        "OFFER_SNAPSHOT,        6a 00",
        "LOAD_SNAPSHOT_CHUNK,   72 00",
        "APPLY_SNAPSHOT_CHUNK,  7a 00",
        "PREPARE_PROPOSAL,      82 01 00",
        "PROCESS_PROPOSAL,      8a 01 00",
        "EXTEND_VOTE,           92 01 00",
        "VERIFY_VOTE_EXTENSION, 9a 01 00",
        "FINALIZE_BLOCK,        a2 01 00",
        "INSERT_TX,             aa 01 00",
        "REAP_TXS,              b2 01 00",
    })
    void each_request_has_its_number(Request.ValueCase kind, String bytes)
            throws InvalidProtocolBufferException {
        Request request = Request.parseFrom(hex(bytes));
        assertThat(request.getValueCase()).isEqualTo(kind);
        assertThat(request.toByteArray()).isEqualTo(hex(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "EXCEPTION,             0a 00",
        "ECHO,                  12 00",
        "FLUSH,                 1a 00",
        "INFO,                  22 00",
        "INIT_CHAIN,            32 00",
        "QUERY,                 3a 00",
        "CHECK_TX,              4a 00",
        "COMMIT,                62 00",
        "LIST_SNAPSHOTS,        6a 00",
        "OFFER_SNAPSHOT,        72 00",
        "LOAD_SNAPSHOT_CHUNK,   7a 00",
        "APPLY_SNAPSHOT_CHUNK,  82 01 00",
        "PREPARE_PROPOSAL,      8a 01 00",
        "PROCESS_PROPOSAL,      92 01 00",
        "EXTEND_VOTE,           9a 01 00",
        "VERIFY_VOTE_EXTENSION, a2 01 00",
        "FINALIZE_BLOCK,        aa 01 00",
        "INSERT_TX,             b2 01 00",
        "REAP_TXS,              ba 01 00",
    })
    void each_response_has_its_number(Response.ValueCase kind, String bytes)
            throws InvalidProtocolBufferException {
        Response response = Response.parseFrom(hex(bytes));
        assertThat(response.getValueCase()).isEqualTo(kind);
        assertThat(response.toByteArray()).isEqualTo(hex(bytes));
    }

    @ParameterizedTest
    @MethodSource
    void a_request_is_these_bytes(String bytes, Request request)
            throws InvalidProtocolBufferException {
        assertThat(HexFormat.ofDelimiter(" ").formatHex(request.toByteArray())).isEqualTo(bytes);
        assertThat(Request.parseFrom(hex(bytes))).isEqualTo(request);
    }

    static Stream<Arguments> a_request_is_these_bytes() {
        Request.Builder request = Request.newBuilder();
        return Stream.of(
                Arguments.of(
                        "0a 04 0a 02 68 69",
                        request.setEcho(RequestEcho.newBuilder().setMessage("hi")).build()),
                Arguments.of(
                        "1a 11 0a 04 30 2e 34 30 10 0b 18 08 22 05 32 2e 30 2e 30",
                        request.setInfo(
                                        RequestInfo.newBuilder()
                                                .setVersion("0.40")
                                                .setBlockVersion(11)
                                                .setP2PVersion(8)
                                                .setAbciVersion("2.0.0"))
                                .build()),
                Arguments.of(
                        "42 06 0a 02 61 62 10 01",
                        request.setCheckTx(
                                        RequestCheckTx.newBuilder()
                                                .setTx(text("ab"))
                                                .setType(CheckTxType.RECHECK))
                                .build()),
                Arguments.of(
                        "2a 24 12 01 63 1a 14 0a 0d 08 01 10 ff ff ff ff ff ff ff ff ff 01"
                                + " 32 03 0a 01 67 22 07 "
                                + VALIDATOR
                                + " 30 01",
                        request.setInitChain(initChain()).build()),
                Arguments.of(
                        "a2 01 31 0a 01 61 0a 00 12 0e 08 01 12 0a 0a 06 0a 02 01 02 18 0a 18 02"
                                + " 1a 07 08 01 18 ac 02 28 07 22 02 aa bb 28 80 01"
                                + " 32 04 08 01 10 02 3a 01 cc 42 01 dd",
                        request.setFinalizeBlock(finalizeBlock()).build()),
                Arguments.of(
                        "aa 01 03 0a 01 61",
                        request.setInsertTx(RequestInsertTx.newBuilder().setTx(text("a"))).build()),
                Arguments.of(
                        "b2 01 0f 08 80 80 40 10 ff ff ff ff ff ff ff ff ff 01",
                        request.setReapTxs(
                                        RequestReapTxs.newBuilder()
                                                .setMaxBytes(1 << 20)
                                                .setMaxGas(-1))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource
    void a_response_is_these_bytes(String bytes, Response response)
            throws InvalidProtocolBufferException {
        assertThat(HexFormat.ofDelimiter(" ").formatHex(response.toByteArray())).isEqualTo(bytes);
        assertThat(Response.parseFrom(hex(bytes))).isEqualTo(response);
    }

    static Stream<Arguments> a_response_is_these_bytes() {
        Response.Builder response = Response.newBuilder();
        return Stream.of(
                Arguments.of(
                        "0a 04 0a 02 6e 6f",
                        response.setException(ResponseException.newBuilder().setError("no"))
                                .build()),
                Arguments.of(
                        "22 0d 0a 01 64 12 01 76 18 01 20 03 2a 01 aa",
                        response.setInfo(
                                        ResponseInfo.newBuilder()
                                                .setData("d")
                                                .setVersion("v")
                                                .setAppVersion(1)
                                                .setLastBlockHeight(3)
                                                .setLastBlockAppHash(bytes("aa")))
                                .build()),
                Arguments.of(
                        "4a 0d 08 01 12 01 61 1a 01 6c 28 02 42 01 73",
                        response.setCheckTx(
                                        ResponseCheckTx.newBuilder()
                                                .setCode(1)
                                                .setData(text("a"))
                                                .setLog("l")
                                                .setGasWanted(2)
                                                .setCodespace("s"))
                                .build()),
                Arguments.of(
                        "62 02 18 09",
                        response.setCommit(ResponseCommit.newBuilder().setRetainHeight(9)).build()),
                Arguments.of(
                        "92 01 02 08 01",
                        response.setProcessProposal(
                                        ResponseProcessProposal.newBuilder()
                                                .setStatus(
                                                        ResponseProcessProposal.ProposalStatus
                                                                .ACCEPT))
                                .build()),
                Arguments.of(
                        "aa 01 12 12 04 08 01 30 05 1a 07 " + VALIDATOR + " 2a 01 ab",
                        response.setFinalizeBlock(
                                        ResponseFinalizeBlock.newBuilder()
                                                .addTxResults(
                                                        ExecTxResult.newBuilder()
                                                                .setCode(1)
                                                                .setGasUsed(5))
                                                .addValidatorUpdates(validator())
                                                .setAppHash(bytes("ab")))
                                .build()));
    }

    private static RequestInitChain initChain() {
        return RequestInitChain.newBuilder()
                .setChainId("c")
                .setConsensusParams(
                        ConsensusParams.newBuilder()
                                .setBlock(BlockParams.newBuilder().setMaxBytes(1).setMaxGas(-1))
                                .setAuthority(AuthorityParams.newBuilder().setAuthority("g")))
                .addValidators(validator())
                .setInitialHeight(1)
                .build();
    }

    private static ValidatorUpdate validator() {
        return ValidatorUpdate.newBuilder()
                .setPubKey(PublicKey.newBuilder().setEd25519(bytes("ee")))
                .setPower(5)
                .build();
    }

    private static RequestFinalizeBlock finalizeBlock() {
        VoteInfo vote =
                VoteInfo.newBuilder()
                        .setValidator(
                                Validator.newBuilder().setAddress(bytes("01 02")).setPower(10))
                        .setBlockIdFlag(BlockIDFlag.BLOCK_ID_FLAG_COMMIT)
                        .build();
        return RequestFinalizeBlock.newBuilder()
                .addAllTxs(List.of(text("a"), ByteString.EMPTY))
                .setDecidedLastCommit(CommitInfo.newBuilder().setRound(1).addVotes(vote))
                .addMisbehavior(
                        Misbehavior.newBuilder()
                                .setType(MisbehaviorType.DUPLICATE_VOTE)
                                .setHeight(300)
                                .setTotalVotingPower(7))
                .setHash(bytes("aa bb"))
                .setHeight(128)
                .setTime(Timestamp.newBuilder().setSeconds(1).setNanos(2))
                .setNextValidatorsHash(bytes("cc"))
                .setProposerAddress(bytes("dd"))
                .build();
    }

    private static ByteString text(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(hex(hex));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
