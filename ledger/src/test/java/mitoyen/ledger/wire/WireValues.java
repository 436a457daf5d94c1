package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.RoundTrip.Codec;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;

/// What travels, as bytes (LE-70 to LE-74, LE-98): codecs, and examples of each.
final class WireValues {
    private static final Parameters LIMITS = Parameters.STANDARD;

    static final Map<String, Codec> CODECS =
            new TreeMap<>(
                    Map.of(
                            "genesis",
                            input -> Genesis.decode(input).toBytes(),
                            "signed",
                            input -> SignedTransaction.decode(input, LIMITS).toBytes(),
                            "body",
                            input ->
                                    TransactionCodec.encode(TransactionCodec.decode(input, LIMITS)),
                            "bundle",
                            input -> Bundle.decode(input, LIMITS).toBytes(),
                            "notice",
                            input -> EngineNotice.decode(input).toBytes(),
                            "wake",
                            input -> Wake.decode(input).toBytes()));

    private WireValues() {}

    /// The bodies of transactions with every step that may be asked for.
    static List<byte[]> bodies() {
        AccountScript script = new AccountScript(AccountLine.genesis(LIMITS));
        List<byte[]> bodies = new ArrayList<>();
        for (String line : RecordedLedger2Test.LINES) {
            var moment = script.begin(line);
            if (!line.endsWith("tick")) {
                bodies.add(TransactionCodec.encode(script.transaction(line, moment)));
            }
        }
        AccountScript shared = new AccountScript(SharedLedger.genesis(LIMITS));
        bodies.add(
                TransactionCodec.encode(
                        shared.transaction(
                                "council seats v1 power=0; seats v2 power=300 called=é",
                                shared.begin(""))));
        bodies.add(
                TransactionCodec.encode(
                        shared.transaction(
                                "s1 founds solaire settlers=s1,s2 quorum=2 objection=70000;"
                                        + " attests solaire 2025-10-01 on=allocations;"
                                        + " dissents solaire 2025-10-01 index=300;"
                                        + " dissents solaire 2025-10-01;"
                                        + " confirms solaire 2025-10 ana=1.00 bea=-1.00;"
                                        + " disputes solaire 2025-10 index=0;"
                                        + " disputes solaire 2025-10",
                                shared.begin(""))));
        return bodies;
    }

    /// What the engine says, with evidence.
    static byte[] notice() {
        return SharedLedger.notice(
                70_000, SharedLedger.evidence("v1", 7), SharedLedger.evidence("v2", 300));
    }

    /// With a plain signature and one of a passkey.
    static SignedTransaction signed() {
        ByteString signature = ByteString.of(new byte[64]);
        return new SignedTransaction(
                ByteString.of(bodies().getFirst()),
                Stream.of(
                                SignedTransaction.Signature.plain(
                                        AccountLine.key("ana"), signature),
                                new SignedTransaction.Signature(
                                        AccountLine.key("pk@site"),
                                        signature,
                                        Optional.of(
                                                new SignedTransaction.Passkey(
                                                        ByteString.of(new byte[37]),
                                                        ByteString.of(new byte[100])))))
                        .sorted(java.util.Comparator.comparing(SignedTransaction.Signature::key))
                        .toList());
    }

    static List<byte[]> examples() {
        List<byte[]> examples = new ArrayList<>(bodies());
        examples.add(signed().toBytes());
        examples.add(AccountLine.genesis(LIMITS).toBytes());
        examples.add(SharedLedger.genesis(LIMITS).toBytes());
        examples.add(notice());
        examples.add(new Wake(Long.MAX_VALUE, 300).toBytes());
        examples.add(Bundle.of(List.of(signed(), signed())).toBytes());
        return examples;
    }
}
