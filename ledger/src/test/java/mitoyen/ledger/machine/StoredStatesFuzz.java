package mitoyen.ledger.machine;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import mitoyen.ledger.proof.Sha256;
import org.junit.jupiter.params.provider.MethodSource;

/// The state of a snapshot, with inputs that Jazzer finds: whatever the bytes, they are refused or
/// are a state, and never one that has another's root.
final class StoredStatesFuzz {
    static Stream<byte[]> examples() {
        return Stream.of(StoredStateTest.bytes(StoredStateTest.someState()));
    }

    @MethodSource("examples")
    @FuzzTest
    void anyBytesAreRefusedOrAState(byte[] bytes) {
        if (StoredStateTest.isTaken(bytes) && StoredStateTest.isWhole(bytes, Sha256.of(bytes))) {
            throw new AssertionError("a state whose root is the hash of its bytes");
        }
    }
}
