package mitoyen.ledger.machine;

import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.Account;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountState;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.Holder;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.account.PendingTransfer;
import mitoyen.ledger.account.PendingTransfers;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.DayProposal;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.governance.GovernanceState;
import mitoyen.ledger.governance.Seat;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MapBuilder;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.proof.StoredForm;
import org.pcollections.TreePMap;

/// Makes a state of its entries, in the order in which [StateEntries] gives them, and of nothing
/// else: sums, counts and orders follow from them (LE-157).
///
/// Whether it is the right state its root says.
public final class StateBuilder {
    private final Rows<Account> accounts = new Rows<>(StateForms.ACCOUNTS);
    private final Rows<EnergyState.Community> communities = new Rows<>(StateForms.COMMUNITIES);
    private final Rows<EnergyState.SettledDay> days = new Rows<>(StateForms.DAYS);
    private final Rows<EnergyState.ClaimedMonth> months = new Rows<>(StateForms.MONTHS);
    private final Rows<Digest> transactions = new Rows<>(StateForms.TRANSACTIONS);
    private final Rows<Holder> holders = new Rows<>(StateForms.HOLDERS);
    private final Rows<AssetTerms> assets = new Rows<>(StateForms.ASSETS);
    private final Rows<Limit> limits = new Rows<>(StateForms.LIMITS);
    private final Rows<PendingTransfer> pending = new Rows<>(StateForms.PENDING);
    private final Rows<Sender> senders = new Rows<>(StateForms.SENDERS);
    private final SortedMap<Long, Rows<IdEntry>> windows = new TreeMap<>();
    private final Rows<ByteString> timers = new Rows<>(StateForms.TIMERS);
    private Activations activations = Activations.NONE;
    private final Rows<Seat> seats = new Rows<>(StateForms.SEATS);
    private final Rows<DayProposal> proposals = new Rows<>(StateForms.PROPOSALS);
    private final Rows<OpenClaim> openClaims = new Rows<>(StateForms.OPEN_CLAIMS);
    private StatePart part = StatePart.ACCOUNTS;

    /// Adds the next entry.
    ///
    /// @param value not to be changed afterwards
    /// @throws CborException if it is none, or not the next; the builder is of no further use then
    public void add(StatePart of, ByteString key, byte[] value) throws CborException {
        require(of.compareTo(part) >= 0, "parts out of order");
        part = of;
        switch (of) {
            case ACCOUNTS -> accounts.add(key, value);
            case COMMUNITIES -> communities.add(key, value);
            case DAYS -> days.add(key, value);
            case MONTHS -> months.add(key, value);
            case TRANSACTIONS -> transactions.add(key, value);
            case HOLDERS -> holders.add(key, value);
            case ASSETS -> assets.add(key, value);
            case LIMITS -> limits.add(key, value);
            case PENDING -> pending.add(key, value);
            case SENDERS -> senders.add(key, value);
            case IDS -> addId(key, value);
            case TIMERS -> timers.add(key, value);
            case ACTIVATION -> {
                require(
                        key.length() == 0 && activations.all().isEmpty(),
                        "activations in more than one entry");
                activations = Activations.fromBytes(value);
                require(!activations.all().isEmpty(), "an entry of no activation");
            }
            case VALIDATORS -> seats.add(key, value);
            case PROPOSALS -> proposals.add(key, value);
            case OPEN_CLAIMS -> openClaims.add(key, value);
        }
    }

    /// The state of what was added. The builder is of no further use.
    ///
    /// @throws CborException if no ledger comes to it
    public State build() throws CborException {
        TreePMap<Long, MerkleMap<IdEntry>> ids = TreePMap.empty();
        for (var window : windows.entrySet()) {
            ids = ids.plus(window.getKey(), window.getValue().build());
        }
        try {
            return new State(
                    new AccountState(
                            Accounts.of(accounts.build()),
                            holders.build(),
                            assets.build(),
                            limits.build(),
                            PendingTransfers.of(pending.build())),
                    EnergyState.of(
                            communities.build(),
                            days.build(),
                            months.build(),
                            proposals.build(),
                            openClaims.build()),
                    transactions.build(),
                    new Traffic(senders.build(), ids),
                    Timers.of(timers.build()),
                    GovernanceState.of(seats.build()),
                    activations);
        } catch (ArithmeticException overflow) {
            throw new CborException(0, "more of an asset than there can be");
        }
    }

    private void addId(ByteString key, byte[] value) throws CborException {
        int length = AccountId.LENGTH + TransactionId.LENGTH;
        require(key.length() == Long.BYTES + length, "not the key of an id");
        byte[] bytes = key.toBytes();
        long window = ByteBuffer.wrap(bytes).getLong();
        require(windows.isEmpty() || window >= windows.lastKey(), "windows out of order");
        windows.computeIfAbsent(window, _ -> new Rows<>(StateForms.IDS))
                .add(ByteString.of(bytes, Long.BYTES, bytes.length), value);
    }

    private static void require(boolean holds, String otherwise) throws CborException {
        if (!holds) {
            throw new CborException(0, otherwise);
        }
    }

    /// The entries of a part.
    private static final class Rows<V> {
        private final StoredForm<V> form;
        private final MapBuilder<V> map;

        Rows(StoredForm<V> form) {
            this.form = form;
            this.map = new MapBuilder<>(form.encoding());
        }

        void add(ByteString key, byte[] bytes) throws CborException {
            V value = form.decoding().read(key, bytes);
            require(map.add(key, value), "an entry twice or out of order");
        }

        MerkleMap<V> build() {
            return map.build();
        }
    }
}
