package mitoyen.ledger.account;

import java.util.Optional;
import java.util.function.UnaryOperator;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MapMode;
import mitoyen.ledger.proof.MerkleMap;

/// All about accounts: what they hold, who stands behind them, which assets there are, and what is
/// pending (LE-104). Immutable.
public final class AccountState {
    /// No account yet.
    public static final AccountState NONE =
            new AccountState(
                    Accounts.NONE,
                    MerkleMap.empty(Holder::toCbor),
                    MerkleMap.empty(AssetTerms::toCbor),
                    MerkleMap.empty(Limit::toCbor),
                    PendingTransfers.NONE);

    private final Accounts balances;
    private final MerkleMap<Holder> holders;
    private final MerkleMap<AssetTerms> assets;
    private final MerkleMap<Limit> limits;
    private final PendingTransfers pending;

    /// @param holders by id
    /// @param assets by code
    /// @param limits by id and code
    public AccountState(
            Accounts balances,
            MerkleMap<Holder> holders,
            MerkleMap<AssetTerms> assets,
            MerkleMap<Limit> limits,
            PendingTransfers pending) {
        this.balances = balances;
        this.holders = holders;
        this.assets = assets;
        this.limits = limits;
        this.pending = pending;
    }

    /// What every account holds.
    public Accounts balances() {
        return balances;
    }

    /// What is reserved.
    public PendingTransfers pending() {
        return pending;
    }

    /// Who stands behind an account.
    public Optional<Holder> findHolder(AccountId account) {
        return holders.find(account.bytes());
    }

    /// What an asset is.
    public Optional<AssetTerms> findAsset(Asset asset) {
        return assets.find(asset.key());
    }

    /// What an account may do with an asset: its own limit, or the asset's default.
    public Limit limit(AccountId account, AssetTerms terms) {
        return limits.find(terms.asset().keyOf(account))
                .orElseGet(() -> new Limit(account, terms.asset(), terms.owing(), false));
    }

    /// Who stands behind accounts, by id.
    public MerkleMap<Holder> holders() {
        return holders;
    }

    /// The assets, by code.
    public MerkleMap<AssetTerms> assets() {
        return assets;
    }

    /// What accounts may do with assets, by id and code.
    public MerkleMap<Limit> limits() {
        return limits;
    }

    /// The root over who stands behind accounts (LE-104).
    public Digest holdersRoot() {
        return holders.root();
    }

    /// The root over assets (LE-104).
    public Digest assetsRoot() {
        return assets.root();
    }

    /// The root over limits (LE-104).
    public Digest limitsRoot() {
        return limits.root();
    }

    /// The same where maps take changes in a way.
    public AccountState in(MapMode mode) {
        return new AccountState(
                balances.in(mode),
                holders.in(mode),
                assets.in(mode),
                limits.in(mode),
                pending.in(mode));
    }

    /// With these balances.
    public AccountState with(Accounts changed) {
        return new AccountState(changed, holders, assets, limits, pending);
    }

    AccountState with(Holder holder) {
        MerkleMap<Holder> changed = holders.put(holder.id().bytes(), holder);
        return new AccountState(balances, changed, assets, limits, pending);
    }

    AccountState with(AssetTerms terms) {
        MerkleMap<AssetTerms> changed = assets.put(terms.key(), terms);
        return new AccountState(balances, holders, changed, limits, pending);
    }

    AccountState with(Limit limit) {
        MerkleMap<Limit> changed = limits.put(limit.key(), limit);
        return new AccountState(balances, holders, assets, changed, pending);
    }

    AccountState with(Accounts changed, PendingTransfers still) {
        return new AccountState(changed, holders, assets, limits, still);
    }

    /// With an account's holder, who must be there, changed.
    AccountState change(AccountId account, UnaryOperator<Holder> change) {
        return with(change.apply(findHolder(account).orElseThrow()));
    }
}
