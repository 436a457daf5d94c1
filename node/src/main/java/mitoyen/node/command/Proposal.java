package mitoyen.node.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.machine.Step;
import mitoyen.node.transaction.Envelope;
import mitoyen.node.transaction.Signable;

/// What a command asks the ledger for.
///
/// @param envelope what the user said beside the steps
/// @param sender in whose name it is sent unless somebody says otherwise; where empty, in that of
///   the first key's account
/// @param steps one or more, by the time at which it is made [ms since 1970]: the ledger's, where
///   that is ahead of the own clock
/// @param notes what whoever sends it must keep, by name
record Proposal(
        Envelope envelope,
        Optional<AccountId> sender,
        LongFunction<List<Step>> steps,
        Function<Signable, SequencedMap<String, String>> notes) {
    /// A single step, with nothing to keep.
    static Proposal of(Optional<AccountId> sender, AccountTransaction asked) {
        return of(sender, _ -> asked);
    }

    /// A single step that names a time, with nothing to keep.
    static Proposal of(Optional<AccountId> sender, LongFunction<AccountTransaction> asked) {
        return of(sender, asked, _ -> new LinkedHashMap<>());
    }

    /// A single step.
    static Proposal of(
            Optional<AccountId> sender,
            AccountTransaction asked,
            Function<Signable, SequencedMap<String, String>> notes) {
        return of(sender, _ -> asked, notes);
    }

    /// A single step that names a time.
    static Proposal of(
            Optional<AccountId> sender,
            LongFunction<AccountTransaction> asked,
            Function<Signable, SequencedMap<String, String>> notes) {
        return new Proposal(
                Envelope.EMPTY, sender, now -> List.of(new Step.Account(asked.apply(now))), notes);
    }
}
