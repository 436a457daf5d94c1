package mitoyen.node.transaction;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.yaml.Yaml;
import mitoyen.node.yaml.YamlFile;

/// A transaction written by hand, in JSON or YAML: the fields of `transaction-2` in `ledger.cddl`,
/// with bytes in hexadecimal. Fields beside `steps` may be left out.
///
/// What is written becomes the ledger's own bytes, and those are read by the ledger's own reader:
/// so there is no second opinion on what a transaction may hold.
///
/// @param envelope what the file says beside the steps
/// @param steps one or more
public record TransactionFile(Envelope envelope, List<Step> steps) {
    private static final YamlFile.Faults FAULTS =
            new YamlFile.Faults(
                    Fault.NO_TRANSACTION_FILE,
                    Fault.TRANSACTION_TOO_LARGE,
                    Fault.TRANSACTION_EMPTY);
    private static final String MISSING = "a field is missing";
    private static final Set<String> OPTIONAL =
            Set.of("id", "lane", "expiry", "ledger", "number", "sender", "version");

    public TransactionFile {
        steps = List.copyOf(steps);
    }

    /// Reads a file.
    ///
    /// @throws InputMistakes with what is wrong in it, and on which line
    /// @throws IOException if the disk fails
    public static TransactionFile read(Path file) throws InputMistakes, IOException {
        String name = file.toString();
        MistakeLog mistakes = new MistakeLog();
        Optional<Yaml> root = YamlFile.parse(file, FAULTS, mistakes);
        mistakes.throwIfAny();
        CborItem item = new Reader(name, mistakes).nested(root.orElseThrow());
        mistakes.throwIfAny();
        return decode(name, (CborItem.Fields) item);
    }

    private static TransactionFile decode(String name, CborItem.Fields written)
            throws InputMistakes {
        Set<String> given = names(written);
        List<CborItem.Field> fields = new ArrayList<>(written.fields());
        defaults().fields().stream()
                .filter(field -> OPTIONAL.contains(field.key()) && !given.contains(field.key()))
                .forEach(fields::add);
        CborItem.Fields whole = new CborItem.Fields(written.line(), fields);
        CborWriter writer = new CborWriter();
        whole.write(writer);
        try {
            var read =
                    (Transaction.Version2)
                            TransactionCodec.decode(writer.toBytes(), Parameters.STANDARD);
            return new TransactionFile(envelope(given, read), read.steps());
        } catch (CborException incomplete) {
            String reason =
                    String.valueOf(incomplete.getMessage()).replaceFirst("^at byte \\d+: ", "");
            // Where a field is missing is the end of its map, and so the start of what follows.
            int place = incomplete.offset() - (reason.equals(MISSING) ? 1 : 0);
            int line = whole.lineAt(Math.max(0, place));
            throw new InputMistakes(
                    new Mistake(name, line, Fault.TRANSACTION_NOT_COMPLETE, reason));
        }
    }

    /// What stands in the place of what was left out until the whole is read.
    private static CborItem.Fields defaults() {
        Transaction.Version2 none =
                new Transaction.Version2(
                        Genesis.NEWEST_VERSION,
                        new TransactionId(zeros(TransactionId.LENGTH)),
                        new Digest(zeros(Digest.LENGTH)),
                        new AccountId(zeros(AccountId.LENGTH)),
                        0,
                        0,
                        new Transaction.Expiry(0, 0),
                        List.of());
        return (CborItem.Fields) CborItem.parse(TransactionCodec.encode(none));
    }

    private static Set<String> names(CborItem.Fields fields) {
        Set<String> names = new TreeSet<>();
        fields.fields().forEach(field -> names.add(field.key()));
        return names;
    }

    private static Envelope envelope(Set<String> given, Transaction.Version2 read) {
        return new Envelope(
                given.contains("version") ? OptionalInt.of(read.version()) : OptionalInt.empty(),
                Optional.of(read.id()).filter(_ -> given.contains("id")),
                Optional.of(read.ledger()).filter(_ -> given.contains("ledger")),
                Optional.of(read.sender()).filter(_ -> given.contains("sender")),
                given.contains("lane") ? OptionalInt.of(read.lane()) : OptionalInt.empty(),
                given.contains("number") ? OptionalLong.of(read.number()) : OptionalLong.empty(),
                Optional.of(read.expiry()).filter(_ -> given.contains("expiry")));
    }

    private static ByteString zeros(int length) {
        return ByteString.of(new byte[length]);
    }

    /// Makes items of what is written, field by field.
    private record Reader(String file, MistakeLog mistakes) {
        CborItem nested(Yaml value) {
            return nested(value, TransactionForm::find, List.of());
        }

