package mitoyen.ledger.wire;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.AccountTransaction.Burn;
import mitoyen.ledger.account.AccountTransaction.CancelRecovery;
import mitoyen.ledger.account.AccountTransaction.CloseAccount;
import mitoyen.ledger.account.AccountTransaction.CreateAsset;
import mitoyen.ledger.account.AccountTransaction.Delegate;
import mitoyen.ledger.account.AccountTransaction.Mint;
import mitoyen.ledger.account.AccountTransaction.Move;
import mitoyen.ledger.account.AccountTransaction.OpenAccount;
import mitoyen.ledger.account.AccountTransaction.PostPending;
import mitoyen.ledger.account.AccountTransaction.Recover;
import mitoyen.ledger.account.AccountTransaction.Reserve;
import mitoyen.ledger.account.AccountTransaction.Revoke;
import mitoyen.ledger.account.AccountTransaction.SetGuardians;
import mitoyen.ledger.account.AccountTransaction.SetLimit;
import mitoyen.ledger.account.AccountTransaction.SetSigners;
import mitoyen.ledger.account.AccountTransaction.VoidPending;
import mitoyen.ledger.account.Allowance;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;

/// The steps of accounts as CBOR: a map with one entry, named by what is asked for (LE-98).
final class AccountCodec {
    private static final String OPEN = "open-account";
    private static final String SET_SIGNERS = "set-signers";
    private static final String DELEGATE = "delegate";
    private static final String REVOKE = "revoke";
    private static final String SET_GUARDIANS = "set-guardians";
    private static final String RECOVER = "recover";
    private static final String CANCEL_RECOVERY = "cancel-recovery";
    private static final String CLOSE = "close-account";
    private static final String CREATE_ASSET = "create-asset";
    private static final String SET_LIMIT = "set-limit";
    private static final String MINT = "mint";
    private static final String BURN = "burn";
    private static final String TRANSFER = "transfer";
    private static final String RESERVE = "reserve";
    private static final String POST = "post";
    private static final String VOID = "void";

    /// What a list may hold before the parameters' own, smaller limit is looked at.
    private static final int MOST = 64;

    private AccountCodec() {}

    static void write(CborWriter writer, AccountTransaction transaction) {
        writer.map(1);
        switch (transaction) {
            case OpenAccount(var account, var signers) ->
                    writeSigners(writer.key(OPEN).map(3), account, signers);
            case SetSigners(var account, var signers) ->
                    writeSigners(writer.key(SET_SIGNERS).map(3), account, signers);
            case Delegate(var account, var delegation) ->
                    write(writer.key(DELEGATE), account, delegation);
            case Revoke(var account, var key) -> {
                writer.key(REVOKE).map(2).key("key").bytes(key.bytes());
                writer.key("account").bytes(account.bytes());
            }
            case SetGuardians(var account, var guardians) ->
                    write(writer.key(SET_GUARDIANS), account, guardians);
            case Recover(var account, var lost, var signers) -> {
                writer.key(RECOVER).map(4);
                Fields.writeList(writer.key("lost"), lost, (out, key) -> out.bytes(key.bytes()));
                writeSigners(writer, account, signers);
            }
            case CancelRecovery(var account) ->
                    writer.key(CANCEL_RECOVERY).map(1).key("account").bytes(account.bytes());
            case CloseAccount(var account) ->
                    writer.key(CLOSE).map(1).key("account").bytes(account.bytes());
            case CreateAsset(var terms) -> terms.write(writer.key(CREATE_ASSET));
            case SetLimit(var limit) -> limit.write(writer.key(SET_LIMIT));
            case Mint mint -> {
                writer.key(MINT).map(4).key("to").bytes(mint.to().bytes());
                writeAmount(writer, mint.asset(), mint.amount());
                writer.key("reference").bytes(mint.reference().bytes());
            }
            case Burn burn -> {
                writeAmount(writer.key(BURN).map(3), burn.asset(), burn.amount());
                writer.key("reference").bytes(burn.reference().bytes());
            }
            case Move move -> {
                writer.key(TRANSFER).map(5).key("to").bytes(move.to().bytes());
                writer.key("from").bytes(move.from().bytes());
                writeAmount(writer, move.asset(), move.amount());
                writer.key("reference").bytes(move.reference().bytes());
            }
            case Reserve reserve -> write(writer.key(RESERVE), reserve);
            case PostPending(var pending, var amount) -> {
                writer.key(POST).map(amount.isPresent() ? 2 : 1);
                amount.ifPresent(part -> writer.key("amount").integer(part.units()));
                writer.key("pending").bytes(pending.bytes());
            }
            case VoidPending(var pending) ->
                    writer.key(VOID).map(1).key("pending").bytes(pending.bytes());
        }
    }

