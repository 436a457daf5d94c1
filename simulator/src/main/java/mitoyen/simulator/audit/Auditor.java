package mitoyen.simulator.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.Account;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.Digest;

/// Keeps the ledger's books a second time: takes what went into each block, says what each
/// transaction must have been answered, and compares what the ledger then holds.
///
/// It sees transactions as they were meant, not as bytes, and has nothing of the ledger's own rules
/// but their specification.
public final class Auditor {
    private static final String OF_TRANSACTION = "transaction";
    private static final String OF_ENERGY = "energy";
    private static final int ID_TAKEN = 8;

    private final BookOfAccounts accounts = new BookOfAccounts();
    private final EnergyBook energy;
    private final SortedMap<ByteString, Digest> taken = new TreeMap<>();
    private long height;

    /// The books of a ledger that begins so.
    public Auditor(Genesis genesis) {
        this.energy = new EnergyBook(genesis.founder(), genesis.parameters().crowd(), accounts);
    }

    /// The height of the last block.
    public long height() {
        return height;
    }

    /// What was founded, settled and claimed.
    public EnergyBook energy() {
        return energy;
    }

    /// What moved.
    public BookOfAccounts accounts() {
        return accounts;
    }

    /// Enters the next block.
    ///
    /// @param sent what it holds, in order
    /// @return what each must have been answered
    public List<Answer> enter(List<Sent> sent) {
        height++;
        List<Answer> answers = new ArrayList<>();
        for (Sent each : sent) {
            answers.add(
                    switch (each) {
                        case Sent.Hopeless(_, int reason) -> Answer.refused(OF_TRANSACTION, reason);
                        case Sent.Request request -> enter(request);
                    });
        }
        return answers;
    }

    private Answer enter(Sent.Request request) {
        ByteString id = request.id().bytes();
        Digest before = taken.get(id);
        if (before != null) {
            return before.equals(request.content())
                    ? Answer.EXISTS
                    : Answer.refused(OF_TRANSACTION, ID_TAKEN);
        }
        var reason = energy.take(height, request.signers(), request.asked());
        if (reason.isPresent()) {
            return Answer.refused(OF_ENERGY, reason.getAsInt());
        }
        taken.put(id, request.content());
        return Answer.ACCEPTED;
    }

    /// The first thing in which a ledger's state is not what these books say; empty if there is
    /// none.
    public Optional<String> findDifference(State state) {
        return findDifferentTotal(state)
                .or(() -> findDifferentAccount(state))
                .or(() -> findDifferentId(state))
                .or(() -> findDifferentEnergy(state.energy()));
    }

    private Optional<String> findDifferentTotal(State state) {
        SortedMap<Asset, BigInteger> debits = new TreeMap<>();
        SortedMap<Asset, BigInteger> credits = new TreeMap<>();
        state.accounts()
                .listTotals()
                .forEach((asset, totals) -> {
                    debits.put(asset, BigInteger.valueOf(totals.debits().units()));
                    credits.put(asset, BigInteger.valueOf(totals.credits().units()));
                });
        return differ("debits of all accounts", debits, accounts.moved())
                .or(() -> differ("credits of all accounts", credits, accounts.moved()));
    }

    private Optional<String> findDifferentAccount(State state) {
        for (Asset asset : accounts.moved().keySet()) {
            for (Map.Entry<AccountId, BookOfAccounts.Moved> entry :
                    accounts.accounts(asset).entrySet()) {
                Account account = state.accounts().account(entry.getKey(), asset);
                var held =
                        new BookOfAccounts.Moved(
                                BigInteger.valueOf(account.debitsPosted().units()),
                                BigInteger.valueOf(account.creditsPosted().units()));
                if (!held.equals(entry.getValue())
                        || account.debitsPending().units() != 0
                        || account.creditsPending().units() != 0) {
                    return differ("account " + entry.getKey(), account, entry.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> findDifferentId(State state) {
        for (Map.Entry<ByteString, Digest> entry : taken.entrySet()) {
            Optional<Digest> held = state.transactions().find(entry.getKey());
            if (!held.equals(Optional.of(entry.getValue()))) {
                return differ("transaction " + entry.getKey(), held, entry.getValue());
            }
        }
        return Optional.empty();
    }

    private Optional<String> findDifferentEnergy(EnergyState state) {
        for (String id : energy.communities().keySet()) {
            if (state.findCommunity(id).isEmpty()) {
                return Optional.of("community " + id + " is missing");
            }
            for (var day : energy.days(id).entrySet()) {
                var held = state.findDay(id, day.getKey()).map(each -> each.allocations());
                if (!held.equals(Optional.of(day.getValue().allocations()))) {
                    return differ(
                            "day " + id + "/" + day.getKey(), held, day.getValue().allocations());
                }
            }
            for (var month : energy.months(id).entrySet()) {
                var held =
                        state.findMonth(id, month.getKey())
                                .map(each -> new EnergyBook.Month(each.number(), each.through()));
                if (!held.equals(Optional.of(month.getValue()))) {
                    return differ("month " + id + "/" + month.getKey(), held, month.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> differ(String what, Object held, Object expected) {
        return held.equals(expected)
                ? Optional.empty()
                : Optional.of(what + ": the ledger holds " + held + ", not " + expected);
    }
}
