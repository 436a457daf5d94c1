package mitoyen.node.transaction;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What each field of a transaction holds, by its name: the twin of `ledger.cddl` for files.
///
/// A name means the same wherever it stands, but in an activation and its parameters; only `claims`
/// is an asset in one step and a list in another, and what is written tells which.
sealed interface TransactionForm {
    /// A value alone.
    enum Scalar implements TransactionForm {
        /// A whole number.
        WHOLE,
        /// An instant: milliseconds since 1970, or a date and time with its offset from UTC.
        INSTANT,
        /// A text.
        TEXT,
        /// `true` or `false`.
        TRUTH,
        /// Bytes in hexadecimal.
        BYTES,
        /// An account: `mit1...`, or its bytes in hexadecimal.
        ACCOUNT
    }

    /// A list of such.
    record ListOf(TransactionForm item) implements TransactionForm {}

    /// A list with one of each.
    record Row(List<TransactionForm> items) implements TransactionForm {
        public Row {
            items = List.copyOf(items);
        }
    }

    /// A map of fields.
    record Nested() implements TransactionForm {}

    /// A text, or a list.
    record TextOr(TransactionForm list) implements TransactionForm {}

    /// A map whose fields mean what they mean nowhere else; what is left out of it is filled in.
    ///
    /// @param fields what each holds, by its name
    /// @param defaults what stands in the place of each that is left out
    record Filled(Map<String, TransactionForm> fields, List<CborItem.Field> defaults)
            implements TransactionForm {
        public Filled {
            fields = Map.copyOf(fields);
            defaults = List.copyOf(defaults);
        }
    }

    /// What the field with a name holds; nothing where no field has it.
    static Optional<TransactionForm> find(String field) {
        return Optional.ofNullable(Table.FORMS.get(field));
    }

    /// The table.
    final class Table {
        private static final TransactionForm NESTED = new Nested();
        private static final Map<String, TransactionForm> FORMS =
                Map.ofEntries(
                        // the transaction
                        entry("id", Scalar.BYTES),
                        entry("lane", Scalar.WHOLE),
                        entry("steps", new ListOf(NESTED)),
                        entry("expiry", NESTED),
                        entry("ledger", Scalar.BYTES),
                        entry("number", Scalar.WHOLE),
                        entry("sender", Scalar.ACCOUNT),
                        entry("version", Scalar.WHOLE),
                        entry("time", Scalar.INSTANT),
                        entry("height", Scalar.WHOLE),
                        // who signs
                        entry("open-account", NESTED),
                        entry("set-signers", NESTED),
                        entry("delegate", NESTED),
                        entry("revoke", NESTED),
                        entry("set-guardians", NESTED),
                        entry("recover", NESTED),
                        entry("cancel-recovery", NESTED),
                        entry("close-account", NESTED),
                        entry("account", Scalar.ACCOUNT),
                        entry("signers", new ListOf(NESTED)),
                        entry("threshold", Scalar.WHOLE),
                        entry("key", Scalar.BYTES),
                        entry("weight", Scalar.WHOLE),
                        entry("relying-party", Scalar.BYTES),
                        entry("kinds", new ListOf(Scalar.TEXT)),
                        entry("until", Scalar.INSTANT),
                        entry("period", Scalar.WHOLE),
                        entry(
                                "allowances",
                                new ListOf(new Row(List.of(Scalar.TEXT, Scalar.WHOLE)))),
                        entry("counterparties", new ListOf(Scalar.ACCOUNT)),
                        entry("delay", Scalar.WHOLE),
                        entry("guardians", new ListOf(Scalar.ACCOUNT)),
                        entry("lost", new ListOf(Scalar.BYTES)),
                        // assets and amounts
                        entry("create-asset", NESTED),
                        entry("set-limit", NESTED),
                        entry("mint", NESTED),
                        entry("burn", NESTED),
                        entry("transfer", NESTED),
                        entry("reserve", NESTED),
                        entry("post", NESTED),
                        entry("void", NESTED),
                        entry("cap", Scalar.WHOLE),
                        entry("code", Scalar.TEXT),
                        entry("step", Scalar.WHOLE),
                        entry("owing", Scalar.WHOLE),
                        entry("issuer", Scalar.ACCOUNT),
                        entry("purpose", Scalar.BYTES),
                        entry("verify-above", Scalar.WHOLE),
                        entry("asset", Scalar.TEXT),
                        entry("only-receives", Scalar.TRUTH),
                        entry("to", Scalar.ACCOUNT),
                        entry("from", Scalar.ACCOUNT),
                        entry("amount", Scalar.WHOLE),
                        entry("reference", Scalar.BYTES),
                        entry("arbiter", Scalar.ACCOUNT),
                        entry("expires", Scalar.INSTANT),
                        entry("pending", Scalar.BYTES),
                        // who orders the ledger
                        entry("validator-set", NESTED),
                        entry("power", Scalar.WHOLE),
                        entry("name", Scalar.TEXT),
                        // which rules hold
                        entry("activate", ActivationForm.activation()),
                        // the energy contract
                        entry("found-community", NESTED),
                        entry("settle-day", NESTED),
                        entry("claim-month", NESTED),
                        entry("terms", Scalar.BYTES),
                        entry(
                                "claims",
                                new TextOr(
                                        new ListOf(
                                                new Row(List.of(Scalar.ACCOUNT, Scalar.WHOLE))))),
                        entry("settler", Scalar.BYTES),
                        entry("clearing", Scalar.ACCOUNT),
                        entry("community", Scalar.TEXT),
                        entry("community-account", Scalar.ACCOUNT),
                        entry("network-operator-account", Scalar.ACCOUNT),
                        entry("day", Scalar.TEXT),
                        entry("start", Scalar.INSTANT),
                        entry("end", Scalar.INSTANT),
                        entry("totals", NESTED),
                        entry("published", NESTED),
                        entry("committed", Scalar.BYTES),
                        entry("readings", Scalar.BYTES),
                        entry("intervals", Scalar.WHOLE),
                        entry("supersedes", Scalar.BYTES),
                        entry("allocations", Scalar.BYTES),
                        entry("sold", Scalar.WHOLE),
                        entry("agreed", Scalar.TRUTH),
                        entry("meters", Scalar.WHOLE),
                        entry("allocated", Scalar.WHOLE),
                        entry("production", Scalar.WHOLE),
                        entry("consumption", Scalar.WHOLE),
                        entry("settlers", NESTED),
                        entry("quorum", Scalar.WHOLE),
                        entry("accounts", new ListOf(Scalar.ACCOUNT)),
                        entry("objection", Scalar.WHOLE),
                        entry("attest-day", NESTED),
                        entry("dissent-day", NESTED),
                        entry("attest-claim", NESTED),
                        entry("object-claim", NESTED),
                        entry("kind", Scalar.TEXT),
                        entry("root", Scalar.BYTES),
                        entry("index", Scalar.WHOLE),
                        entry("claim", Scalar.BYTES),
                        entry("proposal", Scalar.BYTES),
                        entry("proposer", Scalar.ACCOUNT),
                        entry("month", Scalar.TEXT),
                        entry("through", Scalar.WHOLE));

        private Table() {}
    }
}
