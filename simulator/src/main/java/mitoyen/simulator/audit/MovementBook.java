package mitoyen.simulator.audit;

import static mitoyen.simulator.audit.AccountBook.done;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import mitoyen.simulator.audit.AccountBook.Circumstances;
import mitoyen.simulator.audit.Person.Delegated;

/// What moves, at once or in two phases, as LE-102, LE-103 and LE-111 have it.
final class MovementBook {
    private static final int BEYOND_DELEGATION = 12;
    private static final int DELEGATION_EXHAUSTED = 13;
    private static final int NOT_AUTHORISED = 11;
    private static final int VERIFICATION_REQUIRED = 14;

    private final AccountBook book;
    private final BookOfAccounts balances;

    MovementBook(AccountBook book, BookOfAccounts balances) {
        this.book = book;
        this.balances = balances;
    }

    OptionalInt move(Circumstances now, AccountTransaction.Move asked) {
        Spending spending =
                new Spending(
                        DelegatedKind.TRANSFER,
                        asked.asset(),
                        asked.from(),
                        asked.to(),
                        units(asked.amount()));
        Reasons reasons = begin(now, spending, Optional.empty());
        return done(
                end(reasons, spending),
                () -> {
                    spend(now, spending);
                    balances.transfer(
                            asked.asset(), asked.from(), asked.to(), units(asked.amount()));
                });
    }

    OptionalInt reserve(Circumstances now, AccountTransaction.Reserve asked) {
        Spending spending =
                new Spending(
                        DelegatedKind.RESERVE,
                        asked.asset(),
                        asked.from(),
                        asked.to(),
                        units(asked.amount()));
        long open =
                book.holds().values().stream()
                        .filter(hold -> hold.from().equals(asked.from()))
                        .count();
        long longest = now.limits().pendingMillis();
        Reasons reasons =
                begin(now, spending, asked.arbiter())
                        .unless(
                                23,
                                () ->
                                        asked.expiresMillis() > now.timeMillis()
                                                && asked.expiresMillis()
                                                        <= now.timeMillis() + longest)
                        .unless(24, () -> open < now.limits().pending());
        return done(
                end(reasons, spending),
                () -> {
                    spend(now, spending);
                    balances.reserve(
                            asked.asset(), asked.from(), asked.to(), units(asked.amount()));
                    book.hold(
                            name(now.content(), now.step()),
                            new Hold(
                                    asked.asset(),
                                    asked.from(),
                                    asked.to(),
                                    units(asked.amount()),
                                    asked.expiresMillis(),
                                    asked.arbiter()));
                });
    }

    OptionalInt post(Circumstances now, AccountTransaction.PostPending asked) {
        Optional<Hold> hold = find(now, asked.pending());
        Optional<BigInteger> part = asked.amount().map(MovementBook::units);
        OptionalInt reason =
                new Reasons()
                        .unless(2, () -> part.map(each -> each.signum() > 0).orElse(true))
                        .unless(10, hold::isPresent)
                        .found();
        if (reason.isPresent()) {
            return reason;
        }
        Hold held = hold.orElseThrow();
        BigInteger amount = part.orElse(held.amount());
        OptionalInt missing =
                consentOfAny(now, DelegatedKind.POST, held, amount.equals(held.amount()));
        if (missing.isPresent()) {
            return missing;
        }
        return done(
                new Reasons()
                        .unless(15, () -> isWhole(held.asset(), amount))
                        .unless(25, () -> amount.compareTo(held.amount()) <= 0),
                () -> {
                    release(asked.pending());
                    balances.transfer(held.asset(), held.from(), held.to(), amount);
                });
    }

    OptionalInt voidPending(Circumstances now, AccountTransaction.VoidPending asked) {
        Optional<Hold> hold = find(now, asked.pending());
        if (hold.isEmpty()) {
            return OptionalInt.of(10);
        }
        OptionalInt missing = consentOfAny(now, DelegatedKind.VOID, hold.orElseThrow(), false);
        if (missing.isEmpty()) {
            release(asked.pending());
        }
        return missing;
    }

    void release(PendingId id) {
        Hold hold = Optional.ofNullable(book.holds().get(id)).orElseThrow();
        balances.reserve(hold.asset(), hold.from(), hold.to(), hold.amount().negate());
        book.release(id);
    }

