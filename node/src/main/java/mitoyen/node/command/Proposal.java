package mitoyen.node.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
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
/// @param steps one or more
/// @param notes what whoever sends it must keep, by name
record Proposal(
        Envelope envelope,
        Optional<AccountId> sender,
        List<Step> steps,
        Function<Signable, SequencedMap<String, String>> notes) {
    Proposal {
        steps = List.copyOf(steps);
    }

    /// A single step, with nothing to keep.
    static Proposal of(Optional<AccountId> sender, AccountTransaction asked) {
        return of(sender, asked, _ -> new LinkedHashMap<>());
    }

    /// A single step.
    static Proposal of(
            Optional<AccountId> sender,
            AccountTransaction asked,
            Function<Signable, SequencedMap<String, String>> notes) {
        return new Proposal(Envelope.EMPTY, sender, List.of(new Step.Account(asked)), notes);
    }
}
