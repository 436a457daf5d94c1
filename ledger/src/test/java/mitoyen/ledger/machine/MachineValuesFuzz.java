package mitoyen.ledger.machine;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.RoundTrip;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-1 for senders, ids, timers and activations, with inputs that Jazzer finds.
final class MachineValuesFuzz {
    static Stream<byte[]> examples() {
        return MachineValues.examples().values().stream();
    }

    @MethodSource("examples")
    @FuzzTest
    void whatDecodesEncodesToTheSameBytes(byte[] input) {
        RoundTrip.holdsForAll(MachineValues.CODECS, input);
    }
}
