package mitoyen.ledger.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;

/// A little ledger of thirteen blocks to prove things of: the state grows by three accounts a
/// block, and each block has as many receipts as its height.
final class ProofWorld {
    static final int BLOCKS = 13;

    private final List<SortedMap<String, MerkleMap<ByteString>>> parts = new ArrayList<>();
    private final List<byte[]> headers = new ArrayList<>();
    private final MerkleHistory log = new MerkleHistory();

    ProofWorld() {
        MerkleMap<ByteString> accounts = MerkleMap.empty(ByteString::toBytes);
        MerkleMap<ByteString> days = MerkleMap.empty(ByteString::toBytes);
        for (int height = 1; height <= BLOCKS; height++) {
            SortedMap<String, MerkleMap<ByteString>> state = new TreeMap<>();
            if (height > 1) {
                for (int i = 3 * height; i < 3 * height + 3; i++) {
                    accounts = accounts.put(bytes("account " + i), bytes("value " + i));
                }
                state.put("accounts", accounts);
            }
            if (height > 4) {
                days = days.put(bytes("street/day"), bytes("block " + height));
                state.put("energy/days", days);
            }
            parts.add(state);
            headers.add(header(height, stateOf(state).root(), MerkleTree.root(receipts(height))));
            log.append(BlockProof.leafHash(headers.getLast()));
        }
    }

    LogRoot trust(int size) {
        return new LogRoot(size, log.root(size, this::leaves));
    }

    Proof.Entry entry(String part, String key, int height, int size) {
        SortedMap<String, MerkleMap<ByteString>> state = parts.get(height - 1);
        return new Proof.Entry(
                part,
                bytes(key),
                Optional.ofNullable(state.get(part)).map(map -> map.prove(bytes(key))),
                stateOf(state).prove(bytes(part)),
                block(height, size));
    }

    Proof.Receipt receipt(int index, int height, int size) {
        SidedPath path = SidedPath.of(MerkleTree.path(receipts(height), index));
        return new Proof.Receipt(
                bytes("receipt " + height + "/" + index), path, block(height, size));
    }

    Proof.Growth growth(int earlier, int later) {
        return new Proof.Growth(log.growth(earlier, later, this::leaves).hashes());
    }

    /// An account that is not there after a block, and whose way ends so.
    String findAbsent(int height, Class<? extends MapProof.End> end) {
        int i = 100;
        while (!end.isInstance(
                entry("accounts", "account " + i, height, height).entry().orElseThrow().end())) {
            i++;
        }
        return "account " + i;
    }

    /// What an entry's verdict must be, by the maps themselves.
    Verdict truth(String part, ByteString key, int height) {
        return Optional.ofNullable(parts.get(height - 1).get(part))
                .flatMap(map -> map.find(key))
                .<Verdict>map(value -> new Verdict.Held(part, key, value, height))
                .orElseGet(() -> new Verdict.Absent(part, key, height));
    }

    static ByteString bytes(String text) {
        return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private BlockProof block(int height, int size) {
        return new BlockProof(
                ByteString.of(headers.get(height - 1)),
                log.path(height - 1, size, this::leaves).siblings());
    }

    private List<Digest> leaves(long from, long to) {
        return headers.subList((int) from, (int) to).stream().map(BlockProof::leafHash).toList();
    }

    private static MerkleMap<Digest> stateOf(SortedMap<String, MerkleMap<ByteString>> parts) {
        MerkleMap<Digest> state = MerkleMap.empty(Digest::toBytes);
        for (var part : parts.entrySet()) {
            state = state.put(bytes(part.getKey()), part.getValue().root());
        }
        return state;
    }

    private static List<Digest> receipts(int height) {
        List<Digest> leaves = new ArrayList<>();
        for (int index = 0; index < height; index++) {
            leaves.add(MerkleTree.leafHash(bytes("receipt " + height + "/" + index).toBytes()));
        }
        return leaves;
    }

    static byte[] header(int height, Digest stateRoot, Digest receiptsRoot) {
        return ByteBuffer.allocate(BlockProof.HEADER_LENGTH)
                .putLong(height)
                .putLong(1_700_000_000_000L + height)
                .put(Sha256.of(bytes("below " + height).toBytes()).toBytes())
                .put(Sha256.of(bytes("bundles " + height).toBytes()).toBytes())
                .put(stateRoot.toBytes())
                .put(receiptsRoot.toBytes())
                .array();
    }
}