    /// Reads what the accounts are asked for under a name; nothing where the name is none of
    /// theirs.
    static Optional<AccountTransaction> read(CborReader reader, String kind) throws CborException {
        return switch (kind) {
            case OPEN,
                    SET_SIGNERS,
                    DELEGATE,
                    REVOKE,
                    SET_GUARDIANS,
                    RECOVER,
                    CANCEL_RECOVERY,
                    CLOSE,
                    CREATE_ASSET,
                    SET_LIMIT,
                    MINT,
                    BURN,
                    TRANSFER,
                    RESERVE,
                    POST,
                    VOID -> {
                reader.beginMap();
                AccountTransaction transaction = readFields(reader, kind);
                reader.endMap();
                yield Optional.of(transaction);
            }
            default -> Optional.empty();
        };
    }

    private static AccountTransaction readFields(CborReader reader, String kind)
            throws CborException {
        return switch (kind) {
            case OPEN -> new OpenAccount(readAccount(reader), readSigners(reader));
            case SET_SIGNERS -> new SetSigners(readAccount(reader), readSigners(reader));
            case DELEGATE -> readDelegate(reader);
            case REVOKE -> {
                SignerKey key = Fields.key(reader.key("key"));
                yield new Revoke(readAccount(reader), key);
            }
            case SET_GUARDIANS -> readGuardians(reader);
            case RECOVER -> {
                List<SignerKey> lost = Fields.list(reader.key("lost"), MOST, Fields::key);
                yield new Recover(readAccount(reader), lost, readSigners(reader));
            }
            case CANCEL_RECOVERY -> new CancelRecovery(readAccount(reader));
            case CLOSE -> new CloseAccount(readAccount(reader));
            case CREATE_ASSET -> new CreateAsset(AssetTerms.readFields(reader));
            case SET_LIMIT -> new SetLimit(Limit.readFields(reader));
            case MINT -> {
                AccountId to = Fields.account(reader.key("to"));
                Asset asset = Fields.asset(reader.key("asset"));
                Amount amount = Fields.amount(reader.key("amount"));
                yield new Mint(asset, to, amount, readReference(reader));
            }
            case BURN -> {
                Asset asset = Fields.asset(reader.key("asset"));
                Amount amount = Fields.amount(reader.key("amount"));
                yield new Burn(asset, amount, readReference(reader));
            }
            case TRANSFER -> {
                AccountId to = Fields.account(reader.key("to"));
                AccountId from = Fields.account(reader.key("from"));
                Asset asset = Fields.asset(reader.key("asset"));
                Amount amount = Fields.amount(reader.key("amount"));
                yield new Move(asset, from, to, amount, readReference(reader));
            }
            case RESERVE -> readReserve(reader);
            case POST -> {
                Optional<Amount> amount =
                        reader.optionalKey("amount")
                                ? Optional.of(Fields.amount(reader))
                                : Optional.empty();
                yield new PostPending(readPending(reader), amount);
            }
            case VOID -> new VoidPending(readPending(reader));
            default -> throw new IllegalStateException(kind);
        };
    }

    private static void writeSigners(CborWriter writer, AccountId account, SignerSet signers) {
        writer.key("account").bytes(account.bytes());
        signers.writeSigners(writer.key("signers"));
        writer.key("threshold").integer(signers.threshold());
    }

    private static SignerSet readSigners(CborReader reader) throws CborException {
        List<Signer> signers = SignerSet.readSigners(reader.key("signers"), MOST);
        return new SignerSet(signers, (int) reader.key("threshold").unsigned(Integer.MAX_VALUE));
    }

