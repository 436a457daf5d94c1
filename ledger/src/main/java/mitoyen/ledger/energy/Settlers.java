package mitoyen.ledger.energy;

import java.util.List;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// Those whose word settles a community's days and months, where it is more than one key's
/// (LE-180).
///
/// @param accounts of the settlers, by rising id, 1 to [#MOST]
/// @param quorum how many of them it takes, 1 to all
/// @param objectionMillis how long a month's claims wait for an objection [ms], at least 0
public record Settlers(List<AccountId> accounts, int quorum, long objectionMillis) {
    /// The most settlers.
    public static final int MOST = 16;

    /// The longest wait: a leap year [ms].
    public static final long LONGEST_OBJECTION_MILLIS = 366L * 24 * 3_600_000;

    /// How far back a day is settled that never was: five years of 365 days and a day more each
    /// [ms].
    public static final long REACH_MILLIS = 1_830L * 24 * 3_600_000;

    public Settlers {
        accounts = List.copyOf(accounts);
    }

    /// Whether a day can be proposed: it corrects a settled one, or is over and not too far back
    /// (LE-196).
    ///
    /// @param signedMillis the time that the settler signed [ms since 1970], above 0
    public static boolean reach(EnergyTransaction.SettleDay settlement, long signedMillis) {
        return settlement.supersedes().isPresent()
                || (settlement.endMillis() <= signedMillis
                        && settlement.startMillis() >= signedMillis - REACH_MILLIS);
    }

    /// Whether an account is one of them.
    public boolean include(AccountId account) {
        return accounts.contains(account);
    }

    /// Whether so many are enough.
    boolean suffice(int agreeing) {
        return agreeing >= quorum;
    }

    /// Whether enough can still agree when so many do not.
    boolean canSuffice(int disagreeing) {
        return accounts.size() - disagreeing >= quorum;
    }

    /// Whether each is there once, in order, and the numbers are in range.
    boolean isValid() {
        for (int i = 1; i < accounts.size(); i++) {
            if (accounts.get(i - 1).compareTo(accounts.get(i)) >= 0) {
                return false;
            }
        }
        return !accounts.isEmpty()
                && accounts.size() <= MOST
                && quorum >= 1
                && quorum <= accounts.size()
                && objectionMillis >= 0
                && objectionMillis <= LONGEST_OBJECTION_MILLIS;
    }

    /// Writes the one encoding.
    public void write(CborWriter writer) {
        writer.map(3).key("quorum").integer(quorum);
        Fields.writeList(
                writer.key("accounts"), accounts, (out, account) -> out.bytes(account.bytes()));
        writer.key("objection").integer(objectionMillis);
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws CborException if it is none
    public static Settlers read(CborReader reader) throws CborException {
        reader.beginMap();
        int quorum = (int) reader.key("quorum").unsigned(Integer.MAX_VALUE);
        List<AccountId> accounts = Fields.list(reader.key("accounts"), MOST, Fields::account);
        long objection = reader.key("objection").integer();
        reader.endMap();
        return new Settlers(accounts, quorum, objection);
    }
}
