package mitoyen.ledger.machine;

import mitoyen.ledger.account.AccountState;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.governance.GovernanceState;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MapMode;
import mitoyen.ledger.proof.MerkleMap;

/// All that the ledger remembers, after some block. Immutable; neither height nor time is in it, so
/// that an empty block leaves it as it was (LE-55).
///
/// @param account who is owed what, who stands behind accounts, what is pending
/// @param energy what the energy contract remembers
/// @param transactions by id, the content hash of each transaction of version 1 that was accepted
/// @param traffic what accounts sent under version 2
/// @param timers what is to happen
/// @param governance who orders the ledger, where several nodes share it
/// @param activations which rules hold from which height on, where not those of the genesis
public record State(
        AccountState account,
        EnergyState energy,
        MerkleMap<Digest> transactions,
        Traffic traffic,
        Timers timers,
        GovernanceState governance,
        Activations activations) {
    /// The state before the first block of a ledger that begins with version 1.
    public static final State INITIAL =
            new State(
                    AccountState.NONE,
                    EnergyState.NONE,
                    MerkleMap.empty(Digest::toBytes),
                    Traffic.NONE,
                    Timers.NONE,
                    GovernanceState.NONE,
                    Activations.NONE);

    /// What every account holds.
    public Accounts accounts() {
        return account.balances();
    }

    /// The root over all of it.
    public Digest root() {
        return StateRoot.of(this);
    }

    /// The same where the maps that many transactions change take changes in a way; the others stay
    /// [shared][MapMode#SHARED].
    State in(MapMode mode) {
        return new State(
                account.in(mode),
                energy,
                transactions.in(mode),
                traffic.in(mode),
                timers.in(mode),
                governance,
                activations);
    }

    /// The same with another part; so too the others.
    public State with(AccountState changed) {
        return new State(changed, energy, transactions, traffic, timers, governance, activations);
    }

    /// With what the energy contract remembers.
    public State with(EnergyState changed) {
        return new State(account, changed, transactions, traffic, timers, governance, activations);
    }

    State with(MerkleMap<Digest> changed) {
        return new State(account, energy, changed, traffic, timers, governance, activations);
    }

    State with(Traffic changed) {
        return new State(account, energy, transactions, changed, timers, governance, activations);
    }

    State with(Timers changed) {
        return new State(account, energy, transactions, traffic, changed, governance, activations);
    }

    State with(GovernanceState changed) {
        return new State(account, energy, transactions, traffic, timers, changed, activations);
    }

    State with(Activation next) {
        return new State(
                account, energy, transactions, traffic, timers, governance, activations.with(next));
    }
}
