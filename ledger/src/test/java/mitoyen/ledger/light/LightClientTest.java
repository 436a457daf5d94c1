package mitoyen.ledger.light;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.light.LightVerdict.Reason;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.signature.SignatureChecker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// LI-1 to LI-9: what a light block proves, and that nothing else does.
final class LightClientTest {
    private static final SequencedMap<String, ByteString> BLOCKS = LightVectors.blocks();
    private static final LightClient CLIENT =
            new LightClient(SignatureChecker.forFew(), TrustPolicy.STANDARD);

    @ParameterizedTest
    @MethodSource("vectors")
    void theAnswerIsTheRecordedOne(LightVector vector) throws IOException {
        assertThat(vector.answered(blocks())).as(vector.name()).isEqualTo(vector.answer());
    }

    @Test
    void theRecordedAreThoseThatAreMadeToday() throws IOException {
        assertThat(blocks()).containsExactlyEntriesOf(BLOCKS);
        assertThat(vectors()).containsExactlyElementsOf(LightVectors.all());
    }

    @Test
    void everyAnswerThereIsIsRecorded() throws IOException {
        TreeSet<String> words =
                vectors()
                        .filter(vector -> vector.answer().startsWith("refused,"))
                        .map(vector -> vector.answer().substring("refused,".length()))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(words)
                .isEqualTo(
                        Stream.of(Reason.values())
                                .map(Reason::word)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /// LI-9: block 14 is the engine's first above block 5 of the ledger, whose root a node gave.
    @Test
    void theAnchorIsTheRootOverTheLedgersBlocks() {
        assertThat(LightWorld.recorded(14).header().anchor())
                .isEqualTo(
                        new LogRoot(
                                5,
                                Digest.parse(
                                        "a65b4fae55d4897b7bac0890f21488b4"
                                                + "9e711633655794daa95b8d50a42b3e8a")));
    }

    /// Without any of its three votes block 14 has too little power, so each bit of it matters.
    @Test
    void whatHasOneBitFlippedIsRefused() {
        LightBlock trusted = LightWorld.recorded(1);
        byte[] bytes = LightWorld.get(BLOCKS, "block 14").toBytes();
        long now = LightWorld.recorded(14).header().time().millis();
        assertThat(CLIENT.verify(trusted, bytes, now)).isInstanceOf(LightVerdict.Proved.class);
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / Byte.SIZE] ^= (byte) (0x80 >> bit % Byte.SIZE);
            assertThat(CLIENT.verify(trusted, changed, now))
                    .as("bit %d", bit)
                    .isInstanceOf(LightVerdict.Refused.class);
        }
    }

    /// LI-7 by counting one unit of power after the other.
    @Test
    void powersAtRandomAreCountedAsByHand() {
        long seed = 7;
        Random random = new Random(seed);
        TreeSet<String> seen = new TreeSet<>();
        for (int run = 0; run < 300; run++) {
            long[] trustedPowers = random.longs(1 + random.nextInt(5), 1, 5).toArray();
            long[] powers = random.longs(1 + random.nextInt(5), 1, 5).toArray();
            int from = random.nextInt(4);
            List<LightValidator> before = LightWorld.validators(0, trustedPowers);
            List<LightValidator> now = LightWorld.validators(from, powers);
            List<Integer> signers = new ArrayList<>();
            int own = 0;
            int vouched = 0;
            for (int i = 0; i < powers.length; i++) {
                if (random.nextInt(4) > 0) {
                    signers.add(i);
                    own += (int) powers[i];
                    vouched += from + i < trustedPowers.length ? (int) trustedPowers[from + i] : 0;
                }
            }
            LightBlock trusted =
                    LightWorld.block(LightWorld.header(1, before), before, 0, List.of());
            LightBlock block = LightWorld.block(LightWorld.header(5, now), now, from, signers);
            String expected =
                    vouched + vouched + vouched <= Arrays.stream(trustedPowers).sum()
                            ? "refused,trusted-power"
                            : own + own + own <= 2 * Arrays.stream(powers).sum()
                                    ? "refused,power"
                                    : "proved";
            String answer =
                    LightVector.describe(
                            CLIENT.verify(
                                    trusted,
                                    LightBlockCodec.encode(block),
                                    block.header().time().millis()));
            seen.add(expected);
            assertThat(answer).as("seed %d, run %d", seed, run).startsWith(expected);
        }
        assertThat(seen).hasSize(3);
    }

    @Test
    void whatDecodesEncodesToTheSameBytes() throws CborException {
        for (ByteString bytes : BLOCKS.values()) {
            assertThat(LightBlockCodec.encode(LightBlockCodec.decode(bytes.toBytes())))
                    .isEqualTo(bytes.toBytes());
        }
    }

    @Test
    void whatIsChangedAtRandomGetsAnAnswer() {
        long seed = 1;
        Random random = new Random(seed);
        byte[] valid = LightWorld.get(BLOCKS, "block 12").toBytes();
        int decoded = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] input = Arrays.copyOf(valid, valid.length - random.nextInt(2));
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt(256);
            }
            decoded += isItselfOrRefused(input) ? 1 : 0;
        }
        assertThat(decoded).as("seed %d", seed).isBetween(1_000, 15_000);
    }

    static boolean isItselfOrRefused(byte[] input) {
        assertThat(CLIENT.verify(LightWorld.recorded(2), input, 0)).isNotNull();
        try {
            assertThat(LightBlockCodec.encode(LightBlockCodec.decode(input))).isEqualTo(input);
            return true;
        } catch (CborException refused) {
            return false;
        }
    }

    static Stream<LightVector> vectors() throws IOException {
        return lines().filter(line -> line.split(";", -1).length == 4).map(LightVector::parse);
    }

    /// The blocks of the real network and those in the file.
    private static SequencedMap<String, ByteString> blocks() throws IOException {
        SequencedMap<String, ByteString> blocks = new LinkedHashMap<>(LightWorld.recorded());
        lines().map(line -> List.of(line.split(";", -1)))
                .filter(fields -> fields.size() == 2)
                .forEach(fields -> blocks.put(fields.get(0), ByteString.parseHex(fields.get(1))));
        return blocks;
    }

    private static Stream<String> lines() throws IOException {
        try (InputStream in = LightClientTest.class.getResourceAsStream("light.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }
}
