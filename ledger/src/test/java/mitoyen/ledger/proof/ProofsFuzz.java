package mitoyen.ledger.proof;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-1 for proofs, with inputs that Jazzer finds: each is decided, and what decodes encodes to the
/// same bytes.
final class ProofsFuzz {
    static Stream<byte[]> examples() throws IOException {
        return ProofVerifierTest.vectors().map(ProofVector::bytes);
    }

    @MethodSource("examples")
    @FuzzTest
    void anyBytesGetAnAnswer(byte[] input) {
        ProofVerifierTest.isItselfOrRefused(input);
    }
}
