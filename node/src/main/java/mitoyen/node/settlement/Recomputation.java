package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.node.books.SettledDay;
import mitoyen.node.keys.CommunityKeys;
import mitoyen.node.keys.Keys;

/// What goes on the ledger, computed from days and bills alone: by who settles, and again by who
/// checks.
public final class Recomputation {
    private final Archive archive;

    /// Over the keys and the founding of an archive.
    public Recomputation(Archive archive) {
        this.archive = archive;
    }

    /// The transaction that founds the community.
    ///
    /// @param terms the commitment to the terms that it was founded with
    /// @throws IOException if the vault lacks them
    public FoundCommunity founding(Digest terms) throws IOException {
        Terms founded = archive.community(terms).terms();
        return founding(
                founded,
                CommunityCodec.commitment(founded, keys().community()),
                keys().community());
    }

    static FoundCommunity founding(Terms terms, Digest commitment, CommunityKeys keys) {
        return new FoundCommunity(
                terms.community(),
                Ed25519.keyOf(keys.signing().toBytes()),
                new Asset(terms.currency()),
                commitment,
                account(keys, "clearing"),
                account(keys, "community"),
                account(keys, "network-operator"));
    }

    private static AccountId account(CommunityKeys keys, String name) {
        byte[] bytes = keys.salt().derive("mitoyen account", name.getBytes(StandardCharsets.UTF_8));
        return new AccountId(ByteString.of(Arrays.copyOf(bytes, AccountId.LENGTH)));
    }

    /// The transaction that settles a day.
    ///
    /// @param supersedes the root of the allocations that it replaces
    /// @throws IOException if the keys of a member with a meter are missing
    public SettleDay settlement(SettledDay day, Optional<Digest> supersedes) throws IOException {
        return settlement(
                day,
                supersedes,
                CommunityCodec.commitment(day.terms(), keys().community()),
                DayTrees.of(day, keys()));
    }

    /// What a month's bills come to for each account; accounts that come to 0 are left out.
    ///
    /// @param month such as `2025-10`
    public SortedMap<AccountId, Money> balances(Bills bills, String month) {
        Claims claims = new Claims(archive.index(), accounts());
        SortedMap<AccountId, Money> balances =
                new TreeMap<>(claims.balances(bills).getOrDefault(month, new TreeMap<>()));
        balances.values().removeIf(Money.ZERO::equals);
        return balances;
    }

    /// @param terms the commitment to the day's terms
    SettleDay settlement(
            SettledDay day, Optional<Digest> supersedes, Digest terms, DayTrees trees) {
        return new SettleDay(
                day.terms().community(),
                day.date(),
                day.startMillis(),
                day.endMillis(),
                day.readings().intervals(),
                supersedes,
                trees.readings().root(),
                trees.allocations().root(),
                terms,
                DayTotals.of(day, keys().community()));
    }

    SortedMap<String, AccountId> accounts() {
        SortedMap<String, AccountId> accounts = new TreeMap<>();
        keys().members().forEach((id, member) -> accounts.put(id, member.account()));
        return accounts;
    }

    private Keys keys() {
        return archive.keys();
    }
}
