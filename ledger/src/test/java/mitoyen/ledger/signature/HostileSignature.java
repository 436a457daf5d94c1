package mitoyen.ledger.signature;

import static mitoyen.ledger.signature.EdwardsModel.add;
import static mitoyen.ledger.signature.EdwardsModel.challenge;
import static mitoyen.ledger.signature.EdwardsModel.decode;
import static mitoyen.ledger.signature.EdwardsModel.encode;
import static mitoyen.ledger.signature.EdwardsModel.littleEndian;
import static mitoyen.ledger.signature.EdwardsModel.secret;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/// Signatures that some verifier somewhere takes and another does not, made from a seed.
///
/// @param key 32 bytes unless its length is what is wrong
/// @param signature 64 bytes unless its length is what is wrong
@SuppressWarnings("ArrayRecordComponent")
record HostileSignature(byte[] key, byte[] message, byte[] signature) {
    /// All points of small order but the neutral one, in their canonical encodings.
    static final List<byte[]> SMALL =
            parse(
                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "0000000000000000000000000000000000000000000000000000000000000000",
                    "0000000000000000000000000000000000000000000000000000000000000080",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85");

    /// The neutral point.
    static final byte[] NEUTRAL = Arrays.copyOf(new byte[] {1}, 32);

    /// Encodings that are not canonical, of points of small order: a y of the prime or above it, or
    /// the sign of an x that is zero.
    static final List<byte[]> NOT_CANONICAL =
            parse(
                    "0100000000000000000000000000000000000000000000000000000000000080",
                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");

    /// A kind of hostility, and how one of it is made.
    enum Kind {
        HONEST,
        BIT_OF_KEY,
        BIT_OF_MESSAGE,
        BIT_OF_SIGNATURE,
        A_MIXED,
        R_MIXED,
        A_AND_R_MIXED,
        A_SMALL,
        A_NEUTRAL,
        R_SMALL,
        R_NEUTRAL,
        A_AND_R_SMALL,
        A_NOT_CANONICAL,
        R_NOT_CANONICAL,
        A_NO_POINT,
        R_NO_POINT,
        Y_ABOVE_THE_PRIME,
        S_ZERO,
        S_BEYOND_THE_ORDER,
        S_WITH_HIGH_BITS,
        A_NEGATED,
        R_NEGATED,
        WRONG_LENGTH
    }

    /// One of a kind.
    static HostileSignature of(Kind kind, RandomGenerator random) {
        Maker maker = new Maker(random);
        return switch (kind) {
            case HONEST -> maker.honest();
            case BIT_OF_KEY -> maker.bitFlipped(0);
            case BIT_OF_MESSAGE -> maker.bitFlipped(1);
            case BIT_OF_SIGNATURE -> maker.bitFlipped(2);
            case A_MIXED -> maker.signed(maker.mixed(maker.a), maker.r);
            case R_MIXED -> maker.signed(maker.a, maker.mixed(maker.r));
            case A_AND_R_MIXED -> maker.bothMixed();
            case A_SMALL -> maker.withoutKey(maker.any(SMALL), maker.r);
            case A_NEUTRAL -> maker.withoutKey(NEUTRAL, maker.r);
            case R_SMALL -> maker.withoutNonce(maker.any(SMALL));
            case R_NEUTRAL -> maker.withoutNonce(NEUTRAL);
            case A_AND_R_SMALL -> maker.withNumber(maker.small(), maker.small(), BigInteger.ZERO);
            case A_NOT_CANONICAL -> maker.withoutKey(maker.any(NOT_CANONICAL), maker.r);
            case R_NOT_CANONICAL -> maker.withoutNonce(maker.any(NOT_CANONICAL));
            case A_NO_POINT -> maker.signed(maker.noPoint(), maker.r);
            case R_NO_POINT -> maker.signed(maker.a, maker.noPoint());
            case Y_ABOVE_THE_PRIME -> maker.aboveThePrime();
            case S_ZERO -> maker.withNumber(maker.a, maker.r, BigInteger.ZERO);
            case S_BEYOND_THE_ORDER -> maker.moved(maker.multipleOfOrder());
            case S_WITH_HIGH_BITS -> maker.moved(BigInteger.ONE.shiftLeft(253 + random.nextInt(3)));
            case A_NEGATED -> maker.signed(negated(maker.a), maker.r);
            case R_NEGATED -> maker.signed(maker.a, negated(maker.r));
            case WRONG_LENGTH -> maker.cut();
        };
    }

    private static byte[] negated(byte[] point) {
        byte[] negated = point.clone();
        negated[31] ^= (byte) 0x80;
        return negated;
    }

    private static List<byte[]> parse(String... hex) {
        return Arrays.stream(hex).map(HexFormat.of()::parseHex).toList();
    }

    /// Somebody who knows the secrets of a key and of a nonce and a message.
    private static final class Maker {
        private final RandomGenerator random;
        private final byte[] key = new byte[32];
        private final byte[] nonce = new byte[32];
        private final byte[] message;
        private final byte[] a;
        private final byte[] r;

        Maker(RandomGenerator random) {
            this.random = random;
            random.nextBytes(key);
            random.nextBytes(nonce);
            message = new byte[random.nextInt(100)];
            random.nextBytes(message);
            a = Ed25519.keyOf(key);
            r = Ed25519.keyOf(nonce);
        }

        HostileSignature honest() {
            return new HostileSignature(a, message, Ed25519.sign(key, message));
        }

        HostileSignature bitFlipped(int part) {
            HostileSignature flipped = signed(a.clone(), r);
            byte[] bytes =
                    List.of(flipped.key, longer(flipped.message), flipped.signature).get(part);
            int bit = random.nextInt(8 * bytes.length);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            return part == 1
                    ? new HostileSignature(flipped.key, bytes, flipped.signature)
                    : flipped;
        }

        /// S = r + k*a, whatever the points are said to be.
        HostileSignature signed(byte[] saidA, byte[] saidR) {
            BigInteger k = challenge(saidR, saidA, message);
            return withNumber(saidA, saidR, secret(nonce).add(k.multiply(secret(key))));
        }

        /// S = r: holds where k*A is neutral.
        HostileSignature withoutKey(byte[] saidA, byte[] saidR) {
            return withNumber(saidA, saidR, secret(nonce));
        }

        /// S = k*a: holds where R is neutral.
        HostileSignature withoutNonce(byte[] saidR) {
            return withNumber(a, saidR, challenge(saidR, a, message).multiply(secret(key)));
        }

        HostileSignature withNumber(byte[] saidA, byte[] saidR, BigInteger s) {
            byte[] signature = Arrays.copyOf(saidR, 64);
            byte[] number = littleEndian(s.mod(EdwardsModel.ORDER));
            System.arraycopy(number, 0, signature, 32, 32);
            return new HostileSignature(saidA, message, signature);
        }

        /// A and R with parts of small order that cancel out: the bare equation holds.
        HostileSignature bothMixed() {
            byte[] mixedA = mixed(a);
            EdwardsModel.Point small = difference(mixedA, a);
            for (int i = 0; i < 8; i++) {
                EdwardsModel.Point part =
                        EdwardsModel.sum(
                                BigInteger.valueOf(i),
                                small,
                                BigInteger.ZERO,
                                EdwardsModel.NEUTRAL);
                byte[] saidR = encode(add(decode(r).orElseThrow(), part));
                BigInteger k = challenge(saidR, mixedA, message);
                if (k.add(BigInteger.valueOf(i)).mod(BigInteger.valueOf(8)).signum() == 0) {
                    return signed(mixedA, saidR);
                }
            }
            return signed(mixedA, mixed(r));
        }

        /// S as it is, moved by a number: the same modulo the order, or not.
        HostileSignature moved(BigInteger by) {
            HostileSignature honest = signed(a, r);
            BigInteger s = EdwardsModel.number(honest.signature, 32, 64).add(by);
            System.arraycopy(littleEndian(s), 0, honest.signature, 32, 32);
            return honest;
        }

        BigInteger multipleOfOrder() {
            return EdwardsModel.ORDER.multiply(BigInteger.valueOf(1 + random.nextInt(14)));
        }

        HostileSignature aboveThePrime() {
            byte[] point = littleEndian(EdwardsModel.P.add(BigInteger.valueOf(random.nextInt(19))));
            if (random.nextBoolean()) {
                point[31] |= (byte) 0x80;
            }
            return random.nextBoolean() ? signed(point, r) : signed(a, point);
        }

        HostileSignature cut() {
            HostileSignature honest = signed(a, r);
            return switch (random.nextInt(4)) {
                case 0 -> new HostileSignature(resized(a, 32), message, honest.signature);
                case 1 -> new HostileSignature(a, message, resized(honest.signature, 64));
                case 2 -> new HostileSignature(new byte[0], message, honest.signature);
                default -> new HostileSignature(a, message, new byte[0]);
            };
        }

        byte[] mixed(byte[] point) {
            return encode(add(decode(point).orElseThrow(), decode(any(SMALL)).orElseThrow()));
        }

        byte[] small() {
            return random.nextInt(8) == 0 ? NEUTRAL : any(SMALL);
        }

        byte[] any(List<byte[]> points) {
            return points.get(random.nextInt(points.size())).clone();
        }

        byte[] noPoint() {
            byte[] bytes = new byte[32];
            do {
                random.nextBytes(bytes);
            } while (decode(bytes).isPresent());
            return bytes;
        }

        private byte[] resized(byte[] bytes, int length) {
            int other = random.nextInt(2 * length);
            return Arrays.copyOf(bytes, other < length ? other : other + 1);
        }

        private static byte[] longer(byte[] message) {
            return Arrays.copyOf(message, message.length + 1);
        }

        private static EdwardsModel.Point difference(byte[] p, byte[] q) {
            byte[] minusQ = negated(q);
            return add(decode(p).orElseThrow(), decode(minusQ).orElseThrow());
        }
    }
}
