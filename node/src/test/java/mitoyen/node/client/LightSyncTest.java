package mitoyen.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.light.BlockParts;
import mitoyen.ledger.light.EngineTime;
import mitoyen.ledger.light.LightBlock;
import mitoyen.ledger.light.LightBlockCodec;
import mitoyen.ledger.light.LightClient;
import mitoyen.ledger.light.LightHeader;
import mitoyen.ledger.light.LightValidator;
import mitoyen.ledger.light.LightValidator.Vote;
import mitoyen.ledger.light.LightVerdict.Reason;
import mitoyen.ledger.light.PreviousBlock;
import mitoyen.ledger.light.TrustPolicy;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.Ed25519;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.node.client.LightSync.Outcome;
import mitoyen.node.client.LightSync.Trust;
import org.junit.jupiter.api.Test;

/// LI-5 to LI-7 over many blocks: a network in which one of four validators leaves after every
/// fourth block and another comes.
final class LightSyncTest {
    private static final int LAST = 60;
    private static final int SEATS = 4;
    private static final int BLOCKS_OF_A_SET = 4;
    private static final long BEGIN_SECONDS = 1_800_000_000L;
    private static final Digest ANY = Sha256.of();
    private static final BlockParts PARTS = new BlockParts(1, ANY);
    private static final List<LightBlock> BLOCKS = network();

    private final List<String> asked = new ArrayList<>();

    @Test
    void theLastHeaderIsReachedThoughNobodyIsLeftOfThoseWhoSignedTheFirst() throws IOException {
        assertThat(follow(2, UnaryOperator.identity())).isEqualTo(new Outcome.Reached(block(LAST)));
        assertThat(asked).hasSizeBetween(6, 30).startsWith("headers/2", "latest", "headers/31");
    }

    @Test
    void whoTrustsTheLastIsThereAtOnce() throws IOException {
        assertThat(follow(LAST, UnaryOperator.identity()))
                .isEqualTo(new Outcome.Reached(block(LAST)));
        assertThat(asked).containsExactly("headers/60", "latest");
    }

    /// Headers without votes are tried ever nearer, until one is the next.
    @Test
    void headersThatNobodySignedEndIt() throws IOException {
        assertThat(follow(2, block -> block.equals(block(2)) ? block : unsigned(block)))
                .isEqualTo(new Outcome.Refused(3, Reason.POWER));
    }

    @Test
    void aLastThatIsNoLightBlockIsRefused() throws IOException {
        LightClient client = new LightClient(SignatureChecker.forFew(), TrustPolicy.STANDARD);
        LightSync sync =
                new LightSync(
                        which ->
                                which.equals("latest")
                                        ? Optional.of(new byte[] {1})
                                        : find(which, UnaryOperator.identity()),
                        client,
                        InstantSource.fixed(Instant.ofEpochSecond(BEGIN_SECONDS + LAST)));

        assertThat(sync.follow(new Trust(2, block(2).header().hash())))
                .isEqualTo(new Outcome.Refused(0, Reason.MALFORMED));
    }

    @Test
    void aHeaderThatIsMissingIsNamed() throws IOException {
        assertThat(sync(UnaryOperator.identity()).follow(new Trust(LAST + 1L, ANY)))
                .isEqualTo(new Outcome.Missing(LAST + 1L));
    }

    @Test
    void anotherHashThanTheTrustedIsRefused() throws IOException {
        assertThat(sync(UnaryOperator.identity()).follow(new Trust(2, ANY)))
                .isEqualTo(new Outcome.Refused(2, Reason.HASH));
    }

    private Outcome follow(int from, UnaryOperator<LightBlock> lie) throws IOException {
        return sync(lie).follow(new Trust(from, block(from).header().hash()));
    }

    private LightSync sync(UnaryOperator<LightBlock> lie) {
        LightClient client = new LightClient(SignatureChecker.forFew(), TrustPolicy.STANDARD);
        Instant now = Instant.ofEpochSecond(BEGIN_SECONDS + LAST);
        return new LightSync(which -> find(which, lie), client, InstantSource.fixed(now));
    }

    private Optional<byte[]> find(String which, UnaryOperator<LightBlock> lie) {
        asked.add(which);
        int height =
                which.equals("latest")
                        ? LAST
                        : Integer.parseInt(which.substring("headers/".length()));
        return height > LAST
                ? Optional.empty()
                : Optional.of(LightBlockCodec.encode(lie.apply(block(height))));
    }

    private static LightBlock block(int height) {
        return BLOCKS.get(height - 1);
    }

    private static LightBlock unsigned(LightBlock block) {
        return new LightBlock(
                block.header(), block.round(), block.parts(), seats((int) block.header().height()));
    }

    private static List<LightBlock> network() {
        List<LightBlock> blocks = new ArrayList<>();
        for (int height = 1; height <= LAST; height++) {
            LightHeader header = header(height, hash(seats(height)), hash(seats(height + 1)));
            blocks.add(signed(new LightBlock(header, 0, PARTS, seats(height)), height));
        }
        return List.copyOf(blocks);
    }

    private static LightHeader header(int height, Digest validators, Digest next) {
        return new LightHeader(
                new LightHeader.Version(11, 0),
                "mitoyen-sync",
                height,
                new EngineTime(BEGIN_SECONDS + height, 0),
                Optional.of(new PreviousBlock(ANY, PARTS)),
                ANY,
                ANY,
                validators,
                next,
                ANY,
                ByteString.parseHex("%016x%s".formatted(height, ANY)),
                ANY,
                ANY,
                ByteString.of(new byte[LightHeader.ADDRESS_LENGTH]));
    }

    private static LightBlock signed(LightBlock block, int height) {
        EngineTime time = new EngineTime(BEGIN_SECONDS + height, 1);
        List<LightValidator> voted = new ArrayList<>();
        for (int i = 0; i < SEATS; i++) {
            LightValidator silent = block.validators().get(i);
            byte[] signature = Ed25519.sign(seed(first(height) + i), block.toSigned(time));
            Vote vote = new Vote(time, ByteString.of(signature));
            voted.add(new LightValidator(silent.key(), silent.power(), Optional.of(vote)));
        }
        return new LightBlock(block.header(), block.round(), block.parts(), voted);
    }

    private static List<LightValidator> seats(int height) {
        List<LightValidator> seats = new ArrayList<>();
        for (int i = 0; i < SEATS; i++) {
            ByteString key = ByteString.of(Ed25519.keyOf(seed(first(height) + i)));
            seats.add(new LightValidator(key, 10, Optional.empty()));
        }
        return seats;
    }

    private static int first(int height) {
        return height / BLOCKS_OF_A_SET;
    }

    private static byte[] seed(int validator) {
        return Sha256.of(new byte[] {(byte) validator}).toBytes();
    }

    /// What a header says of validators: any header serves to ask a block.
    private static Digest hash(List<LightValidator> validators) {
        return new LightBlock(header(1, ANY, ANY), 0, PARTS, validators).validatorsHash();
    }
}
