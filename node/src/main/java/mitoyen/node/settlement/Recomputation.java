package mitoyen.node.settlement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.Bills;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.node.books.SettledDay;
import mitoyen.node.keys.CommunityKeys;
import mitoyen.node.keys.Keys;
import mitoyen.node.keys.Secret;

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
    /// @param founded what the ledger says: its terms, and who settles it, are taken from there
    /// @throws IOException if the vault lacks the terms
    public FoundCommunity founding(FoundCommunity founded) throws IOException {
        Terms terms = archive.community(founded.terms()).terms();
        CommunityKeys keys = keys().community();
        return founded.settlers().isPresent()
                ? founding(terms, keys.salt(), founded.settlers().get())
                : founding(terms, CommunityCodec.commitment(terms, keys.salt()), keys);
    }

    /// The transaction that founds a community which one key settles.
    static FoundCommunity founding(Terms terms, Digest commitment, CommunityKeys keys) {
        return founding(
                terms,
                commitment,
                keys.salt(),
                Ed25519.keyOf(keys.signing().toBytes()),
                Optional.empty());
    }

    /// The transaction that founds a community which several settle. The key that it has to name
    /// settles nothing then (LE-180), and is nobody's.
    ///
    /// @param salt the community's salt, which its settlers share
    public static FoundCommunity founding(Terms terms, Secret salt, Settlers settlers) {
        return founding(
                terms,
                CommunityCodec.commitment(terms, salt),
                salt,
                Ed25519.keyOf(salt.derive("mitoyen key of no settler")),
                Optional.of(settlers));
    }

    /// Whether a community is the one of these keys.
    static boolean isOf(FoundCommunity founding, Keys keys) {
        return founding.clearing().equals(account(keys.community().salt(), "clearing"));
    }

    private static FoundCommunity founding(
            Terms terms,
            Digest commitment,
            Secret salt,
            SignerKey settler,
            Optional<Settlers> settlers) {
        return new FoundCommunity(
                terms.community(),
                settler,
                new Asset(terms.currency()),
                commitment,
                account(salt, "clearing"),
                account(salt, "community"),
                account(salt, "network-operator"),
                settlers);
    }

    private static AccountId account(Secret salt, String name) {
        byte[] bytes = salt.derive("mitoyen account", name.getBytes(StandardCharsets.UTF_8));
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
                CommunityCodec.commitment(day.terms(), keys().community().salt()),
                DayTrees.of(day, keys()));
    }

    /// What a month's bills come to for each account; accounts that come to 0 are left out.
    ///
    /// @param month such as `2025-10`
    public SortedMap<AccountId, Money> balances(Bills bills, String month) {
        Claims claims = Claims.of(archive.index(), accounts());
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

    /// The account of each member by id.
    public SortedMap<String, AccountId> accounts() {
        SortedMap<String, AccountId> accounts = new TreeMap<>();
        keys().members().forEach((id, member) -> accounts.put(id, member.account()));
        return accounts;
    }

    private Keys keys() {
        return archive.keys();
    }
}
