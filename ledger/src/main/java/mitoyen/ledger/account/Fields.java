package mitoyen.ledger.account;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;

/// Values that many maps hold, read strictly.
public final class Fields {
    private static final int DAY_LENGTH = 10;

    private Fields() {}

    /// 32 bytes.
    ///
    /// @throws CborException if the next item is anything else; so too the others
    public static Digest digest(CborReader reader) throws CborException {
        return new Digest(reader.fixedBytes(Digest.LENGTH));
    }

    /// The 20 bytes of an account's id.
    public static AccountId account(CborReader reader) throws CborException {
        return new AccountId(reader.fixedBytes(AccountId.LENGTH));
    }

    /// A key of either kind, told apart by its length.
    public static SignerKey key(CborReader reader) throws CborException {
        int start = reader.offset();
        var bytes = reader.bytes(SignerKey.P256_LENGTH);
        if (bytes.length() < SignerKey.LENGTH) {
            throw new CborException(start, "a key of " + bytes.length() + " bytes");
        }
        return new SignerKey(bytes);
    }

    /// An asset's code.
    public static Asset asset(CborReader reader) throws CborException {
        int start = reader.offset();
        String code = reader.text(Asset.LONGEST_CODE);
        if (!Asset.isCode(code)) {
            throw new CborException(start, "not the code of an asset");
        }
        return new Asset(code);
    }

    /// An amount of either sign.
    public static Amount amount(CborReader reader) throws CborException {
        return new Amount(reader.integer());
    }

    /// An amount of at least 0.
    public static Amount total(CborReader reader) throws CborException {
        return new Amount(reader.unsigned(Long.MAX_VALUE));
    }

    /// A day as ISO 8601 writes it, such as `2025-10-25`, in the years 0000 to 9999.
    public static LocalDate day(CborReader reader) throws CborException {
        int start = reader.offset();
        try {
            return LocalDate.parse(reader.text(DAY_LENGTH));
        } catch (DateTimeException noDay) {
            throw new CborException(start, "not a day");
        }
    }

    /// A list.
    ///
    /// @param most the most items that are read
    public static <T> List<T> list(CborReader reader, int most, Item<T> item) throws CborException {
        int count = reader.beginArray(most);
        List<T> items = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            items.add(item.read(reader));
        }
        reader.endArray();
        return items;
    }

    /// Writes a list.
    public static <T> void writeList(
            CborWriter writer, List<T> items, BiConsumer<CborWriter, T> item) {
        writer.array(items.size());
        items.forEach(each -> item.accept(writer, each));
    }

    /// How an item of a list is read.
    ///
    /// @param <T> what it is
    public interface Item<T> {
        /// The next item.
        T read(CborReader reader) throws CborException;
    }
}