    private static void write(CborWriter writer, AccountId account, Delegation delegation) {
        writer.map(7).key("key").bytes(delegation.key().bytes());
        Fields.writeList(
                writer.key("kinds"), delegation.kinds(), (out, kind) -> out.text(kind.toString()));
        writer.key("until").integer(delegation.untilMillis());
        writer.key("period").integer(delegation.periodMillis());
        writer.key("account").bytes(account.bytes());
        Fields.writeList(
                writer.key("allowances"),
                delegation.allowances(),
                (out, allowance) -> allowance.writeAsked(out));
        Fields.writeList(
                writer.key("counterparties"),
                delegation.counterparties(),
                (out, id) -> out.bytes(id.bytes()));
    }

    private static Delegate readDelegate(CborReader reader) throws CborException {
        SignerKey key = Fields.key(reader.key("key"));
        List<DelegatedKind> kinds = Delegation.readKinds(reader.key("kinds"));
        long until = reader.key("until").integer();
        long period = reader.key("period").integer();
        AccountId account = readAccount(reader);
        List<Allowance> allowances =
                Fields.list(reader.key("allowances"), MOST, Allowance::readAsked);
        List<AccountId> counterparties =
                Fields.list(reader.key("counterparties"), MOST, Fields::account);
        return new Delegate(
                account, new Delegation(key, kinds, allowances, counterparties, period, until, 0));
    }

    private static void write(CborWriter writer, AccountId account, Optional<Guardians> guardians) {
        writer.map(guardians.isPresent() ? 4 : 1);
        guardians.ifPresent(each -> writer.key("delay").integer(each.delayMillis()));
        writer.key("account").bytes(account.bytes());
        guardians.ifPresent(each -> {
            Fields.writeList(
                    writer.key("guardians"), each.accounts(), (out, id) -> out.bytes(id.bytes()));
            writer.key("threshold").integer(each.threshold());
        });
    }

    private static SetGuardians readGuardians(CborReader reader) throws CborException {
        if (!reader.optionalKey("delay")) {
            return new SetGuardians(readAccount(reader), Optional.empty());
        }
        long delay = reader.integer();
        AccountId account = readAccount(reader);
        List<AccountId> accounts = Fields.list(reader.key("guardians"), MOST, Fields::account);
        int threshold = (int) reader.key("threshold").unsigned(Integer.MAX_VALUE);
        return new SetGuardians(account, Optional.of(new Guardians(accounts, threshold, delay)));
    }

    private static void write(CborWriter writer, Reserve reserve) {
        writer.map(reserve.arbiter().isPresent() ? 7 : 6);
        writer.key("to").bytes(reserve.to().bytes());
        writer.key("from").bytes(reserve.from().bytes());
        writeAmount(writer, reserve.asset(), reserve.amount());
        reserve.arbiter().ifPresent(account -> writer.key("arbiter").bytes(account.bytes()));
        writer.key("expires").integer(reserve.expiresMillis());
        writer.key("reference").bytes(reserve.reference().bytes());
    }

    private static Reserve readReserve(CborReader reader) throws CborException {
        AccountId to = Fields.account(reader.key("to"));
        AccountId from = Fields.account(reader.key("from"));
        Asset asset = Fields.asset(reader.key("asset"));
        Amount amount = Fields.amount(reader.key("amount"));
        Optional<AccountId> arbiter =
                reader.optionalKey("arbiter")
                        ? Optional.of(Fields.account(reader))
                        : Optional.empty();
        long expires = reader.key("expires").integer();
        return new Reserve(asset, from, to, amount, expires, arbiter, readReference(reader));
    }

    private static void writeAmount(CborWriter writer, Asset asset, Amount amount) {
        writer.key("asset").text(asset.code());
        writer.key("amount").integer(amount.units());
    }

    private static AccountId readAccount(CborReader reader) throws CborException {
        return Fields.account(reader.key("account"));
    }

    private static PendingId readPending(CborReader reader) throws CborException {
        return new PendingId(reader.key("pending").fixedBytes(PendingId.LENGTH));
    }

    private static Digest readReference(CborReader reader) throws CborException {
        return Fields.digest(reader.key("reference"));
    }
}