        private CborItem nested(
                Yaml value,
                Function<String, Optional<TransactionForm>> forms,
                List<CborItem.Field> defaults) {
            if (!(value instanceof Yaml.Entries(int line, var entries))) {
                return wrong(value, "a map of fields");
            }
            List<CborItem.Field> fields = new ArrayList<>();
            defaults.stream()
                    .filter(field -> !entries.containsKey(field.key()))
                    .forEach(fields::add);
            entries.forEach((key, entry) -> {
                Optional<TransactionForm> form = forms.apply(key);
                if (form.isEmpty()) {
                    mistakes.add(file, entry.line(), Fault.TRANSACTION_UNKNOWN_FIELD, key);
                } else {
                    fields.add(new CborItem.Field(key, item(form.get(), entry.value())));
                }
            });
            return new CborItem.Fields(line, fields);
        }

        private CborItem item(TransactionForm form, Yaml value) {
            return switch (form) {
                case TransactionForm.Nested _ -> nested(value);
                case TransactionForm.Filled(var forms, var defaults) ->
                        nested(value, key -> Optional.ofNullable(forms.get(key)), defaults);
                case TransactionForm.ListOf(var item) -> {
                    if (!(value instanceof Yaml.Items(int line, var items))) {
                        yield wrong(value, "a list");
                    }
                    yield new CborItem.Items(
                            line, items.stream().map(each -> item(item, each)).toList());
                }
                case TransactionForm.Row(var forms) -> row(forms, value);
                case TransactionForm.TextOr(var list) ->
                        value instanceof Yaml.Text
                                ? item(TransactionForm.Scalar.TEXT, value)
                                : item(list, value);
                case TransactionForm.Scalar scalar -> {
                    if (!(value instanceof Yaml.Text(int line, String text))) {
                        yield wrong(value, "a single value");
                    }
                    yield scalar(scalar, line, text);
                }
            };
        }

        private CborItem row(List<TransactionForm> forms, Yaml value) {
            if (!(value instanceof Yaml.Items(int line, var items))
                    || items.size() != forms.size()) {
                return wrong(value, "a list of " + forms.size());
            }
            List<CborItem> row = new ArrayList<>();
            for (int i = 0; i < forms.size(); i++) {
                row.add(item(forms.get(i), items.get(i)));
            }
            return new CborItem.Items(line, row);
        }

        private CborItem scalar(TransactionForm.Scalar form, int line, String text) {
            try {
                return switch (form) {
                    case WHOLE -> new CborItem.Whole(line, whole(text));
                    case INSTANT -> new CborItem.Whole(line, instant(text));
                    case TEXT -> new CborItem.Text(line, text);
                    case TRUTH -> new CborItem.Truth(line, truth(text));
                    case BYTES -> new CborItem.Bytes(line, ByteString.parseHex(text));
                    case ACCOUNT -> new CborItem.Bytes(line, account(text));
                };
            } catch (IllegalArgumentException | DateTimeException malformed) {
                return wrong(line, text, expected(form, malformed));
            }
        }

        private static String expected(TransactionForm.Scalar form, Exception malformed) {
            return switch (form) {
                case WHOLE -> "a whole number of 63 bits";
                case INSTANT -> "milliseconds since 1970, or such as 2026-12-01T12:00+01:00";
                case TEXT -> "a text";
                case TRUTH -> "true or false";
                case BYTES -> "bytes in hexadecimal";
                case ACCOUNT -> "an account's id: it " + malformed.getMessage();
            };
        }

        private static long whole(String text) {
            if (!text.matches("-?[0-9]{1,19}")) {
                throw new NumberFormatException(text);
            }
            return Long.parseLong(text);
        }

        private static long instant(String text) {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
                    : whole(text);
        }

        private static boolean truth(String text) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException(text);
            }
            return text.equals("true");
        }

        private static ByteString account(String text) {
            boolean hex = text.length() == 2 * AccountId.LENGTH && !text.startsWith("mit1");
            return hex ? ByteString.parseHex(text) : AccountId.parse(text).bytes();
        }

        private CborItem wrong(Yaml value, String expected) {
            String found =
                    switch (value) {
                        case Yaml.Text(int _, String text) -> text;
                        case Yaml.Items _ -> "[…]";
                        case Yaml.Entries _ -> "{…}";
                    };
            return wrong(value.line(), found, expected);
        }

        /// Notes a mistake; the item stands in for what should be there and is never used.
        private CborItem wrong(int line, String found, String expected) {
            mistakes.add(file, line, Fault.TRANSACTION_VALUE, found, expected);
            return new CborItem.Fields(line, List.of());
        }
    }
}
