package mitoyen.ledger.light;

import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.signature.Ed25519;

/// Who signs blocks, and the vote for the block, if there is one.
///
/// @param key Ed25519, 32 bytes
/// @param power from 1 to 2^40 (`LE-170`)
/// @param vote for this block; empty where the validator was silent or voted for none
public record LightValidator(ByteString key, long power, Optional<Vote> vote) {
    /// The most power of one (`LE-170`).
    public static final long MAX_POWER = 1L << 40;

    /// @throws IllegalArgumentException if key or power is none
    public LightValidator {
        if (key.length() != Ed25519.KEY_LENGTH || power < 1 || power > MAX_POWER) {
            throw new IllegalArgumentException("no validator: " + key + " of power " + power);
        }
    }

    /// A signature under a block, and when it was made: the time is signed too.
    ///
    /// @param signature 64 bytes, not checked
    public record Vote(EngineTime time, ByteString signature) {
        /// @throws IllegalArgumentException if the signature has another length
        public Vote {
            if (signature.length() != Ed25519.SIGNATURE_LENGTH) {
                throw new IllegalArgumentException("a signature of " + signature.length());
            }
        }
    }

    /// What the engine hashes of it.
    byte[] toProto() {
        byte[] publicKey = new ProtoWriter().bytes(1, key.toBytes()).toBytes();
        return new ProtoWriter().message(1, publicKey).varint(2, power).toBytes();
    }
}
