package mitoyen.node.keys;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// What someone remembers, and a key file is sealed under. It never prints itself.
///
/// The same words typed on another keyboard may be other characters (an accent in one or in two);
/// so they are brought to one form first (Unicode NFC).
public final class Passphrase {
    /// The fewest characters of one that something new is sealed under.
    public static final int FEWEST_CHARACTERS = 8;

    private final String text;

    /// @throws IllegalArgumentException if there is nothing in it
    public Passphrase(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the passphrase is empty");
        }
        this.text = Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /// Whether another one is the same.
    public boolean matches(Passphrase other) {
        return text.equals(other.text);
    }

    /// Whether it is long enough to be worth sealing under: eight characters.
    public boolean isLongEnough() {
        return text.codePointCount(0, text.length()) >= FEWEST_CHARACTERS;
    }

    /// The words themselves, for who seals something else under them.
    public String reveal() {
        return text;
    }

    byte[] toBytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Nothing of the passphrase.
    @Override
    public String toString() {
        return "passphrase";
    }
}