    OptionalInt mint(Circumstances now, AccountTransaction.Mint asked) {
        BigInteger amount = units(asked.amount());
        AccountId issuance = balances.issuance(asked.asset());
        Reasons reasons =
                new Reasons()
                        .unless(2, () -> amount.signum() > 0)
                        .unless(8, () -> book.isOpen(asked.to(), asked.asset()))
                        .unless(9, () -> book.assets().containsKey(asked.asset()));
        if (reasons.found().isPresent()) {
            return reasons.found();
        }
        AccountId issuer = book.terms(asked.asset()).issuer();
        Spending spending =
                new Spending(DelegatedKind.MINT, asked.asset(), issuer, asked.to(), amount);
        return done(
                consented(reasons, now, spending)
                        .unless(15, () -> isWhole(asked.asset(), amount))
                        .unless(
                                18,
                                () -> !book.get(asked.to()).closed() && !book.get(issuer).closed())
                        .unless(27, () -> balances.hasRoomFor(asked.asset(), amount))
                        .unless(
                                28,
                                () ->
                                        owed(issuance, asked.asset(), amount)
                                                        .compareTo(
                                                                units(
                                                                        book.terms(asked.asset())
                                                                                .cap()))
                                                <= 0),
                () -> {
                    spend(now, spending);
                    balances.transfer(asked.asset(), issuance, asked.to(), amount);
                });
    }

    OptionalInt burn(Circumstances now, AccountTransaction.Burn asked) {
        BigInteger amount = units(asked.amount());
        Reasons reasons =
                new Reasons()
                        .unless(2, () -> amount.signum() > 0)
                        .unless(9, () -> book.assets().containsKey(asked.asset()));
        if (reasons.found().isPresent()) {
            return reasons.found();
        }
        AccountId issuer = book.terms(asked.asset()).issuer();
        return done(
                reasons.unless(
                                11,
                                () ->
                                        !issuer.equals(balances.issuance(asked.asset()))
                                                && book.consents(now, issuer))
                        .unless(
                                VERIFICATION_REQUIRED,
                                () ->
                                        isVerifiedEnough(
                                                now,
                                                new Spending(
                                                        DelegatedKind.MINT,
                                                        asked.asset(),
                                                        issuer,
                                                        issuer,
                                                        amount)))
                        .unless(15, () -> isWhole(asked.asset(), amount))
                        .unless(18, () -> !book.get(issuer).closed())
                        .unless(26, () -> maySpend(issuer, asked.asset()))
                        .unless(27, () -> balances.hasRoomFor(asked.asset(), amount))
                        .unless(
                                29,
                                () ->
                                        owed(issuer, asked.asset(), amount).signum() <= 0
                                                && isOut(asked.asset(), amount)),
                () ->
                        balances.transfer(
                                asked.asset(), issuer, balances.issuance(asked.asset()), amount));
    }

    /// The rows up to a closed account.
    private Reasons begin(Circumstances now, Spending spending, Optional<AccountId> arbiter) {
        Reasons reasons =
                new Reasons()
                        .unless(
                                1,
                                () ->
                                        !spending.from.equals(spending.to)
                                                && arbiter.map(each ->
                                                                !each.equals(spending.from)
                                                                        && !each.equals(
                                                                                spending.to))
                                                        .orElse(true))
                        .unless(2, () -> spending.amount.signum() > 0)
                        .unless(
                                8,
                                () ->
                                        book.isOpen(spending.from, spending.asset)
                                                && book.isOpen(spending.to, spending.asset)
                                                && arbiter.map(each ->
                                                                book.people().containsKey(each))
                                                        .orElse(true))
                        .unless(9, () -> book.assets().containsKey(spending.asset));
        return consented(reasons, now, spending)
                .unless(15, () -> isWhole(spending.asset, spending.amount))
                .unless(
                        18,
                        () -> !book.get(spending.from).closed() && !book.get(spending.to).closed());
    }

    /// The rows from the limits on.
    private Reasons end(Reasons reasons, Spending spending) {
        return reasons.unless(26, () -> maySpend(spending.from, spending.asset))
                .unless(27, () -> balances.hasRoomFor(spending.asset, spending.amount))
                .unless(
                        29,
                        () ->
                                owed(spending.from, spending.asset, spending.amount)
                                                .compareTo(owing(spending.from, spending.asset))
                                        <= 0);
    }

    private Reasons consented(Reasons reasons, Circumstances now, Spending spending) {
        if (reasons.found().isEmpty()) {
            Consent consent = consent(now, spending, true);
            consent.missing.ifPresent(number -> reasons.unless(number, () -> false));
        }
        return reasons;
    }

    /// What a delegated key spends counts against its limit.
    private void spend(Circumstances now, Spending spending) {
        consent(now, spending, true)
                .by
                .ifPresent(key -> {
                    Person payer = book.get(spending.from);
                    Delegated held = Optional.ofNullable(payer.delegated().get(key)).orElseThrow();
                    book.put(
                            spending.from,
                            payer.with(
                                    key,
                                    held.spending(
                                            now.timeMillis(), spending.asset, spending.amount)));
                });
    }

