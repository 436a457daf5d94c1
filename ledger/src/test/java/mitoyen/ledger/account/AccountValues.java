package mitoyen.ledger.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.RoundTrip.Codec;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;

/// What the state holds of accounts, as bytes (LE-104): an example of each value with all that may
/// be left out, and its codec.
final class AccountValues {
    static final Map<String, Codec> CODECS =
            new TreeMap<>(
                    Map.of(
                            "holder",
                            input -> Holder.fromCbor(input).toCbor(),
                            "asset",
                            input -> AssetTerms.fromCbor(input).toCbor(),
                            "limit",
                            input -> Limit.fromCbor(input).toCbor(),
                            "pending",
                            input -> PendingTransfer.fromCbor(input).toCbor()));

    private static final Digest DIGEST = Digest.of(new byte[Digest.LENGTH]);
    private static final Asset TOKEN = new Asset("TOKEN");

    private AccountValues() {}

    static Map<String, byte[]> examples() {
        SignerKey plain = new SignerKey(ByteString.of(new byte[SignerKey.LENGTH]));
        SignerKey passkey = new SignerKey(ByteString.of(new byte[SignerKey.P256_LENGTH]));
        SignerSet signers =
                new SignerSet(
                        List.of(
                                Signer.plain(plain, 1),
                                new Signer(passkey, 1_000, Optional.of(DIGEST))),
                        2);
        Delegation delegation =
                new Delegation(
                        plain,
                        List.of(DelegatedKind.values()),
                        List.of(new Allowance(TOKEN, new Amount(Long.MAX_VALUE), new Amount(7))),
                        List.of(account(1), account(2)),
                        1,
                        Long.MAX_VALUE,
                        Long.MIN_VALUE);
        Holder holder =
                new Holder(
                        account(0),
                        signers,
                        List.of(delegation),
                        Optional.of(new Guardians(List.of(account(3)), 1, 9)),
                        Optional.of(new Recovery(List.of(plain, passkey), signers, 300)),
                        true);
        AssetTerms terms =
                new AssetTerms(
                        TOKEN,
                        new Amount(5),
                        new Amount(Long.MAX_VALUE),
                        new Amount(-1),
                        account(1),
                        Amount.ZERO,
                        DIGEST);
        PendingTransfer pending =
                new PendingTransfer(
                        PendingId.of(DIGEST, 1),
                        new Transfer(TOKEN, account(1), account(2), new Amount(7)),
                        -70_000,
                        Optional.of(account(3)),
                        DIGEST);
        return new TreeMap<>(
                Map.of(
                        "holder",
                        holder.toCbor(),
                        "asset",
                        terms.toCbor(),
                        "limit",
                        new Limit(account(1), TOKEN, new Amount(5), true).toCbor(),
                        "pending",
                        pending.toCbor()));
    }

    private static AccountId account(int number) {
        byte[] id = new byte[AccountId.LENGTH];
        id[0] = (byte) number;
        return new AccountId(ByteString.of(id));
    }
}
