package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.RoundTrip;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// LE-1 for each decoder: whatever the bytes, they are refused or are what their meaning encodes
/// to.
final class DecoderFuzzTest {
    private static final Parameters LIMITS = Parameters.STANDARD;

    /// What may be decoded.
    enum Kind {
        GENESIS,
        SIGNED,
        FOUNDING,
        SETTLEMENT,
        COMMITTED,
        CLAIM,
        BUNDLE,
        TERMS,
        READINGS
    }

    /// What the bytes mean, encoded again.
    private static byte[] again(Kind kind, byte[] bytes) throws CborException {
        return switch (kind) {
            case GENESIS -> Genesis.decode(bytes).toBytes();
            case SIGNED -> SignedTransaction.decode(bytes, LIMITS).toBytes();
            case FOUNDING, SETTLEMENT, COMMITTED, CLAIM ->
                    TransactionCodec.encode(TransactionCodec.decode(bytes, LIMITS));
            case BUNDLE -> Bundle.decode(bytes, LIMITS).toBytes();
            case TERMS -> TermsCodec.encode(TermsCodec.decode(bytes));
            case READINGS -> {
                MemberReadings leaf = MemberReadings.decode(ByteString.of(bytes));
                yield leaf(leaf.readings(), leaf.day(), leaf.community(), leaf.pseudonym());
            }
        };
    }

    static byte[] example(Kind kind) {
        return switch (kind) {
            case GENESIS -> new LedgerScript().genesis.toBytes();
            case SIGNED -> signed("founder founds a").toBytes();
            case FOUNDING -> signed("founder founds a").body().toBytes();
            case SETTLEMENT -> signed("settler settles a 2025-10-01 supersedes=x").body().toBytes();
            case COMMITTED ->
                    signed("settler settles a 2025-10-01 totals=committed").body().toBytes();
            case CLAIM -> signed("settler claims a 2025-10 ana=1.00 bea=-1.00").body().toBytes();
            case BUNDLE -> new Bundle(List.of(ByteString.of(new byte[3]))).toBytes();
            case TERMS -> TermsCodec.encode(TermsCodecTest.FULL);
            case READINGS -> leaf(leafReadings(), LocalDate.EPOCH, "a", LedgerScript.account("x"));
        };
    }

    @FuzzTest
    void whatDecodesEncodesToTheSameBytes(byte[] input) {
        for (Kind kind : Kind.values()) {
            isItselfOrRefused(kind, input);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsChangedAtRandomIsItsOwnEncodingOrRefused(Kind kind) {
        byte[] example = example(kind);
        assertThat(isItselfOrRefused(kind, example)).isTrue();
        long seed = 8949;
        Random random = new Random(seed);
        int taken = 0;
        for (int run = 0; run < 3_000; run++) {
            byte[] input = Arrays.copyOf(example, example.length - random.nextInt(2));
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
            }
            taken += isItselfOrRefused(kind, input) ? 1 : 0;
        }
        assertThat(taken).as("seed %d", seed).isBetween(1, 2_500);
    }

    static boolean isItselfOrRefused(Kind kind, byte[] input) {
        return RoundTrip.isItselfOrRefused(kind.name(), bytes -> again(kind, bytes), input);
    }

    private static SignedTransaction signed(String line) {
        return new LedgerScript().signed(line);
    }

    private static DayReadings leafReadings() {
        return new DayReadings(
                2,
                2,
                new long[] {1, 2, 3, 70_000},
                new long[] {0, 0, 25, 0},
                Optional.of(new DayAllocation(new long[] {1, 2, 3, 0}, new long[] {0, 0, 6, 0})));
    }

    private static byte[] leaf(
            DayReadings readings, LocalDate day, String community, AccountId pseudonym) {
        MemberSecrets secrets =
                new MemberSecrets() {
                    @Override
                    public AccountId pseudonym(int member) {
                        return pseudonym;
                    }

                    @Override
                    public byte[] saltKey(int member) {
                        return new byte[1];
                    }
                };
        Roster.Place place = new Roster.Place("meter", 0);
        Roster roster = new Roster(1, Collections.nCopies(readings.meters(), place));
        return new DayLeaves(community, day, roster, secrets)
                .readings(readings)
                .leaves()
                .getFirst()
                .content()
                .toBytes();
    }
}
