package mitoyen.ledger.wire;

import java.time.DateTimeException;
import java.time.LocalDate;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.proof.Digest;

/// Values that many maps hold, read strictly.
final class Fields {
    private static final int DAY_LENGTH = 10;

    private Fields() {}

    static Digest digest(CborReader reader) throws CborException {
        return new Digest(reader.fixedBytes(Digest.LENGTH));
    }

    static AccountId account(CborReader reader) throws CborException {
        return new AccountId(reader.fixedBytes(AccountId.LENGTH));
    }

    /// A day as ISO 8601 writes it, such as `2025-10-25`, in the years 0000 to 9999.
    static LocalDate day(CborReader reader) throws CborException {
        int start = reader.offset();
        try {
            return LocalDate.parse(reader.text(DAY_LENGTH));
        } catch (DateTimeException noDay) {
            throw new CborException(start, "not a day");
        }
    }
}
