package mitoyen.ledger.account;

import mitoyen.ledger.cbor.RoundTrip;
import org.junit.jupiter.api.Test;

/// LE-104: what the state holds of accounts is read back from its bytes, and from no others.
final class AccountValuesTest {
    @Test
    void whatIsChangedAtRandomIsItsOwnEncodingOrRefused() {
        AccountValues.examples()
                .forEach((kind, bytes) -> RoundTrip.holdsAround(AccountValues.CODECS, kind, bytes));
    }
}
