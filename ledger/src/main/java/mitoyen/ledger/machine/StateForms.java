package mitoyen.ledger.machine;

import java.util.function.Function;
import mitoyen.ledger.account.Account;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.Holder;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.account.PendingTransfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.DayProposal;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.governance.Seat;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.StoredForm;

/// How the entries of each part of the state are written down and read back, each under its own key
/// (LE-157).
final class StateForms {
    static final StoredForm<Account> ACCOUNTS =
            keyed(Account::toCbor, Account::fromCbor, Account::key);
    static final StoredForm<EnergyState.Community> COMMUNITIES =
            keyed(
                    EnergyState.Community::toCbor,
                    EnergyState.Community::fromCbor,
                    EnergyState.Community::key);
    static final StoredForm<EnergyState.SettledDay> DAYS =
            keyed(
                    EnergyState.SettledDay::toCbor,
                    EnergyState.SettledDay::fromCbor,
                    EnergyState.SettledDay::key);
    static final StoredForm<EnergyState.ClaimedMonth> MONTHS =
            keyed(
                    EnergyState.ClaimedMonth::toCbor,
                    EnergyState.ClaimedMonth::fromCbor,
                    EnergyState.ClaimedMonth::key);
    static final StoredForm<Digest> TRANSACTIONS =
            ofLength(Digest::toBytes, StateForms::digest, TransactionId.LENGTH);
    static final StoredForm<Holder> HOLDERS = keyed(Holder::toCbor, Holder::fromCbor, Holder::key);
    static final StoredForm<AssetTerms> ASSETS =
            keyed(AssetTerms::toCbor, AssetTerms::fromCbor, AssetTerms::key);
    static final StoredForm<Limit> LIMITS = keyed(Limit::toCbor, Limit::fromCbor, Limit::key);
    static final StoredForm<PendingTransfer> PENDING =
            keyed(PendingTransfer::toCbor, PendingTransfer::fromCbor, PendingTransfer::key);
    static final StoredForm<Sender> SENDERS =
            ofLength(Sender::toCbor, Sender::fromCbor, AccountId.LENGTH);

    /// The ids of one window, by sender and id.
    static final StoredForm<IdEntry> IDS =
            ofLength(IdEntry::toCbor, IdEntry::fromCbor, AccountId.LENGTH + TransactionId.LENGTH);

    static final StoredForm<ByteString> TIMERS =
            keyed(ByteString::toBytes, ByteString::of, Function.identity());

    static final StoredForm<Seat> SEATS = keyed(Seat::toCbor, Seat::fromCbor, Seat::stateKey);

    static final StoredForm<DayProposal> PROPOSALS =
            keyed(DayProposal::toCbor, DayProposal::fromCbor, DayProposal::key);
    static final StoredForm<OpenClaim> OPEN_CLAIMS =
            keyed(OpenClaim::toCbor, OpenClaim::fromCbor, OpenClaim::key);

    private StateForms() {}

    /// Entries whose keys follow from their values.
    private static <V> StoredForm<V> keyed(
            Function<V, byte[]> encoding, Reading<V> reading, Function<V, ByteString> keyOf) {
        return new StoredForm<>(
                encoding,
                (key, bytes) -> {
                    V value = reading.read(bytes);
                    require(key.equals(keyOf.apply(value)), "a value under the key of another");
                    return value;
                });
    }

    /// Entries whose keys have a length.
    private static <V> StoredForm<V> ofLength(
            Function<V, byte[]> encoding, Reading<V> reading, int length) {
        return new StoredForm<>(
                encoding,
                (key, bytes) -> {
                    require(key.length() == length, "a key of another length");
                    return reading.read(bytes);
                });
    }

    private static Digest digest(byte[] bytes) throws CborException {
        require(bytes.length == Digest.LENGTH, "not a hash");
        return Digest.of(bytes);
    }

    private static void require(boolean holds, String otherwise) throws CborException {
        if (!holds) {
            throw new CborException(0, otherwise);
        }
    }

    @FunctionalInterface
    private interface Reading<V> {
        V read(byte[] bytes) throws CborException;
    }
}
