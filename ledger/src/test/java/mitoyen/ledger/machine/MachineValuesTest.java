package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.Map;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.cbor.RoundTrip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-97, LE-104 and LE-151: values of the state, timers' names and parameters, as bytes.
final class MachineValuesTest {
    @Test
    void whatIsChangedAtRandomIsItsOwnEncodingOrRefused() {
        Map<String, byte[]> examples = MachineValues.examples();
        examples.remove("timer");
        examples.forEach((kind, bytes) -> RoundTrip.holdsAround(MachineValues.CODECS, kind, bytes));
    }

    /// Any time and any id make a timer's name: only its kind and length can be wrong.
    @Test
    void aTimerIsItsName() throws CborException {
        byte[] name = MachineValues.timer();
        assertThat(Timer.ofKey(ByteString.of(name)).dueMillis()).isEqualTo(-1);
        Timer recovery = new Timer(7, new Timer.Subject.RecoveryEnd(MachineValues.account()));
        assertThat(Timer.ofKey(recovery.key())).isEqualTo(recovery);
        assertThat(recovery.key().toString())
                .isEqualTo("0000000000000007" + "01" + "00".repeat(20));
        Timer claim =
                new Timer(7, new Timer.Subject.ClaimDue(ByteString.parseHex("61".repeat(30))));
        assertThat(Timer.ofKey(claim.key())).isEqualTo(claim);
        assertThat(claim.key().toString()).startsWith("0000000000000007" + "02" + "61");
        for (byte[] wrong :
                new byte[][] {
                    {},
                    HexFormat.of().parseHex("0000000000000007" + "02" + "61".repeat(29)),
                    HexFormat.of().parseHex("0000000000000007" + "02" + "61".repeat(70)),
                    HexFormat.of().parseHex("0000000000000007" + "03" + "00".repeat(20)),
                    java.util.Arrays.copyOf(name, name.length - 1),
                    java.util.Arrays.copyOf(name, name.length + 1),
                    HexFormat.of().parseHex("0000000000000007" + "02" + "00".repeat(20))
                }) {
            assertThatExceptionOfType(CborException.class)
                    .isThrownBy(() -> Timer.ofKey(ByteString.of(wrong)));
        }
        assertThat(PendingId.LENGTH).isEqualTo(16);
    }

    /// A lane twice would be another encoding of the same sender.
    @Test
    void lanesOfASenderRise() {
        for (int second : new int[] {4, 5}) {
            CborWriter writer = new CborWriter().map(3).key("lanes").array(2);
            writer.array(2).integer(5).integer(1).array(2).integer(second).integer(2);
            writer.key("bucket-steps").integer(0).key("bucket-millis").integer(0);
            assertThatExceptionOfType(CborException.class)
                    .isThrownBy(() -> Sender.fromCbor(writer.toBytes()))
                    .withMessageContaining("a lane twice or out of order");
        }
    }

    /// What divides, and what nothing could be sent or fire without, is not 0 (LE-151).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lanes",
                "steps",
                "signers",
                "signatures",
                "bucket-steps",
                "bundle-bytes",
                "bucket-millis",
                "pending-millis",
                "validity-blocks",
                "validity-millis",
                "timers-per-block",
                "transaction-bytes",
                "bundle-transactions",
                "longest-delay-millis",
                "shortest-delay-millis"
            })
    void noParameterBricksALedger(String name) {
        CborWriter writer = new CborWriter();
        Parameters.STANDARD.writeAll(writer);
        String hex = HexFormat.of().formatHex(writer.toBytes());
        String key = HexFormat.of().formatHex(new CborWriter().text(name).toBytes());
        int at = hex.indexOf(key) / 2 + key.length() / 2;
        byte[] bytes = HexFormat.of().parseHex(hex);
        int info = bytes[at] & 0x1f;
        int length = info < 24 ? 0 : 1 << (info - 24);
        byte[] zero = new byte[bytes.length - length];
        System.arraycopy(bytes, 0, zero, 0, at);
        System.arraycopy(bytes, at + 1 + length, zero, at + 1, bytes.length - at - 1 - length);
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> Parameters.readAll(new CborReader(zero, 5)))
                .withMessageContaining(name + " of 0");
    }
}
