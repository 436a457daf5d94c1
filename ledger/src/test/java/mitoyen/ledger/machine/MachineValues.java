package mitoyen.ledger.machine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.RoundTrip.Codec;
import mitoyen.ledger.energy.LocalDayTable;
import mitoyen.ledger.proof.Digest;

/// What else the state holds, as bytes (LE-104): examples and codecs.
final class MachineValues {
    static final Map<String, Codec> CODECS =
            new TreeMap<>(
                    Map.of(
                            "sender",
                            input -> Sender.fromCbor(input).toCbor(),
                            "id-entry",
                            input -> IdEntry.fromCbor(input).toCbor(),
                            "timer",
                            input -> Timer.ofKey(ByteString.of(input)).key().toBytes(),
                            "activations",
                            input -> Activations.fromBytes(input).toBytes()));

    private static final Digest DIGEST = Digest.of(new byte[Digest.LENGTH]);

    private MachineValues() {}

    static Map<String, byte[]> examples() {
        Sender sender = new Sender(new TreeMap<>(Map.of(0, Long.MAX_VALUE, 70_000, 1L)), 5, -1);
        Parameters parameters =
                Parameters.STANDARD
                        .withOrigins(List.of("https://example.org"))
                        .with(
                                new LocalDayTable(
                                        "Europe/Paris",
                                        3_600,
                                        List.of(new LocalDayTable.Change(7, -7_200))));
        return new TreeMap<>(
                Map.of(
                        "sender",
                        sender.toCbor(),
                        "id-entry",
                        new IdEntry(DIGEST, true).toCbor(),
                        "timer",
                        timer(),
                        "activations",
                        new Activations(
                                        List.of(
                                                new Activation(2, 7, Parameters.STANDARD),
                                                new Activation(3, Long.MAX_VALUE, parameters)))
                                .toBytes()));
    }

    static byte[] timer() {
        PendingId pending = PendingId.of(DIGEST, 0);
        return new Timer(-1, new Timer.Subject.Expiry(pending)).key().toBytes();
    }

    static AccountId account() {
        return new AccountId(ByteString.of(new byte[AccountId.LENGTH]));
    }
}
