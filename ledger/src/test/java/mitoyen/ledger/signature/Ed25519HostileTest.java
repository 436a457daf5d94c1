package mitoyen.ledger.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import mitoyen.ledger.signature.HostileSignature.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// LE-141, LE-142, LE-143: both libraries and plain arithmetic give one answer to whatever is known
/// to divide verifiers: a thousand times, plain arithmetic, which is slow, forty times in a short
/// run.
final class Ed25519HostileTest {
    private static final Arithmetic PORTABLE = SignatureLibrary.portable();
    private static final Arithmetic NATIVE = Libraries.nativeOrPortable();
    private static final long SEED = 8032;
    private static final int EACH = 1_000;

    @ParameterizedTest
    @EnumSource
    void everyLibraryGivesTheOneAnswer(Kind kind) {
        check(kind, 40);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void everyLibraryGivesTheModelsAnswer(Kind kind) {
        check(kind, EACH);
    }

    /// Without the checks of A and R, the equations alone part company: this is what LE-142 is for.
    @Test
    void theBareEquationsTakeWhatTheRuleRefuses() {
        assertThat(barelyTaken(PORTABLE, Kind.A_MIXED)).as("k*T is neutral").isPositive();
        assertThat(barelyTaken(PORTABLE, Kind.A_NEUTRAL)).isZero();
        assertThat(barelyTaken(PORTABLE, Kind.R_NEUTRAL)).isZero();
        int withoutR = 0;
        RandomGenerator random = new SplittableRandom(SEED);
        for (int i = 0; i < 40; i++) {
            HostileSignature hostile = HostileSignature.of(Kind.R_MIXED, random);
            if (org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                    hostile.signature(),
                    0,
                    hostile.key(),
                    0,
                    hostile.message(),
                    0,
                    hostile.message().length)) {
                withoutR++;
            }
        }
        assertThat(withoutR).as("R of mixed order, by an even number").isPositive();
    }

    /// @param modelled of how many plain arithmetic is asked too
    private static void check(Kind kind, int modelled) {
        RandomGenerator random = new SplittableRandom(SEED + kind.name().hashCode());
        KnownKeys known = new KnownKeys(EACH);
        for (int i = 0; i < EACH; i++) {
            HostileSignature hostile = HostileSignature.of(kind, random);
            boolean holds = kind == Kind.HONEST;
            if (i < modelled) {
                checkModel(hostile, holds, "%s %d: %s".formatted(kind, i, describe(hostile)));
            }
            assertThat(verify(PORTABLE, known, hostile))
                    .as("Bouncy Castle, %s %d: %s", kind, i, describe(hostile))
                    .isEqualTo(holds);
            assertThat(verify(NATIVE, known, hostile))
                    .as("native, %s %d: %s", kind, i, describe(hostile))
                    .isEqualTo(holds);
        }
    }

    private static void checkModel(HostileSignature hostile, boolean holds, String what) {
        assertThat(EdwardsModel.verify(hostile.key(), hostile.message(), hostile.signature()))
                .as("model, %s", what)
                .isEqualTo(holds);
        assertThat(Ed25519.isKey(hostile.key())).isEqualTo(EdwardsModel.isKey(hostile.key()));
    }

    private static int barelyTaken(Arithmetic arithmetic, Kind kind) {
        int taken = 0;
        RandomGenerator random = new SplittableRandom(SEED);
        for (int i = 0; i < 40; i++) {
            HostileSignature hostile = HostileSignature.of(kind, random);
            if (arithmetic.ed25519(hostile.key(), hostile.message(), hostile.signature())) {
                taken++;
            }
        }
        return taken;
    }

    private static boolean verify(
            Arithmetic arithmetic, KnownKeys known, HostileSignature hostile) {
        return Ed25519.verify(
                arithmetic, known, hostile.key(), hostile.message(), hostile.signature());
    }

    private static String describe(HostileSignature hostile) {
        HexFormat hex = HexFormat.of();
        return "seed %d, A %s, message %s, signature %s"
                .formatted(
                        SEED,
                        hex.formatHex(hostile.key()),
                        hex.formatHex(hostile.message()),
                        hex.formatHex(hostile.signature()));
    }
}
