package mitoyen.simulator.audit;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.Account;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Holder;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.DayProposal;
import mitoyen.ledger.energy.EnergyState.Community;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;
import mitoyen.simulator.audit.BookOfAccounts.Moved;

/// A ledger's state beside the auditor's books.
record Comparison(State state) {
    /// The first thing in which they differ.
    Optional<String> find(Auditor auditor, SortedMap<ByteString, Digest> taken) {
        return findTotal(auditor.balances())
                .or(() -> findAccount(auditor.balances()))
                .or(() -> findId(taken))
                .or(() -> findEnergy(auditor.energy()))
                .or(() -> findProposal(auditor.energy().settlers().proposals().list()))
                .or(() -> findClaim(auditor.energy().settlers().claims().list()))
                .or(() -> findHolder(auditor.accounts()))
                .or(() -> findHold(auditor.accounts()))
                .or(() -> findTraffic(auditor.traffic()));
    }

    private Optional<String> findTotal(BookOfAccounts balances) {
        SortedMap<Asset, Moved> held = new TreeMap<>();
        state.accounts()
                .listTotals()
                .forEach((asset, totals) ->
                        held.put(
                                asset,
                                new Moved(
                                        units(totals.debits()),
                                        units(totals.credits()),
                                        units(totals.debitsPending()),
                                        units(totals.creditsPending()))));
        return differ("the totals of all accounts", held, balances.all());
    }

    private Optional<String> findAccount(BookOfAccounts balances) {
        for (Asset asset : balances.all().keySet()) {
            for (Map.Entry<AccountId, Moved> entry : balances.accounts(asset).entrySet()) {
                Account account = state.accounts().account(entry.getKey(), asset);
                Moved held =
                        new Moved(
                                units(account.debitsPosted()),
                                units(account.creditsPosted()),
                                units(account.debitsPending()),
                                units(account.creditsPending()));
                if (!held.equals(entry.getValue())) {
                    return differ("account " + entry.getKey(), held, entry.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> findId(SortedMap<ByteString, Digest> taken) {
        for (Map.Entry<ByteString, Digest> entry : taken.entrySet()) {
            Optional<Digest> held = state.transactions().find(entry.getKey());
            if (!held.equals(Optional.of(entry.getValue()))) {
                return differ("transaction " + entry.getKey(), held, entry.getValue());
            }
        }
        return Optional.empty();
    }

    private Optional<String> findEnergy(EnergyBook energy) {
        for (String id : energy.communities().keySet()) {
            Optional<Community> found = state.energy().findCommunity(id);
            if (found.isEmpty()) {
                return Optional.of("community " + id + " is missing");
            }
            Optional<Settlers> settlers = found.get().settlers();
            if (!settlers.equals(energy.findSettlers(id))) {
                return differ("settlers of " + id, settlers, energy.findSettlers(id));
            }
            for (var day : energy.days(id).entrySet()) {
                var held = state.energy().findDay(id, day.getKey()).map(each -> each.allocations());
                if (!held.equals(Optional.of(day.getValue().allocations()))) {
                    return differ(
                            "day " + id + "/" + day.getKey(), held, day.getValue().allocations());
                }
            }
            for (var month : energy.months(id).entrySet()) {
                var held =
                        state.energy()
                                .findMonth(id, month.getKey())
                                .map(each -> new EnergyBook.Month(each.number(), each.through()));
                if (!held.equals(Optional.of(month.getValue()))) {
                    return differ("month " + id + "/" + month.getKey(), held, month.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> findProposal(List<Matter<SettleDay>> proposals) {
        for (Matter<SettleDay> each : proposals) {
            DayProposal expected =
                    new DayProposal(
                            each.proposer(),
                            each.asked(),
                            each.attesting(SettledRoot.READINGS),
                            each.attesting(SettledRoot.ALLOCATIONS),
                            each.objections());
            ByteString key = SettlersBook.key(SettlersBook.where(each.asked()), each.proposer());
            Optional<DayProposal> held = state.energy().proposals().find(key);
            if (!held.equals(Optional.of(expected))) {
                return differ("proposal " + key, held, expected);
            }
        }
        return differ("proposals", state.energy().proposals().size(), proposals.size());
    }

    private Optional<String> findClaim(List<Matter<ClaimMonth>> claims) {
        for (Matter<ClaimMonth> each : claims) {
            OpenClaim expected =
                    new OpenClaim(
                            each.proposer(),
                            each.asked(),
                            each.dueMillis(),
                            each.held(),
                            each.attesting(SettledRoot.ALLOCATIONS),
                            each.objections());
            ByteString key = SettlersBook.key(SettlersBook.where(each.asked()), each.proposer());
            Optional<OpenClaim> held = state.energy().openClaims().find(key);
            if (!held.equals(Optional.of(expected))) {
                return differ("waiting claims " + key, held, expected);
            }
        }
        return differ("waiting claims", state.energy().openClaims().size(), claims.size());
    }

    private Optional<String> findHolder(AccountBook book) {
        for (Map.Entry<AccountId, Person> entry : book.people().entrySet()) {
            Optional<Holder> found = state.account().findHolder(entry.getKey());
            Person person = entry.getValue();
            boolean same =
                    found.map(holder ->
                                    holder.signers().equals(person.signers())
                                            && holder.closed() == person.closed()
                                            && holder.guardians().equals(person.guardians())
                                            && holder.recovery().isPresent()
                                                    == person.recovery().isPresent()
                                            && holder.delegations().size()
                                                    == person.delegated().size())
                            .orElse(false);
            if (!same) {
                return differ("holder " + entry.getKey(), found, person);
            }
        }
        return Optional.empty();
    }

    private Optional<String> findHold(AccountBook book) {
        for (var entry : book.holds().entrySet()) {
            Hold hold = entry.getValue();
            Optional<BigInteger> held =
                    state.account()
                            .pending()
                            .find(entry.getKey())
                            .map(each -> units(each.transfer().amount()));
            if (!held.equals(Optional.of(hold.amount()))) {
                return differ("hold " + entry.getKey(), held, hold);
            }
        }
        return Optional.empty();
    }

    private Optional<String> findTraffic(SortedMap<AccountId, Traffic> traffic) {
        for (Map.Entry<AccountId, Traffic> entry : traffic.entrySet()) {
            SortedMap<Integer, Long> held = state.traffic().sender(entry.getKey()).lanes();
            if (!held.equals(entry.getValue().lanes())) {
                return differ("lanes of " + entry.getKey(), held, entry.getValue().lanes());
            }
        }
        return Optional.empty();
    }

    private static BigInteger units(Amount amount) {
        return BigInteger.valueOf(amount.units());
    }

    private static Optional<String> differ(String what, Object held, Object expected) {
        return held.equals(expected)
                ? Optional.empty()
                : Optional.of(what + ": the ledger holds " + held + ", not " + expected);
    }
}
