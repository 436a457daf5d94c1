package mitoyen.ledger.energy;

import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// Settlers who agree to something.
///
/// @param settlers by strictly rising id
record Voices(List<AccountId> settlers) {
    static final Voices NONE = new Voices(List.of());

    Voices {
        settlers = List.copyOf(settlers);
    }

    boolean include(AccountId settler) {
        return settlers.contains(settler);
    }

    int count() {
        return settlers.size();
    }

    Voices with(AccountId settler) {
        if (include(settler)) {
            return this;
        }
        List<AccountId> more = new ArrayList<>(settlers);
        more.add(settler);
        more.sort(AccountId::compareTo);
        return new Voices(more);
    }

    Voices without(AccountId settler) {
        return new Voices(settlers.stream().filter(each -> !each.equals(settler)).toList());
    }

    void write(CborWriter writer) {
        Fields.writeList(writer, settlers, (out, settler) -> out.bytes(settler.bytes()));
    }

    static Voices read(CborReader reader) throws CborException {
        int start = reader.offset();
        List<AccountId> settlers = Fields.list(reader, Settlers.MOST, Fields::account);
        for (int i = 1; i < settlers.size(); i++) {
            if (settlers.get(i - 1).compareTo(settlers.get(i)) >= 0) {
                throw new CborException(start, "a settler twice or out of order");
            }
        }
        return new Voices(settlers);
    }
}
