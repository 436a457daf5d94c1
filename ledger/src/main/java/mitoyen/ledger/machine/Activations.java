package mitoyen.ledger.machine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;

/// All rules that were activated (LE-155): those that hold, those that held before, and those that
/// wait for their height.
public final class Activations {
    /// Nothing was activated.
    public static final Activations NONE = new Activations(List.of());

    private static final int DEPTH = 5;

    private final List<Activation> all;
    private final Optional<Digest> digest;

    /// @param all by rising version, and so by rising height
    public Activations(List<Activation> all) {
        this.all = List.copyOf(all);
        this.digest = all.isEmpty() ? Optional.empty() : Optional.of(Sha256.of(toBytes()));
    }

    /// Each of them, by rising version, and so by rising height.
    public List<Activation> all() {
        return all;
    }

    /// What holds at a height; empty where the genesis' rules do.
    Optional<Activation> at(long height) {
        Optional<Activation> found = Optional.empty();
        for (Activation each : all) {
            if (each.height() <= height) {
                found = Optional.of(each);
            }
        }
        return found;
    }

    /// The last; empty where nothing was activated.
    Optional<Activation> last() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    Activations with(Activation next) {
        return new Activations(Stream.concat(all.stream(), Stream.of(next)).toList());
    }

    /// The bytes that stand for them in the state's root (LE-104): one after the other. Those of
    /// one activation are its own, as they were when there could be but one.
    public byte[] toBytes() {
        List<byte[]> parts = all.stream().map(Activation::toCbor).toList();
        ByteBuffer bytes = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(bytes::put);
        return bytes.array();
    }

    /// What [#toBytes] wrote.
    ///
    /// @throws CborException if the bytes are none, or out of order
    public static Activations fromBytes(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        List<Activation> all = new ArrayList<>();
        while (reader.offset() < bytes.length) {
            all.add(Activation.read(reader));
        }
        reader.end();
        requireOrder(all);
        return new Activations(all);
    }

    /// What stands in the place of a root; empty where nothing was activated.
    Optional<Digest> digest() {
        return digest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Activations activations && all.equals(activations.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }

    private static void requireOrder(List<Activation> all) throws CborException {
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).version() <= all.get(i - 1).version()
                    || all.get(i).height() <= all.get(i - 1).height()) {
                throw new CborException(0, "activations out of order");
            }
        }
    }
}
