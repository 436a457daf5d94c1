package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.CborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-164 to LE-169: what the bytes of a proof prove, and that nothing else does.
final class ProofVerifierTest {
    private static final ProofWorld WORLD = new ProofWorld();
    private static final LogRoot TRUSTED = WORLD.trust(ProofWorld.BLOCKS);

    @ParameterizedTest
    @MethodSource("vectors")
    void theAnswerIsTheRecordedOne(ProofVector vector) {
        assertThat(vector.answered()).as(vector.name()).isEqualTo(vector.answer());
    }

    @Test
    void theRecordedProofsAreThoseThatAreMadeToday() throws IOException {
        assertThat(vectors()).containsExactlyElementsOf(ProofVectors.all());
    }

    @Test
    void everyAnswerThereIsIsRecorded() throws IOException {
        TreeSet<String> words =
                vectors()
                        .map(vector -> vector.answer().split(",", 3))
                        .map(answer -> answer[0].equals("refused") ? answer[1] : answer[0])
                        .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> expected =
                Stream.of(Verdict.Reason.values())
                        .map(Verdict.Reason::word)
                        .collect(Collectors.toCollection(TreeSet::new));
        expected.addAll(List.of("held", "absent", "receipt", "grown"));
        assertThat(words).isEqualTo(expected);
        assertThat(vectors().filter(vector -> vector.answer().startsWith("refused")))
                .hasSizeGreaterThan(60);
        assertThat(vectors().filter(vector -> !vector.answer().startsWith("refused")))
                .hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void everyEntryOfEveryBlockIsProvedToWhoeverTrustsALaterOne() {
        for (int height = 1; height <= ProofWorld.BLOCKS; height++) {
            for (int size = height; size <= ProofWorld.BLOCKS; size++) {
                for (String part : List.of("accounts", "energy/days", "transactions")) {
                    for (int i = 3; i < 45; i++) {
                        Proof.Entry proof = WORLD.entry(part, "account " + i, height, size);
                        assertThat(
                                        ProofVerifier.verify(
                                                ProofCodec.encode(proof), WORLD.trust(size)))
                                .isEqualTo(WORLD.truth(part, proof.key(), height));
                    }
                }
                for (int index = 0; index < height; index++) {
                    Proof.Receipt proof = WORLD.receipt(index, height, size);
                    assertThat(ProofVerifier.verify(ProofCodec.encode(proof), WORLD.trust(size)))
                            .isEqualTo(new Verdict.Receipt(proof.receipt(), height));
                }
            }
        }
    }

    /// Each byte to every other value in the short proof, each bit alone in the long ones.
    @Test
    void whatHasOneByteChangedIsRefusedOrTrueOfAnotherKey() {
        LogRoot trusted = WORLD.trust(3);
        int others =
                changed(WORLD.receipt(1, 2, 3), trusted, 255)
                        + changed(WORLD.entry("accounts", "account 7", 2, 3), trusted, 8)
                        + changed(WORLD.entry("accounts", "account 77", 2, 3), trusted, 8)
                        + changed(WORLD.entry("transactions", "id", 2, 3), trusted, 8);
        assertThat(others).as("absences of other keys").isBetween(1, 1_000);
    }

    /// @param changes of each byte: 8 for its bits, 255 for all
    /// @return how many changed proofs are true of another key
    private static int changed(Proof proof, LogRoot trusted, int changes) {
        byte[] bytes = ProofCodec.encode(proof);
        Verdict honest = ProofVerifier.verify(bytes, trusted);
        assertThat(honest).isNotInstanceOf(Verdict.Refused.class);
        int others = 0;
        for (int at = 0; at < bytes.length; at++) {
            for (int change = 0; change < changes; change++) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (changes == 8 ? 1 << change : change + 1);
                Verdict verdict = ProofVerifier.verify(changed, trusted);
                if (!(verdict instanceof Verdict.Refused)) {
                    others++;
                    assertTrueOfAnother(verdict, honest);
                }
            }
        }
        return others;
    }

    @Test
    void growthWithOneByteChangedIsRefused() {
        byte[] bytes = ProofCodec.encode(WORLD.growth(6, ProofWorld.BLOCKS));
        for (int at = 0; at < bytes.length; at++) {
            for (int change = 1; change < 256; change++) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) change;
                assertThat(ProofVerifier.verifyGrowth(changed, WORLD.trust(6), TRUSTED))
                        .isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @Test
    void whatDecodesEncodesToTheSameBytes() throws CborException, IOException {
        int decoded = 0;
        for (ProofVector vector : vectors().toList()) {
            if (vector.answer().startsWith("refused,malformed")
                    || vector.answer().startsWith("refused,too-large")) {
                continue;
            }
            byte[] bytes = vector.bytes();
            assertThat(ProofCodec.encode(ProofCodec.decode(bytes))).isEqualTo(bytes);
            decoded++;
        }
        assertThat(decoded).isGreaterThan(60);
    }

    @Test
    void whatIsChangedAtRandomGetsAnAnswer() {
        long seed = 160;
        Random random = new Random(seed);
        byte[] valid = ProofCodec.encode(WORLD.entry("accounts", "account 7", 9, 13));
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
        assertThat(ProofVerifier.verify(input, TRUSTED)).isNotNull();
        assertThat(ProofVerifier.verifyGrowth(input, TRUSTED, TRUSTED)).isNotNull();
        try {
            assertThat(ProofCodec.encode(ProofCodec.decode(input))).isEqualTo(input);
            return true;
        } catch (CborException refused) {
            return false;
        }
    }

    private static void assertTrueOfAnother(Verdict verdict, Verdict honest) {
        assertThat(verdict).isNotEqualTo(honest).isInstanceOf(Verdict.Absent.class);
        Verdict.Absent absent = (Verdict.Absent) verdict;
        assertThat(verdict)
                .isEqualTo(WORLD.truth(absent.part(), absent.key(), (int) absent.height()));
    }

    static Stream<ProofVector> vectors() throws IOException {
        try (InputStream in = ProofVerifierTest.class.getResourceAsStream("proofs.txt")) {
            String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return lines.lines().map(ProofVector::parse).toList().stream();
        }
    }
}
