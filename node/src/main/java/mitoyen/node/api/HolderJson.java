package mitoyen.node.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import mitoyen.ledger.account.Allowance;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Holder;
import mitoyen.ledger.account.Recovery;
import mitoyen.ledger.account.Signer;

/// Who stands behind an account, as members of its JSON.
final class HolderJson {
    private HolderJson() {}

    static SequencedMap<String, Object> of(Holder holder) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("closed", holder.closed());
        members.put("signers", signers(holder.signers().signers()));
        members.put("threshold", holder.signers().threshold());
        members.put(
                "delegations", holder.delegations().stream().map(HolderJson::delegation).toList());
        holder.guardians().ifPresent(guardians -> members.put("guardians", guardians(guardians)));
        holder.recovery().ifPresent(recovery -> members.put("recovery", recovery(recovery)));
        return members;
    }

    private static List<SequencedMap<String, Object>> signers(List<Signer> signers) {
        return signers.stream().map(HolderJson::signer).toList();
    }

    private static SequencedMap<String, Object> signer(Signer signer) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("key", signer.key().toString());
        members.put("weight", signer.weight());
        signer.relyingParty().ifPresent(site -> members.put("relyingParty", site.toString()));
        return members;
    }

    private static SequencedMap<String, Object> delegation(Delegation delegation) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("key", delegation.key().toString());
        members.put("kinds", delegation.kinds().stream().map(Object::toString).toList());
        members.put("allowances", delegation.allowances().stream().map(HolderJson::of).toList());
        members.put("counterparties", texts(delegation.counterparties()));
        members.put("periodMillis", delegation.periodMillis());
        members.put("periodStartMillis", delegation.periodStartMillis());
        members.put("untilMillis", delegation.untilMillis());
        return members;
    }

    private static SequencedMap<String, Object> of(Allowance allowance) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("asset", allowance.asset().code());
        members.put("limit", allowance.limit().toString());
        members.put("spent", allowance.spent().toString());
        return members;
    }

    private static SequencedMap<String, Object> guardians(Guardians guardians) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("accounts", texts(guardians.accounts()));
        members.put("threshold", guardians.threshold());
        members.put("delayMillis", guardians.delayMillis());
        return members;
    }

    private static SequencedMap<String, Object> recovery(Recovery recovery) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("lost", texts(recovery.lost()));
        members.put("signers", signers(recovery.signers().signers()));
        members.put("threshold", recovery.signers().threshold());
        members.put("dueMillis", recovery.dueMillis());
        return members;
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
