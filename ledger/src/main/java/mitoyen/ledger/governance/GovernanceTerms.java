package mitoyen.ledger.governance;

import java.util.List;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// Who orders a ledger that several nodes share, as its genesis says it (LE-170, LE-171).
///
/// @param council who signs for the account that alone changes validators, at most 64 keys
/// @param validators the first ones, by rising key, 1 to 128
public record GovernanceTerms(SignerSet council, List<Validator> validators) {
    /// The most keys that sign for the council.
    public static final int MOST_SIGNERS = 64;

    public GovernanceTerms {
        validators = List.copyOf(validators);
        if (!isValid(council, validators)) {
            throw new IllegalArgumentException("a council or validators out of order or range");
        }
    }

    /// The council's account.
    public AccountId councilAccount() {
        return AccountId.council(council);
    }

    /// Writes the validators; the council is a field beside them.
    public void writeValidators(CborWriter writer) {
        Fields.writeList(writer, validators, (out, validator) -> validator.write(out));
    }

    /// Reads what [#writeValidators] wrote.
    ///
    /// @throws CborException if they are none
    public static List<Validator> readValidators(CborReader reader) throws CborException {
        return Fields.list(reader, Validator.MOST, Validator::read);
    }

    /// Whether the council could be an account's signers, and each validator is there once, in
    /// order.
    public static boolean isValid(SignerSet council, List<Validator> validators) {
        for (int i = 1; i < validators.size(); i++) {
            if (validators.get(i - 1).key().compareTo(validators.get(i).key()) >= 0) {
                return false;
            }
        }
        return council.isValid(MOST_SIGNERS)
                && !validators.isEmpty()
                && validators.size() <= Validator.MOST;
    }
}
