package mitoyen.node.keys;

import java.util.Arrays;
import java.util.HexFormat;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;

/// A member's keys. Whoever destroys them makes his sealed readings unreadable and his commitments
/// impossible to open, on this node and in every backup that holds none of them.
public final class MemberKeys {
    /// The length of a pseudonym [bytes]: an account's name on the ledger.
    public static final int PSEUDONYM_LENGTH = 20;

    private final Secret vault;
    private final Secret salt;
    private final byte[] pseudonym;
    private final String pseudonymHex;
    private final AccountId account;

    /// The keys made of two secrets that have nothing to do with each other.
    public MemberKeys(Secret vault, Secret salt) {
        this.vault = vault;
        this.salt = salt;
        this.pseudonym = Arrays.copyOf(salt.derive("mitoyen pseudonym energy"), PSEUDONYM_LENGTH);
        this.pseudonymHex = HexFormat.of().formatHex(pseudonym);
        this.account = new AccountId(ByteString.of(pseudonym));
    }

    /// What seals all that the vault keeps of him.
    public Secret vault() {
        return vault;
    }

    /// What salts his leaves on the ledger and makes his pseudonym; kept apart from the vault's key
    /// so that one can be handed to a checker without the other.
    public Secret salt() {
        return salt;
    }

    /// The member's name on the energy ledger: unlinkable without the salt key. A copy.
    public byte[] pseudonym() {
        return pseudonym.clone();
    }

    /// The pseudonym in hexadecimal.
    public String pseudonymHex() {
        return pseudonymHex;
    }

    /// The account of that name.
    public AccountId account() {
        return account;
    }
}
