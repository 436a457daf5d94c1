package mitoyen.ledger.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// Who stands behind an account: who signs for it, and who may help (LE-101).
///
/// @param id the account
/// @param signers who signs
/// @param delegations keys that may do a little, by rising key
/// @param guardians who may replace the signers
/// @param recovery what guardians asked for and is not due yet
/// @param closed whether nothing goes from or to it any more
public record Holder(
        AccountId id,
        SignerSet signers,
        List<Delegation> delegations,
        Optional<Guardians> guardians,
        Optional<Recovery> recovery,
        boolean closed) {
    private static final int MOST = 64;
    private static final int DEPTH = 5;

    public Holder {
        delegations = List.copyOf(delegations);
    }

    /// An account that was just opened.
    public static Holder opened(AccountId id, SignerSet signers) {
        return new Holder(id, signers, List.of(), Optional.empty(), Optional.empty(), false);
    }

    /// The delegation of a key.
    Optional<Delegation> findDelegation(SignerKey key) {
        return delegations.stream().filter(each -> each.key().equals(key)).findFirst();
    }

    Holder withSigners(SignerSet changed) {
        return new Holder(id, changed, delegations, guardians, recovery, closed);
    }

    /// With this delegation instead of the one of the same key, if any.
    Holder with(Delegation delegation) {
        List<Delegation> changed = new ArrayList<>(without(delegation.key()).delegations);
        int place = 0;
        while (place < changed.size() && changed.get(place).key().compareTo(delegation.key()) < 0) {
            place++;
        }
        changed.add(place, delegation);
        return new Holder(id, signers, changed, guardians, recovery, closed);
    }

    Holder without(SignerKey key) {
        List<Delegation> left =
                delegations.stream().filter(each -> !each.key().equals(key)).toList();
        return new Holder(id, signers, left, guardians, recovery, closed);
    }

    Holder withGuardians(Optional<Guardians> changed) {
        return new Holder(id, signers, delegations, changed, recovery, closed);
    }

    Holder withRecovery(Optional<Recovery> changed) {
        return new Holder(id, signers, delegations, guardians, changed, closed);
    }

    Holder close() {
        return new Holder(id, signers, delegations, guardians, recovery, true);
    }

    /// The key that it stands under in the state (LE-104).
    public ByteString key() {
        return id.bytes();
    }

    /// The bytes that stand for it in the state's root (LE-104).
    public byte[] toCbor() {
        int entries = 5 + (recovery.isPresent() ? 1 : 0) + (guardians.isPresent() ? 1 : 0);
        CborWriter writer = new CborWriter().map(entries);
        writer.key("id").bytes(id.bytes());
        writer.key("closed").bool(closed);
        signers.writeSigners(writer.key("signers"));
        recovery.ifPresent(each -> each.write(writer.key("recovery")));
        guardians.ifPresent(each -> each.write(writer.key("guardians")));
        writer.key("threshold").integer(signers.threshold());
        Fields.writeList(writer.key("delegations"), delegations, (out, each) -> each.write(out));
        return writer.toBytes();
    }

    /// What [#toCbor] wrote.
    ///
    /// @throws CborException if the bytes are no account's
    public static Holder fromCbor(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        AccountId id = Fields.account(reader.key("id"));
        boolean closed = reader.key("closed").bool();
        List<Signer> signers = SignerSet.readSigners(reader.key("signers"), MOST);
        Optional<Recovery> recovery =
                reader.optionalKey("recovery")
                        ? Optional.of(Recovery.read(reader))
                        : Optional.empty();
        Optional<Guardians> guardians =
                reader.optionalKey("guardians")
                        ? Optional.of(Guardians.read(reader))
                        : Optional.empty();
        int threshold = (int) reader.key("threshold").unsigned(Integer.MAX_VALUE);
        List<Delegation> delegations =
                Fields.list(reader.key("delegations"), MOST, Delegation::read);
        reader.endMap();
        reader.end();
        SignerSet set = new SignerSet(signers, threshold);
        return new Holder(id, set, delegations, guardians, recovery, closed);
    }
}
