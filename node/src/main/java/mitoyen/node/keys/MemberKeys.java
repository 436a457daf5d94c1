package mitoyen.node.keys;

import java.util.Arrays;
import java.util.HexFormat;

/// A member's keys. Whoever destroys them makes his sealed readings unreadable and his commitments
/// impossible to open, on this node and in every backup that holds none of them.
///
/// @param vault seals what the vault keeps of him
/// @param salt salts his leaves on the ledger and makes his pseudonym; kept apart from the vault's
///   key so that one can be handed to a checker without the other
public record MemberKeys(Secret vault, Secret salt) {
    /// The length of a pseudonym [bytes]: an account's name on the ledger.
    public static final int PSEUDONYM_LENGTH = 20;

    /// The member's name on the energy ledger: unlinkable without the salt key.
    public byte[] pseudonym() {
        return Arrays.copyOf(salt.derive("mitoyen pseudonym energy"), PSEUDONYM_LENGTH);
    }

    /// The pseudonym in hexadecimal.
    public String pseudonymHex() {
        return HexFormat.of().formatHex(pseudonym());
    }
}
