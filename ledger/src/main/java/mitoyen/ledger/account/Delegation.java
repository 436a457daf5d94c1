package mitoyen.ledger.account;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.quantity.Amount;

/// A key that may do a little for an account: a car's wallet, a meter's key (LE-123).
///
/// A cap on each movement alone would be drained by many; so the limit is on their sum in a period.
///
/// @param key whose signature it takes
/// @param kinds what it may do, each once, in the order of [DelegatedKind]
/// @param allowances of which assets, each once, by rising code
/// @param counterparties with whom, by rising id; none means with anyone
/// @param periodMillis after how long what was spent is forgotten [ms], at least 1
/// @param untilMillis when it ends [ms since 1970]
/// @param periodStartMillis when the period that runs began [ms since 1970]
public record Delegation(
        SignerKey key,
        List<DelegatedKind> kinds,
        List<Allowance> allowances,
        List<AccountId> counterparties,
        long periodMillis,
        long untilMillis,
        long periodStartMillis) {
    private static final int MOST = 64;
    private static final int LONGEST_KIND = 16;

    public Delegation {
        kinds = List.copyOf(kinds);
        allowances = List.copyOf(allowances);
        counterparties = List.copyOf(counterparties);
    }

    /// Whether it still counts at a time [ms since 1970].
    boolean isLive(long timeMillis) {
        return timeMillis < untilMillis;
    }

    /// Whether it lets its key do something with an account, whatever the amount.
    boolean covers(DelegatedKind kind, Asset asset, AccountId counterparty) {
        return kinds.contains(kind)
                && findAllowance(asset).isPresent()
                && (counterparties.isEmpty() || counterparties.contains(counterparty));
    }

    /// What may still be spent of an asset that it covers, at a time [ms since 1970].
    Amount left(Asset asset, long timeMillis) {
        Allowance allowance = findAllowance(asset).orElseThrow();
        return periodEnded(timeMillis) ? allowance.limit() : allowance.left();
    }

    /// The delegation after an amount was spent, of which there is [left](#left).
    Delegation spent(Asset asset, Amount amount, long timeMillis) {
        boolean anew = periodEnded(timeMillis);
        return new Delegation(
                key,
                kinds,
                allowances.stream().map(each -> spent(each, asset, amount, anew)).toList(),
                counterparties,
                periodMillis,
                untilMillis,
                anew ? timeMillis : periodStartMillis);
    }

    /// The same, with its first period beginning at a time [ms since 1970].
    Delegation startingAt(long timeMillis) {
        return new Delegation(
                key, kinds, allowances, counterparties, periodMillis, untilMillis, timeMillis);
    }

    /// Writes the encoding that the state holds.
    void write(CborWriter writer) {
        writer.map(7);
        writer.key("key").bytes(key.bytes());
        Fields.writeList(writer.key("kinds"), kinds, (out, kind) -> out.text(kind.toString()));
        writer.key("until").integer(untilMillis);
        writer.key("period").integer(periodMillis);
        Fields.writeList(writer.key("allowances"), allowances, (out, each) -> each.write(out));
        writer.key("period-start").integer(periodStartMillis);
        Fields.writeList(
                writer.key("counterparties"), counterparties, (out, id) -> out.bytes(id.bytes()));
    }

    static Delegation read(CborReader reader) throws CborException {
        reader.beginMap();
        SignerKey key = Fields.key(reader.key("key"));
        List<DelegatedKind> kinds = readKinds(reader.key("kinds"));
        long until = reader.key("until").integer();
        long period = reader.key("period").integer();
        List<Allowance> allowances = Fields.list(reader.key("allowances"), MOST, Allowance::read);
        long start = reader.key("period-start").integer();
        List<AccountId> counterparties =
                Fields.list(reader.key("counterparties"), MOST, Fields::account);
        reader.endMap();
        return new Delegation(key, kinds, allowances, counterparties, period, until, start);
    }

    /// Reads the names of kinds.
    ///
    /// @throws CborException if one is unknown
    public static List<DelegatedKind> readKinds(CborReader reader) throws CborException {
        return Fields.list(reader, MOST, Delegation::readKind);
    }

    private static DelegatedKind readKind(CborReader reader) throws CborException {
        int start = reader.offset();
        return DelegatedKind.find(reader.text(LONGEST_KIND))
                .orElseThrow(() -> new CborException(start, "a kind that no key is delegated"));
    }

    private boolean periodEnded(long timeMillis) {
        return Times.elapsed(periodStartMillis, timeMillis) >= periodMillis;
    }

    private Optional<Allowance> findAllowance(Asset asset) {
        return allowances.stream().filter(each -> each.asset().equals(asset)).findFirst();
    }

    private static Allowance spent(Allowance allowance, Asset asset, Amount amount, boolean anew) {
        Amount before = anew ? Amount.ZERO : allowance.spent();
        Amount after = allowance.asset().equals(asset) ? before.plus(amount) : before;
        return new Allowance(allowance.asset(), allowance.limit(), after);
    }
}
