package mitoyen.node.vault;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// The sealed leaves of a day as one value: an array of CBOR in which each pseudonym is followed by
/// what is sealed for it.
final class Leaves {
    private Leaves() {}

    static byte[] pack(SortedMap<String, VaultDay.Leaf> leaves) {
        CborWriter packed = new CborWriter().array(2 * leaves.size());
        leaves.forEach(
                (pseudonym, leaf) -> packed.text(pseudonym).bytes(ByteString.of(leaf.bytes())));
        return packed.toBytes();
    }

    /// @throws IOException if it is not what [#pack] makes
    static SortedMap<String, VaultDay.Leaf> unpack(byte[] packed) throws IOException {
        try {
            CborReader reader = new CborReader(packed, 1);
            SortedMap<String, VaultDay.Leaf> leaves = new TreeMap<>();
            int items = reader.beginArray(packed.length);
            for (int i = 0; i < items; i += 2) {
                String pseudonym = reader.text(packed.length);
                byte[] sealed = reader.bytes(packed.length).toBytes();
                if (leaves.put(pseudonym, new VaultDay.Leaf(sealed)) != null) {
                    throw new IOException(pseudonym + " comes twice");
                }
            }
            reader.endArray();
            reader.end();
            return leaves;
        } catch (CborException altered) {
            throw new IOException("altered: " + altered.getMessage(), altered);
        }
    }
}
