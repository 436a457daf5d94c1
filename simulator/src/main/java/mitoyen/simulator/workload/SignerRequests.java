package mitoyen.simulator.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Allowance;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;
import mitoyen.simulator.audit.Auditor;
import mitoyen.simulator.audit.Person;
import mitoyen.simulator.model.Chance;

/// Asks for other signers, delegated keys, guardians and recoveries.
final class SignerRequests {
    private static final int ACCOUNTS = 14;

    private final Chance chance;
    private final Signing signing;
    private final Auditor auditor;

    SignerRequests(Chance chance, Signing signing, Auditor auditor) {
        this.chance = chance;
        this.signing = signing;
        this.auditor = auditor;
    }

    /// Something to ask.
    ///
    /// @param actor in whose name
    /// @param consenting the accounts whose signers it should need
    record Asked(AccountTransaction step, AccountId actor, List<AccountId> consenting) {
        Asked {
            consenting = List.copyOf(consenting);
        }
    }

    /// Opens an account: a person's, or now and then that which a community uses for clearing.
    AccountTransaction open() {
        AccountId account =
                switch (chance.below(40)) {
                    case 0 -> Names.account("clearing community-2");
                    case 1 -> AccountId.issuance(new Asset("kWh"));
                    case 2 -> AccountId.issuance(new Asset("EUR"));
                    default -> Names.person(chance.below(ACCOUNTS));
                };
        return new AccountTransaction.OpenAccount(account, signerSet());
    }

    Asked next(long nowMillis) {
        AccountId account = anyone();
        return switch (chance.below(16)) {
            case 0, 1 -> own(account, new AccountTransaction.SetSigners(account, signerSet()));
            case 2, 3, 4, 5, 6 ->
                    own(account, new AccountTransaction.Delegate(account, delegation(nowMillis)));
            case 7 -> own(account, new AccountTransaction.Revoke(account, delegatedKey(account)));
            case 8, 9, 10 ->
                    own(account, new AccountTransaction.SetGuardians(account, guardians()));
            case 11, 12, 13 -> recover(account);
            case 14 -> {
                AccountId troubled =
                        auditor.accounts().people().entrySet().stream()
                                .filter(each -> each.getValue().recovery().isPresent())
                                .map(each -> each.getKey())
                                .findFirst()
                                .orElse(account);
                yield own(troubled, new AccountTransaction.CancelRecovery(troubled));
            }
            default ->
                    chance.happens(1, 4)
                            ? own(account, new AccountTransaction.CloseAccount(account))
                            : own(account, new AccountTransaction.SetSigners(account, signerSet()));
        };
    }

    private Asked recover(AccountId somebody) {
        AccountId account =
                auditor.accounts().people().entrySet().stream()
                        .filter(each -> each.getValue().guardians().isPresent())
                        .map(each -> each.getKey())
                        .filter(_ -> chance.happens(1, 2))
                        .findFirst()
                        .orElse(somebody);
        Optional<Person> person = Optional.ofNullable(auditor.accounts().people().get(account));
        List<AccountId> guardians =
                person.flatMap(Person::guardians).map(Guardians::accounts).orElse(List.of());
        List<SignerKey> lost =
                person.map(each -> each.signers().signers().stream().map(Signer::key).toList())
                        .orElse(List.of());
        if (chance.happens(1, 10)) {
            lost = List.of(key(3), key(2));
        } else if (chance.happens(1, 3)) {
            lost = List.of();
        }
        AccountId actor = guardians.isEmpty() ? account : chance.oneOf(guardians);
        List<AccountId> consenting = guardians.isEmpty() ? List.of(account) : guardians;
        return new Asked(
                new AccountTransaction.Recover(account, lost, signerSet()), actor, consenting);
    }

    private static Asked own(AccountId account, AccountTransaction step) {
        return new Asked(step, account, List.of(account));
    }