    /// Whether an account consents, by whom, or the reason why it does not: the last in the table
    /// of those that its delegated keys give.
    private Consent consent(Circumstances now, Spending spending, boolean counts) {
        Person person = book.get(spending.from);
        boolean consents = person.consents(now.signed());
        if (consents && isVerifiedEnough(now, spending)) {
            return new Consent(OptionalInt.empty(), Optional.empty());
        }
        int reason = consents ? VERIFICATION_REQUIRED : NOT_AUTHORISED;
        for (Map.Entry<SignerKey, Delegated> entry : person.delegated().entrySet()) {
            SignerKey key = entry.getKey();
            if (!now.signed().plain().contains(key) || !person.isLive(key, now.timeMillis())) {
                continue;
            }
            Delegation terms = entry.getValue().terms();
            Optional<BigInteger> limit =
                    terms.allowances().stream()
                            .filter(each -> each.asset().equals(spending.asset))
                            .map(each -> units(each.limit()))
                            .findFirst();
            boolean covered =
                    terms.kinds().contains(spending.kind)
                            && limit.isPresent()
                            && (terms.counterparties().isEmpty()
                                    || terms.counterparties().contains(spending.to));
            if (!covered) {
                reason = Math.max(reason, BEYOND_DELEGATION);
                continue;
            }
            BigInteger spent = entry.getValue().spentAt(now.timeMillis(), spending.asset);
            if (!counts || spent.add(spending.amount).compareTo(limit.orElseThrow()) <= 0) {
                return new Consent(
                        OptionalInt.empty(), counts ? Optional.of(key) : Optional.empty());
            }
            reason = Math.max(reason, DELEGATION_EXHAUSTED);
        }
        return new Consent(OptionalInt.of(reason), Optional.empty());
    }

    /// Whether those who signed may consent to so much (LE-122).
    private boolean isVerifiedEnough(Circumstances now, Spending spending) {
        return spending.amount.compareTo(units(book.terms(spending.asset).verifyAbove())) <= 0
                || book.get(spending.from).consentsVerified(now.signed());
    }

    /// Why none of those who decide over a hold consents, as the payee does not.
    ///
    /// @param withPayer whether the payer's signers decide too
    private OptionalInt consentOfAny(
            Circumstances now, DelegatedKind kind, Hold hold, boolean withPayer) {
        OptionalInt ofPayee = missing(now, kind, hold, hold.to());
        boolean consented =
                ofPayee.isEmpty()
                        || hold.arbiter()
                                .map(each -> missing(now, kind, hold, each).isEmpty())
                                .orElse(false)
                        || (withPayer && book.consents(now, hold.from()));
        return consented ? OptionalInt.empty() : ofPayee;
    }

    private OptionalInt missing(
            Circumstances now, DelegatedKind kind, Hold hold, AccountId deciding) {
        Spending nothing = new Spending(kind, hold.asset(), deciding, hold.from(), BigInteger.ZERO);
        return consent(now, nothing, false).missing;
    }

    /// Whether so much was minted and not burnt.
    private boolean isOut(Asset asset, BigInteger amount) {
        BookOfAccounts.Moved issued = balances.moved(balances.issuance(asset), asset);
        return issued.debits().subtract(issued.credits()).compareTo(amount) >= 0;
    }

    private Optional<Hold> find(Circumstances now, PendingId id) {
        return Optional.ofNullable(book.holds().get(id))
                .filter(hold -> now.timeMillis() < hold.expires());
    }

    private boolean isWhole(Asset asset, BigInteger amount) {
        return amount.mod(units(book.terms(asset).step())).signum() == 0;
    }

    private boolean maySpend(AccountId account, Asset asset) {
        return !book.limit(account, book.terms(asset)).onlyReceives();
    }

    private BigInteger owing(AccountId account, Asset asset) {
        return units(book.limit(account, book.terms(asset)).owing());
    }

    /// What an account would owe after it paid; negative where something is left.
    private BigInteger owed(AccountId account, Asset asset, BigInteger amount) {
        return amount.subtract(balances.moved(account, asset).available());
    }

    private static BigInteger units(Amount amount) {
        return BigInteger.valueOf(amount.units());
    }

    /// LE-103.
    private static PendingId name(Digest content, int step) {
        byte[] hash =
                Sha256.of(
                                "mitoyen pending\n".getBytes(StandardCharsets.US_ASCII),
                                content.toBytes(),
                                ByteBuffer.allocate(Integer.BYTES).putInt(step).array())
                        .toBytes();
        return new PendingId(ByteString.of(hash, 0, PendingId.LENGTH));
    }

    /// What is to be spent, or decided over.
    private record Spending(
            DelegatedKind kind, Asset asset, AccountId from, AccountId to, BigInteger amount) {}

    private record Consent(OptionalInt missing, Optional<SignerKey> by) {}
}
