package mitoyen.ledger.account;

import java.util.List;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// Who may give an account new signers when its own are lost (LE-125).
///
/// @param accounts theirs, by rising id
/// @param threshold how many of them it takes
/// @param delayMillis how long the account's own keys can still object [ms]
public record Guardians(List<AccountId> accounts, int threshold, long delayMillis) {
    private static final int MOST = 64;

    public Guardians {
        accounts = List.copyOf(accounts);
    }

    void write(CborWriter writer) {
        writer.map(3);
        writer.key("delay").integer(delayMillis);
        Fields.writeList(
                writer.key("accounts"), accounts, (out, account) -> out.bytes(account.bytes()));
        writer.key("threshold").integer(threshold);
    }

    static Guardians read(CborReader reader) throws CborException {
        reader.beginMap();
        long delay = reader.key("delay").integer();
        List<AccountId> accounts = Fields.list(reader.key("accounts"), MOST, Fields::account);
        int threshold = (int) reader.key("threshold").unsigned(Integer.MAX_VALUE);
        reader.endMap();
        return new Guardians(accounts, threshold, delay);
    }
}
