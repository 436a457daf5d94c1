package mitoyen.ledger.energy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;

/// That a settler came to something else (LE-184, LE-187).
///
/// @param settler who
/// @param kind which root of a day; empty where it is about a month's claims
/// @param root what he came to instead: the root, or the hash of the claims
/// @param index of the first leaf or claim that differs, from 0; empty where he does not have the
///   other's
public record Objection(
        AccountId settler, Optional<SettledRoot> kind, Digest root, OptionalInt index) {
    /// Writes the one encoding.
    void write(CborWriter writer) {
        writer.map(2 + (kind.isPresent() ? 1 : 0) + (index.isPresent() ? 1 : 0));
        kind.ifPresent(each -> writer.key("kind").text(each.toString()));
        writer.key("root").bytes(root.bytes());
        index.ifPresent(at -> writer.key("index").integer(at));
        writer.key("settler").bytes(settler.bytes());
    }

    /// Reads what [#write] wrote.
    ///
    /// @param ofDay whether it is about a root of a day
    static Objection read(CborReader reader, boolean ofDay) throws CborException {
        reader.beginMap();
        Optional<SettledRoot> kind =
                ofDay ? Optional.of(readKind(reader.key("kind"))) : Optional.empty();
        Digest root = Fields.digest(reader.key("root"));
        OptionalInt index = readIndex(reader);
        AccountId settler = Fields.account(reader.key("settler"));
        reader.endMap();
        return new Objection(settler, kind, root, index);
    }

    /// Reads which root is meant.
    ///
    /// @throws CborException if it is none
    public static SettledRoot readKind(CborReader reader) throws CborException {
        int start = reader.offset();
        String name = reader.text(SettledRoot.ALLOCATIONS.toString().length());
        return SettledRoot.find(name)
                .orElseThrow(() -> new CborException(start, "neither readings nor allocations"));
    }

    /// Reads where something differs, if that is said.
    ///
    /// @throws CborException if it is no index
    public static OptionalInt readIndex(CborReader reader) throws CborException {
        return reader.optionalKey("index")
                ? OptionalInt.of((int) reader.unsigned(Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    /// The objections with one instead of what its settler said before.
    static List<Objection> with(List<Objection> all, Objection another) {
        List<Objection> changed = new ArrayList<>(without(all, another.settler));
        changed.add(another);
        changed.sort(Comparator.comparing(Objection::settler));
        return List.copyOf(changed);
    }

    /// The objections without what a settler said.
    static List<Objection> without(List<Objection> all, AccountId settler) {
        return all.stream().filter(each -> !each.settler.equals(settler)).toList();
    }

    static void writeAll(CborWriter writer, List<Objection> all) {
        Fields.writeList(writer, all, (out, each) -> each.write(out));
    }

    static List<Objection> readAll(CborReader reader, boolean ofDay) throws CborException {
        int start = reader.offset();
        List<Objection> all = Fields.list(reader, Settlers.MOST, each -> read(each, ofDay));
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i - 1).settler.compareTo(all.get(i).settler) >= 0) {
                throw new CborException(start, "a settler twice or out of order");
            }
        }
        return all;
    }
}
