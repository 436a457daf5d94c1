package mitoyen.simulator.browser;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Allowance;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Recovery;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.Objection;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.quantity.Money;

/// The longest values that a state can hold within the bounds of LE-151 and LE-185: every list is
/// full, and every number takes as many bytes as it can.
final class LargestEntries {
    /// What an account keeps of anything (LE-151).
    private static final int MOST = 64;

    private static final AccountId ACCOUNT = account(0);
    private static final String COMMUNITY = "c".repeat(40);
    private static final String MONTH = "2025-10";

    private final StateMachine machine =
            new StateMachine(new Genesis("largest", plainKey(), 2, Parameters.STANDARD, List.of()));
    private State state = machine.initialState();

    private LargestEntries() {}

    /// Where an entry stands.
    record Place(StatePart part, ByteString key) {}

    static final Place HOLDER = new Place(StatePart.HOLDERS, ACCOUNT.bytes());
    static final Place CLAIM =
            new Place(StatePart.OPEN_CLAIMS, OpenClaim.key(COMMUNITY, MONTH, ACCOUNT));

    /// A state that holds them.
    static State state() {
        LargestEntries largest = new LargestEntries();
        largest.addHolder();
        largest.addClaim();
        return largest.state;
    }

    private void addHolder() {
        SignerSet signers =
                new SignerSet(
                        many(place ->
                                new Signer(
                                        key(place), Signer.MAX_WEIGHT, Optional.of(Sha256.of()))),
                        MOST * Signer.MAX_WEIGHT);
        List<SignerKey> keys = many(LargestEntries::key);
        List<AccountId> accounts = many(LargestEntries::account);
        apply(new AccountEvent.AccountOpened(ACCOUNT, signers));
        apply(
                new AccountEvent.GuardiansSet(
                        ACCOUNT, Optional.of(new Guardians(accounts, MOST, Long.MAX_VALUE))));
        apply(new AccountEvent.RecoveryBegun(ACCOUNT, new Recovery(keys, signers, Long.MAX_VALUE)));
        List<Allowance> allowances = many(LargestEntries::allowance);
        for (SignerKey key : keys) {
            apply(
                    new AccountEvent.Delegated(
                            ACCOUNT,
                            new Delegation(
                                    key,
                                    Arrays.asList(DelegatedKind.values()),
                                    allowances,
                                    accounts,
                                    Long.MAX_VALUE,
                                    Long.MAX_VALUE,
                                    Long.MAX_VALUE)));
        }
    }

    private void addClaim() {
        List<Claim> claims =
                IntStream.range(0, OpenClaim.MOST_CLAIMS)
                        .mapToObj(place -> new Claim(account(place), new Money(Long.MIN_VALUE)))
                        .toList();
        ClaimMonth claim =
                new ClaimMonth(COMMUNITY, MONTH, Integer.MAX_VALUE, Long.MAX_VALUE, claims);
        apply(new EnergyEvent.ClaimProposed(ACCOUNT, claim, Long.MAX_VALUE));
        Digest root = Sha256.of();
        for (int settler = 0; settler < Settlers.MOST; settler++) {
            Objection objection =
                    new Objection(
                            account(settler),
                            Optional.empty(),
                            root,
                            OptionalInt.of(Integer.MAX_VALUE));
            apply(new EnergyEvent.ClaimObjected(COMMUNITY, MONTH, ACCOUNT, objection));
        }
    }

    private void apply(AccountEvent event) {
        state = machine.apply(state, new Event.Account(event));
    }

    private void apply(EnergyEvent event) {
        state = machine.apply(state, new Event.Energy(event));
    }

    private static <T> List<T> many(IntFunction<T> at) {
        return IntStream.range(0, MOST).mapToObj(at).toList();
    }

    private static Allowance allowance(int place) {
        Amount most = new Amount(Long.MAX_VALUE);
        return new Allowance(new Asset("LONGEST-NAMED-%02d".formatted(place)), most, most);
    }

    private static AccountId account(int place) {
        return new AccountId(numbered(AccountId.LENGTH, place));
    }

    private static SignerKey key(int place) {
        return new SignerKey(numbered(SignerKey.P256_LENGTH, place));
    }

    private static SignerKey plainKey() {
        return new SignerKey(numbered(SignerKey.LENGTH, 0));
    }

    private static ByteString numbered(int length, int number) {
        byte[] bytes = new byte[length];
        ByteBuffer.wrap(bytes).put((byte) 2).putInt(number);
        return ByteString.of(bytes);
    }
}
