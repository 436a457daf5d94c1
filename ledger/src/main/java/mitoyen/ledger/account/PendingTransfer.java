package mitoyen.ledger.account;

import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;

/// A transfer that is reserved: it is posted, in whole or in part, or voided, or it expires; one of
/// these, once (LE-103).
///
/// @param id its name
/// @param transfer what is reserved
/// @param expiresMillis when it expires [ms since 1970]
/// @param arbiter who may post and void it beside the payee
/// @param reference commitment to what it is for
public record PendingTransfer(
        PendingId id,
        Transfer transfer,
        long expiresMillis,
        Optional<AccountId> arbiter,
        Digest reference) {
    private static final int DEPTH = 1;

    /// Who pays.
    AccountId from() {
        return transfer.from();
    }

    /// Who is to receive.
    AccountId to() {
        return transfer.to();
    }

    /// The key that it stands under in the state (LE-104).
    public ByteString key() {
        return id.bytes();
    }

    /// The bytes that stand for it in the state's root (LE-104).
    public byte[] toCbor() {
        CborWriter writer = new CborWriter().map(arbiter.isPresent() ? 8 : 7);
        writer.key("id").bytes(id.bytes());
        writer.key("to").bytes(transfer.to().bytes());
        writer.key("from").bytes(transfer.from().bytes());
        writer.key("asset").text(transfer.asset().code());
        writer.key("amount").integer(transfer.amount().units());
        arbiter.ifPresent(account -> writer.key("arbiter").bytes(account.bytes()));
        writer.key("expires").integer(expiresMillis);
        return writer.key("reference").bytes(reference.bytes()).toBytes();
    }

    /// What [#toCbor] wrote.
    ///
    /// @throws CborException if the bytes are no pending transfer
    public static PendingTransfer fromCbor(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        PendingId id = new PendingId(reader.key("id").fixedBytes(PendingId.LENGTH));
        AccountId to = Fields.account(reader.key("to"));
        AccountId from = Fields.account(reader.key("from"));
        Asset asset = Fields.asset(reader.key("asset"));
        long amount = reader.key("amount").unsigned(Long.MAX_VALUE);
        Optional<AccountId> arbiter =
                reader.optionalKey("arbiter")
                        ? Optional.of(Fields.account(reader))
                        : Optional.empty();
        long expires = reader.key("expires").integer();
        Digest reference = Fields.digest(reader.key("reference"));
        reader.endMap();
        reader.end();
        if (amount == 0 || from.equals(to)) {
            throw new CborException(0, "a pending transfer of nothing");
        }
        Transfer transfer = new Transfer(asset, from, to, new Amount(amount));
        return new PendingTransfer(id, transfer, expires, arbiter, reference);
    }
}
