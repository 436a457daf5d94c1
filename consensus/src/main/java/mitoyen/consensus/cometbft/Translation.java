package mitoyen.consensus.cometbft;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.Misconduct;
import mitoyen.consensus.abci.wire.Misbehavior;
import mitoyen.consensus.abci.wire.MisbehaviorType;
import mitoyen.consensus.abci.wire.PublicKey;
import mitoyen.consensus.abci.wire.ValidatorUpdate;

/// CometBFT's messages in our words, and back.
final class Translation {
    private static final long NANOS_A_MILLI = 1_000_000;

    private Translation() {}

    /// A time of CometBFT, rounded down [ms since 1970]. From block to block CometBFT's times rise
    /// by at least 1 ms, so these do too.
    static long millis(Timestamp time) {
        long seconds = Math.multiplyExact(time.getSeconds(), 1_000L);
        return Math.addExact(seconds, Math.floorDiv((long) time.getNanos(), NANOS_A_MILLI));
    }

    static List<byte[]> bytes(List<ByteString> txs) {
        return txs.stream().map(ByteString::toByteArray).toList();
    }

    /// @throws IllegalArgumentException if it is of a kind that ABCI 2.0 does not have
    static Misconduct misconduct(Misbehavior misbehavior) {
        return new Misconduct(
                kind(misbehavior.getType()),
                HexFormat.of().formatHex(misbehavior.getValidator().getAddress().toByteArray()),
                misbehavior.getHeight(),
                millis(misbehavior.getTime()));
    }

    private static Misconduct.Kind kind(MisbehaviorType type) {
        return switch (type) {
            case DUPLICATE_VOTE -> Misconduct.Kind.DOUBLE_SIGNING;
            case LIGHT_CLIENT_ATTACK -> Misconduct.Kind.LIGHT_CLIENT_ATTACK;
            case UNKNOWN, UNRECOGNIZED ->
                    throw new IllegalArgumentException("misconduct of no known kind");
        };
    }

    /// The power of each key, in lower-case hexadecimal.
    static SortedMap<String, Long> powers(List<ValidatorUpdate> stated) {
        SortedMap<String, Long> powers = new TreeMap<>();
        for (ValidatorUpdate each : stated) {
            byte[] key = each.getPubKey().getEd25519().toByteArray();
            powers.put(HexFormat.of().formatHex(key), each.getPower());
        }
        return powers;
    }

    /// What turns one set of validators into another, by rising key; a power of 0 takes the seat.
    static List<ValidatorUpdate> updates(
            SortedMap<String, Long> before, SortedMap<String, Long> after) {
        SortedMap<String, Long> changed = new TreeMap<>();
        before.keySet().forEach(key -> changed.put(key, 0L));
        changed.putAll(after);
        changed.entrySet().removeIf(each -> each.getValue().equals(before.get(each.getKey())));
        return changed.entrySet().stream().map(Translation::update).toList();
    }

    private static ValidatorUpdate update(Map.Entry<String, Long> power) {
        ByteString key = ByteString.copyFrom(HexFormat.of().parseHex(power.getKey()));
        return ValidatorUpdate.newBuilder()
                .setPubKey(PublicKey.newBuilder().setEd25519(key))
                .setPower(power.getValue())
                .build();
    }
}
