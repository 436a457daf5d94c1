package mitoyen.node.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.governance.GovernanceTransaction;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;

/// A transaction in sentences, one a step: what whoever signs reads before.
final class TransactionSummary {
    private TransactionSummary() {}

    static List<String> of(Transaction.Version2 transaction) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "transaction "
                        + transaction.id()
                        + " of "
                        + transaction.sender()
                        + ", lane "
                        + transaction.lane()
                        + ", number "
                        + transaction.number());
        lines.add("on the ledger " + transaction.ledger());
        lines.add(
                "valid before "
                        + time(transaction.expiry().timeMillis())
                        + " and through block "
                        + transaction.expiry().height());
        int number = 1;
        for (Step step : transaction.steps()) {
            lines.add(number++ + ". " + sentence(step));
        }
        return lines;
    }

    private static String sentence(Step step) {
        return switch (step) {
            case Step.Account(var asked) -> sentence(asked);
            case Step.Energy(var asked) -> sentence(asked);
            case Step.Governance(var asked) -> sentence(asked);
            case Step.Activate activate ->
                    "activate version "
                            + activate.version()
                            + " of the protocol from block "
                            + activate.height()
                            + " on, with "
                            + ActivationForm.words(activate.parameters());
        };
    }

    private static String sentence(AccountTransaction asked) {
        return switch (asked) {
            case AccountTransaction.OpenAccount(var account, var signers) ->
                    "open the account " + account + " for " + signers(signers);
            case AccountTransaction.SetSigners(var account, var signers) ->
                    "give the account " + account + " other signers: " + signers(signers);
            case AccountTransaction.Delegate(var account, var delegation) ->
                    delegation(account, delegation);
            case AccountTransaction.Revoke(var account, var key) ->
                    "take the delegation of " + account + " back from the key " + key;
            case AccountTransaction.SetGuardians(var account, var guardians) ->
                    guardians
                            .map(each -> guardians(account, each))
                            .orElse("leave the account " + account + " without guardians");
            case AccountTransaction.Recover(var account, var lost, var signers) ->
                    "recover the account "
                            + account
                            + " for "
                            + signers(signers)
                            + "; lost: "
                            + (lost.isEmpty() ? "no key" : joined(lost));
            case AccountTransaction.CancelRecovery(var account) ->
                    "object to the recovery of the account " + account;
            case AccountTransaction.CloseAccount(var account) ->
                    "close the account " + account + " for good";
            case AccountTransaction.CreateAsset(var terms) -> asset(terms);
            case AccountTransaction.SetLimit(Limit limit) -> limit(limit);
            case AccountTransaction.Mint mint ->
                    "mint "
                            + AssetAmount.format(mint.asset(), mint.amount())
                            + " to "
                            + mint.to()
                            + reference(mint.reference());
            case AccountTransaction.Burn burn ->
                    "burn "
                            + AssetAmount.format(burn.asset(), burn.amount())
                            + reference(burn.reference());
            case AccountTransaction.Move move ->
                    "transfer "
                            + AssetAmount.format(move.asset(), move.amount())
                            + " from "
                            + move.from()
                            + " to "
                            + move.to()
                            + reference(move.reference());
            case AccountTransaction.Reserve reserve -> reserve(reserve);
            case AccountTransaction.PostPending(var pending, var amount) ->
                    "post "
                            + amount.map(part -> part.units() + "u").orElse("all")
                            + " of the hold "
                            + pending;
            case AccountTransaction.VoidPending(var pending) -> "void the hold " + pending;
        };
    }

    private static String sentence(GovernanceTransaction asked) {
        return switch (asked) {
            case GovernanceTransaction.SetValidator(var key, long power, _) when power == 0 ->
                    "take the seat of the validator " + key;
            case GovernanceTransaction.SetValidator(var key, long power, var name) ->
                    "give the validator " + key + " the name " + name + " and the power " + power;
        };
    }

    private static String sentence(EnergyTransaction asked) {
        return switch (asked) {
            case EnergyTransaction.FoundCommunity founding ->
                    "found the community "
                            + founding.community()
                            + ", settled by the key "
                            + founding.settler()
                            + ", with claims in "
                            + founding.claims()
                            + "; accounts: clearing "
                            + founding.clearing()
                            + ", community "
                            + founding.communityAccount()
                            + ", network operator "
                            + founding.networkOperatorAccount()
                            + "; terms "
                            + founding.terms()
                            + founding.settlers().map(each -> settlers(each)).orElse("");
            case EnergyTransaction.SettleDay settling ->
                    "settle the day "
                            + settling.day()
                            + " of the community "
                            + settling.community()
                            + ": allocations "
                            + settling.allocations();
            case EnergyTransaction.ClaimMonth claiming ->
                    "claim the month "
                            + claiming.month()
                            + " of the community "
                            + claiming.community()
                            + ": "
                            + claiming.claims().stream()
                                    .map(each -> each.account() + " " + each.amount())
                                    .collect(Collectors.joining(", "));
            case EnergyTransaction.AttestDay attesting ->
                    "attest the root over the "
                            + attesting.kind()
                            + " of the day "
                            + attesting.day()
                            + " of the community "
                            + attesting.community()
                            + proposed(attesting.proposer(), attesting.proposal());
            case EnergyTransaction.DissentDay dissenting ->
                    "dissent from the root over the "
                            + dissenting.kind()
                            + " of the day "
                            + dissenting.day()
                            + " of the community "
                            + dissenting.community()
                            + proposed(dissenting.proposer(), dissenting.proposal())
                            + ": it is "
                            + dissenting.root();
            case EnergyTransaction.AttestClaim attesting ->
                    "attest the claims for the month "
                            + attesting.month()
                            + " of the community "
                            + attesting.community()
                            + proposed(attesting.proposer(), attesting.claim());
            case EnergyTransaction.ObjectClaim objecting ->
                    "object to the claims for the month "
                            + objecting.month()
                            + " of the community "
                            + objecting.community()
                            + proposed(objecting.proposer(), objecting.claim())
                            + ": they are "
                            + objecting.root();
        };
    }

    private static String proposed(AccountId proposer, Object proposal) {
        return ", as " + proposer + " proposed it in " + proposal;
    }

    private static String settlers(Settlers settlers) {
        return "; its days and months settled by "
                + settlers.quorum()
                + " of "
                + joined(settlers.accounts())
                + ", claims after "
                + span(settlers.objectionMillis())
                + " without an objection";
    }

    private static String delegation(AccountId account, Delegation delegation) {
        return "let the key "
                + delegation.key()
                + " "
                + joined(delegation.kinds())
                + " for "
                + account
                + ", at most "
                + delegation.allowances().stream()
                        .map(each -> AssetAmount.format(each.asset(), each.limit()))
                        .collect(Collectors.joining(", "))
                + " each "
                + span(delegation.periodMillis())
                + ", with "
                + (delegation.counterparties().isEmpty()
                        ? "anyone"
                        : joined(delegation.counterparties()))
                + ", until "
                + time(delegation.untilMillis());
    }

    private static String guardians(AccountId account, Guardians guardians) {
        return "let "
                + guardians.threshold()
                + " of "
                + joined(guardians.accounts())
                + " recover the account "
                + account
                + " after "
                + span(guardians.delayMillis());
    }

    private static String asset(AssetTerms terms) {
        return "create the asset "
                + terms.asset()
                + ", issued by "
                + terms.issuer()
                + ", at most "
                + AssetAmount.format(terms.asset(), terms.cap())
                + " out, in steps of "
                + AssetAmount.format(terms.asset(), terms.step())
                + "; an account may owe "
                + AssetAmount.format(terms.asset(), terms.owing())
                + "; passkeys "
                + verified(terms)
                + "; purpose "
                + terms.purpose();
    }

    /// From which amount on passkeys verify their user: what no amount exceeds stands for never.
    private static String verified(AssetTerms terms) {
        return terms.verifyAbove().units() == Long.MAX_VALUE
                ? "need not verify their user"
                : "verify their user above "
                        + AssetAmount.format(terms.asset(), terms.verifyAbove());
    }

    private static String limit(Limit limit) {
        return "let the account "
                + limit.account()
                + " owe at most "
                + AssetAmount.format(limit.asset(), limit.owing())
                + (limit.onlyReceives() ? ", and only receive" : "");
    }

    private static String reserve(AccountTransaction.Reserve reserve) {
        return "reserve "
                + AssetAmount.format(reserve.asset(), reserve.amount())
                + " of "
                + reserve.from()
                + " for "
                + reserve.to()
                + ", until "
                + time(reserve.expiresMillis())
                + reserve.arbiter().map(each -> ", arbiter " + each).orElse("")
                + reference(reserve.reference());
    }

    private static String signers(SignerSet set) {
        if (set.signers().size() == 1 && set.threshold() == set.signers().getFirst().weight()) {
            return "the key " + key(set.signers().getFirst());
        }
        return set.signers().stream()
                .map(signer -> "the key " + key(signer) + " (weight " + signer.weight() + ")")
                .collect(Collectors.joining(", ", "", ", threshold " + set.threshold()));
    }

    private static String key(Signer signer) {
        return signer.key()
                + signer.relyingParty().map(site -> " (passkey of " + site + ")").orElse("");
    }

    private static String reference(Object reference) {
        return ", reference " + reference;
    }

    private static String joined(List<?> items) {
        return items.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String span(long millis) {
        return Duration.ofMillis(millis).toString();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
