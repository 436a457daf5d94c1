package mitoyen.node.keys;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// How a passphrase becomes a key: Argon2id (RFC 9106, version 1.3), slow and large on purpose, so
/// that guessing costs as much as it can.
///
/// @param memoryKib memory [KiB]
/// @param passes over the memory
/// @param lanes that could be computed at the same time
record Stretching(int memoryKib, int passes, int lanes) {
    /// What new files take: what RFC 9106 recommends where memory is scarce, in one lane: 64 MiB,
    /// three passes.
    static final Stretching STANDARD = new Stretching(65_536, 3, 1);

    /// The most memory that a file may ask for [KiB]: the program has little more.
    private static final int MOST_MEMORY_KIB = 262_144;

    private static final int MOST_PASSES = 64;
    private static final int MOST_LANES = 16;
    private static final int LEAST_MEMORY_PER_LANE_KIB = 8;

    /// Whether it can be done, and in reasonable time.
    boolean isReasonable() {
        return lanes >= 1
                && lanes <= MOST_LANES
                && passes >= 1
                && passes <= MOST_PASSES
                && memoryKib >= LEAST_MEMORY_PER_LANE_KIB * lanes
                && memoryKib <= MOST_MEMORY_KIB;
    }

    /// The key of a passphrase.
    ///
    /// @param salt so that the same passphrase has another key in another file
    byte[] stretch(Passphrase passphrase, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memoryKib)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build());
        byte[] key = new byte[Secret.LENGTH];
        generator.generateBytes(passphrase.toBytes(), key);
        return key;
    }

    /// As a key file has it.
    @Override
    public String toString() {
        return "m=" + memoryKib + " t=" + passes + " p=" + lanes;
    }
}
