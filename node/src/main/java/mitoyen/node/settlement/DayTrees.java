package mitoyen.node.settlement;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.energy.SharingKey;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Hmac;
import mitoyen.ledger.wire.DayLeaf;
import mitoyen.ledger.wire.DayLeaves;
import mitoyen.ledger.wire.DayTree;
import mitoyen.ledger.wire.MemberReadings;
import mitoyen.ledger.wire.MemberSecrets;
import mitoyen.node.books.SettledDay;
import mitoyen.node.keys.Keys;
import mitoyen.node.keys.MemberKeys;
import mitoyen.node.vault.VaultDay;
import org.jspecify.annotations.Nullable;

/// The two Merkle trees of a settled day: a leaf for each member with a meter, of what was measured
/// and of what was shared. Their roots go on the ledger, the readings' leaves into the vault.
///
/// @param day the day
/// @param readings the tree of what was measured
/// @param allocations the tree of what was shared
public record DayTrees(SettledDay day, DayTree readings, DayTree allocations) {
    /// The trees of a day.
    ///
    /// @throws IOException if the keys of a member with a meter are missing
    public static DayTrees of(SettledDay day, Keys keys) throws IOException {
        Roster roster = day.roster();
        DayLeaves leaves =
                new DayLeaves(
                        day.terms().community(),
                        day.date(),
                        roster,
                        secrets(day.terms(), roster, keys));
        return new DayTrees(
                day, leaves.readings(day.readings()), leaves.allocations(day.allocation()));
    }

    /// The day as the vault keeps it.
    ///
    /// @param terms the commitment to the terms in force
    VaultDay toVault(Digest terms, Keys keys) throws IOException {
        SortedMap<String, VaultDay.Leaf> leaves = new TreeMap<>();
        for (DayLeaf leaf : readings.leaves()) {
            MemberKeys member = keys.getMember(day.terms().members().get(leaf.member()).id());
            leaves.put(member.pseudonymHex(), new VaultDay.Leaf(leaf.content().toBytes()));
        }
        return new VaultDay(
                day.date(),
                day.revision(),
                terms,
                day.startMillis(),
                day.endMillis(),
                day.readings().intervals(),
                day.missing(),
                day.outside(),
                leaves);
    }

    /// The readings of a day from the vault.
    ///
    /// @throws IOException if a member's leaf is missing or damaged
    static DayReadings join(Terms terms, VaultDay stored, Keys keys) throws IOException {
        Roster roster = terms.rosterOn(stored.date());
        if (roster.meterCount() == 0) {
            long[] none = {};
            return new DayReadings(stored.intervals(), 0, none, none, splitOfNobody(terms));
        }
        SortedMap<Integer, MemberReadings> byMember = new TreeMap<>();
        for (int place = 0; place < roster.meterCount(); place++) {
            int member = roster.ownerOf(place);
            if (!byMember.containsKey(member)) {
                byMember.put(member, find(terms.members().get(member), stored, keys));
            }
        }
        return MemberReadings.join(roster, byMember);
    }

    private static Optional<DayAllocation> splitOfNobody(Terms terms) {
        return terms.key() instanceof SharingKey.FromOperator
                ? Optional.of(new DayAllocation(new long[0], new long[0]))
                : Optional.empty();
    }

    private static MemberReadings find(Member member, VaultDay stored, Keys keys)
            throws IOException {
        String pseudonym = keys.getMember(member.id()).pseudonymHex();
        VaultDay.Leaf leaf = stored.leaves().get(pseudonym);
        if (leaf == null) {
            throw new IOException("the vault lacks a member's readings of " + stored.date());
        }
        try {
            return MemberReadings.decode(ByteString.of(leaf.bytes()));
        } catch (CborException malformed) {
            throw new IOException(
                    "a member's readings of " + stored.date() + " are damaged", malformed);
        }
    }

    private static MemberSecrets secrets(Terms terms, Roster roster, Keys keys) throws IOException {
        @Nullable MemberKeys[] ofMember = new @Nullable MemberKeys[terms.members().size()];
        for (Roster.Place place : roster.places()) {
            ofMember[place.member()] = keys.getMember(terms.members().get(place.member()).id());
        }
        return new Secrets(ofMember);
    }

    /// The keys of those with a meter, by member. Not a record: it takes over the array.
    private static final class Secrets implements MemberSecrets {
        private final @Nullable MemberKeys[] ofMember;

        private Secrets(@Nullable MemberKeys[] ofMember) {
            this.ofMember = ofMember;
        }

        @Override
        public AccountId pseudonym(int member) {
            return keyOf(member).account();
        }

        @Override
        public byte[] saltKey(int member) {
            return keyOf(member).salt().toBytes();
        }

        @Override
        public Hmac salts(int member) {
            return keyOf(member).salt().hmac();
        }

        private MemberKeys keyOf(int member) {
            MemberKeys found = ofMember[member];
            if (found == null) {
                throw new IllegalStateException("a member without a meter has no leaf");
            }
            return found;
        }
    }
}
