package mitoyen.ledger.account;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.RoundTrip;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-1 for what the state holds of accounts, with inputs that Jazzer finds.
final class AccountValuesFuzz {
    static Stream<byte[]> examples() {
        return AccountValues.examples().values().stream();
    }

    @MethodSource("examples")
    @FuzzTest
    void whatDecodesEncodesToTheSameBytes(byte[] input) {
        RoundTrip.holdsForAll(AccountValues.CODECS, input);
    }
}
