package mitoyen.node.transaction;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.machine.Parameters;

/// What a step that activates rules (LE-155) holds in a file. Parameters that are not written are
/// the standard ones.
final class ActivationForm {
    private static final List<String> NUMBERS =
            List.of(
                    "crowd",
                    "lanes",
                    "scope",
                    "steps",
                    "claims",
                    "pending",
                    "signers",
                    "guardians",
                    "signatures",
                    "delegations",
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
                    "shortest-delay-millis");

    private ActivationForm() {}

    static TransactionForm activation() {
        CborItem.Fields standard = standard();
        return new TransactionForm.Filled(
                Map.of(
                        "height",
                        TransactionForm.Scalar.WHOLE,
                        "version",
                        TransactionForm.Scalar.WHOLE,
                        "parameters",
                        new TransactionForm.Filled(parameters(), standard.fields())),
                List.of(new CborItem.Field("parameters", standard)));
    }

    private static Map<String, TransactionForm> parameters() {
        Map<String, TransactionForm> forms = new TreeMap<>();
        NUMBERS.forEach(name -> forms.put(name, TransactionForm.Scalar.WHOLE));
        forms.put("origins", new TransactionForm.ListOf(TransactionForm.Scalar.TEXT));
        forms.put("local-days", new TransactionForm.Filled(localDays(), List.of()));
        return forms;
    }

    private static Map<String, TransactionForm> localDays() {
        List<TransactionForm> change =
                List.of(TransactionForm.Scalar.INSTANT, TransactionForm.Scalar.WHOLE);
        return Map.ofEntries(
                entry("zone", TransactionForm.Scalar.TEXT),
                entry("offset", TransactionForm.Scalar.WHOLE),
                entry("changes", new TransactionForm.ListOf(new TransactionForm.Row(change))));
    }

    /// Parameters in words: those that are not the standard ones, by the names that they have in a
    /// file.
    static String words(Parameters parameters) {
        List<CborItem.Field> standard = standard().fields();
        String others =
                fields(parameters).fields().stream()
                        .filter(field -> !standard.contains(field))
                        .map(field -> field.key() + " " + field.value())
                        .collect(Collectors.joining(", "));
        return "the standard parameters" + (others.isEmpty() ? "" : " but " + others);
    }

    private static CborItem.Fields standard() {
        return fields(Parameters.STANDARD);
    }

    private static CborItem.Fields fields(Parameters parameters) {
        CborWriter writer = new CborWriter();
        parameters.writeAll(writer);
        return (CborItem.Fields) CborItem.parse(writer.toBytes());
    }
}