    /// One key with a weight of 1, or two or three, passkeys among them; and sometimes one that
    /// cannot be.
    private SignerSet signerSet() {
        int first = chance.below(Workload.PEOPLE - 3);
        int count = chance.happens(2, 3) ? 1 : chance.from(1, 3);
        List<Signer> signers =
                new ArrayList<>(
                        IntStream.range(first, first + count)
                                .mapToObj(number -> Signer.plain(key(number), chance.from(1, 2)))
                                .toList());
        if (chance.happens(1, 5)) {
            int last = signers.size() - 1;
            signers.set(last, p256(signers.get(last).weight()));
        }
        int threshold = 1 + chance.below((int) signers.stream().mapToLong(Signer::weight).sum());
        switch (chance.below(40)) {
            case 0 -> signers.clear();
            case 1 -> threshold = 0;
            case 2 -> threshold = 7;
            case 3 -> signers.set(0, Signer.plain(key(first), 0));
            case 4 -> signers.set(0, Signer.plain(key(first), 1_001));
            case 5 -> signers.add(Signer.plain(key(first), 1));
            case 6 -> signers.set(0, new Signer(key(0), 1, Optional.of(Names.digest(1))));
            case 7 ->
                    IntStream.range(0, 4)
                            .forEach(number -> signers.add(Signer.plain(key(number + 4), 1)));
            default -> {}
        }
        return new SignerSet(signers, threshold);
    }

    /// A signer of P-256: mostly a passkey, bound to its site or seldom to another.
    private Signer p256(int weight) {
        int number = chance.from(Signing.FIRST_P256, Workload.KEYS - 1);
        if (number < Workload.FIRST_PASSKEY || chance.happens(1, 80)) {
            return Signer.plain(key(number), weight);
        }
        Digest site =
                chance.happens(39, 40)
                        ? Authenticator.site(number)
                        : chance.oneOf(Authenticator.SITES);
        return new Signer(key(number), weight, Optional.of(site));
    }

    private Delegation delegation(long nowMillis) {
        List<DelegatedKind> kinds =
                new ArrayList<>(
                        List.of(DelegatedKind.values()).stream()
                                .filter(_ -> chance.happens(1, 2))
                                .toList());
        List<Allowance> allowances = new ArrayList<>();
        for (Asset asset : auditor.accounts().assets().keySet()) {
            if (allowances.size() < 2) {
                allowances.add(Allowance.of(asset, new Amount(chance.below(3_000_000L))));
            }
        }
        List<AccountId> counterparties = new ArrayList<>();
        if (chance.happens(1, 3)) {
            counterparties.add(anyone());
        }
        long period = chance.from(1_000, 600_000);
        long until = nowMillis + chance.from(1_000, 2_000_000);
        switch (chance.below(16)) {
            case 0 -> kinds.clear();
            case 1 -> kinds.addAll(List.of(DelegatedKind.VOID, DelegatedKind.TRANSFER));
            case 2 -> allowances.addAll(List.copyOf(allowances));
            case 3 -> period = 0;
            case 4 -> until = nowMillis - 1;
            case 5 -> counterparties.addAll(List.of(Names.person(1), Names.person(1)));
            case 6 -> allowances.replaceAll(each -> Allowance.of(each.asset(), new Amount(-1)));
            default -> {}
        }
        SignerKey key =
                key(
                        chance.happens(1, 20)
                                ? Workload.FIRST_PASSKEY
                                : chance.from(Workload.PEOPLE, Workload.FIRST_PASSKEY - 1));
        return new Delegation(key, kinds, allowances, counterparties, period, until, 0);
    }

    private SignerKey delegatedKey(AccountId account) {
        return Optional.ofNullable(auditor.accounts().people().get(account))
                .flatMap(person -> person.delegated().keySet().stream().findFirst())
                .orElseGet(() -> key(Workload.FIRST_PASSKEY - 1));
    }

    private Optional<Guardians> guardians() {
        if (chance.happens(1, 8)) {
            return Optional.empty();
        }
        List<AccountId> accounts =
                new ArrayList<>(
                        IntStream.range(0, chance.from(1, 3))
                                .mapToObj(_ -> anyone())
                                .distinct()
                                .sorted()
                                .toList());
        int threshold = chance.from(1, accounts.size());
        long delay = chance.from(30_000, 300_000);
        switch (chance.below(16)) {
            case 0 -> threshold = chance.happens(1, 2) ? 0 : 4;
            case 1 -> delay = chance.happens(1, 2) ? 29_999 : 600_001;
            case 2 -> accounts.addFirst(accounts.getLast());
            default -> {}
        }
        return Optional.of(new Guardians(accounts, threshold, delay));
    }

    private SignerKey key(int number) {
        return signing.key(number);
    }

    private AccountId anyone() {
        return chance.happens(1, 50)
                ? Names.account("nobody")
                : chance.oneOf(List.copyOf(auditor.accounts().people().keySet()));
    }
}
