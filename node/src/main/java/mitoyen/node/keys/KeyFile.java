package mitoyen.node.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.node.input.NamedFile;

/// A file of one key, readable by its owner only: what it is in plain sight, its seed sealed under
/// a passphrase, or bare where its owner asked for that.
///
/// ```
/// mitoyen key 1
/// public 64 hexadecimal digits
/// account mit1...
/// sealed argon2id m=65536 t=3 p=1 SALT aes-256-gcm NONCE CIPHERTEXT
/// ```
///
/// An Ed25519 key has 64 digits; one of P-256 has 66 and is its private number in the place of a
/// seed. The lines above the last and its parameters are bound to what is sealed: a file of which
/// any was changed does not open. A bare file ends in `seed` and 64 digits instead.
public final class KeyFile {
    private static final String HEADER = "mitoyen key 1";
    private static final int BYTE_LIMIT = 1 << 10;
    private static final Pattern PUBLIC =
            Pattern.compile("public ([0-9a-f]{64}|0[23][0-9a-f]{64})");
    private static final Pattern ACCOUNT = Pattern.compile("account (mit1[0-9a-z]{38})");
    private static final Pattern BARE = Pattern.compile("seed ([0-9a-f]{64})");
    private final Path file;
    private final List<String> lines;
    private final SignerKey key;
    private final AccountId account;

    private KeyFile(Path file, List<String> lines, SignerKey key, AccountId account) {
        this.file = file;
        this.lines = List.copyOf(lines);
        this.key = key;
        this.account = account;
    }

    /// Writes a new file.
    ///
    /// @param account that the key signs for
    /// @param passphrase what it is sealed under; bare if empty
    /// @throws IOException if there is a file already, or it cannot be written
    public static KeyFile create(
            Path file,
            SigningKey key,
            AccountId account,
            Optional<Passphrase> passphrase,
            SecureRandom chance,
            Disk disk)
            throws IOException {
        return create(file, key, account, passphrase, Stretching.STANDARD, chance, disk);
    }

    static KeyFile create(
            Path file,
            SigningKey key,
            AccountId account,
            Optional<Passphrase> passphrase,
            Stretching stretching,
            SecureRandom chance,
            Disk disk)
            throws IOException {
        String head = HEADER + "\npublic " + key.key() + "\naccount " + account + "\n";
        String secret =
                passphrase.isEmpty()
                        ? "seed " + key.seed().toHex()
                        : PassphraseSeal.seal(
                                head, key.seed().toBytes(), passphrase.get(), stretching, chance);
        byte[] content = (head + secret + "\n").getBytes(StandardCharsets.US_ASCII);
        createNew(file, content, disk);
        return read(file);
    }

    /// Writes a file of secrets where none is: whoever reads it later relies on its being the one
    /// that was told of.
    ///
    /// @throws IOException if there is a file already, also one that somebody made just now
    static void createNew(Path file, byte[] content, Disk disk) throws IOException {
        try {
            disk.createPrivate(file, out -> out.write(content));
        } catch (FileAlreadyExistsException there) {
            throw new IOException(
                    file + ": exists already; name another file, or move it away", there);
        }
    }

    /// Reads what a file says in plain sight.
    ///
    /// @throws IOException if it is no key file; the message names it and what to mend
    public static KeyFile read(Path file) throws IOException {
        List<String> lines = NamedFile.lines(file, BYTE_LIMIT);
        if (lines.size() != 4 || !lines.getFirst().equals(HEADER)) {
            throw new IOException(file + ": not a key file; name one that `key new` wrote");
        }
        Matcher shown = match(file, lines, 1, PUBLIC);
        Matcher named = match(file, lines, 2, ACCOUNT);
        if (!BARE.matcher(lines.get(3)).matches()
                && !PassphraseSeal.isLine(lines.get(3), Secret.LENGTH)) {
            throw notALine(file, 3);
        }
        try {
            return new KeyFile(
                    file,
                    lines,
                    new SignerKey(ByteString.parseHex(shown.group(1))),
                    AccountId.parse(named.group(1)));
        } catch (IllegalArgumentException mistyped) {
            throw new IOException(
                    file + ":3: the id " + mistyped.getMessage() + "; take it from a backup",
                    mistyped);
        }
    }

    /// Where it is.
    public Path file() {
        return file;
    }

    /// The public key.
    public SignerKey key() {
        return key;
    }

    /// The account that the key signs for, as whoever made the file said.
    public AccountId account() {
        return account;
    }

    /// Whether opening it takes a passphrase.
    public boolean isSealed() {
        return lines.get(3).startsWith("sealed ");
    }

    /// The key with its secret, from a bare file.
    ///
    /// @throws IOException if its seed is not that of its public key
    /// @throws IllegalStateException if it is sealed
    public SigningKey open() throws IOException {
        Matcher bare = BARE.matcher(lines.get(3));
        if (!bare.matches()) {
            throw new IllegalStateException(file + " is sealed");
        }
        return checked(HexFormat.of().parseHex(bare.group(1)));
    }

    /// The key with its secret, from a sealed file.
    ///
    /// @throws IOException if the passphrase is wrong, or the file was changed
    public SigningKey open(Passphrase passphrase) throws IOException {
        String head = String.join("\n", lines.subList(0, 3)) + "\n";
        return checked(PassphraseSeal.open(file, 4, head, lines.get(3), passphrase));
    }

    /// The bytes of the file, for who moves it.
    public byte[] toBytes() {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private SigningKey checked(byte[] seed) throws IOException {
        KeyKind kind = KeyKind.of(key);
        Secret secret = new Secret(seed);
        if (!kind.isSeed(secret) || !kind.keyOf(secret).equals(key)) {
            throw new IOException(file + ":2: not the public key of its seed; take a backup");
        }
        return new SigningKey(secret, kind);
    }

    private static Matcher match(Path file, List<String> lines, int index, Pattern form)
            throws IOException {
        Matcher matcher = form.matcher(lines.get(index));
        if (!matcher.matches()) {
            throw notALine(file, index);
        }
        return matcher;
    }

    private static IOException notALine(Path file, int index) {
        return new IOException(
                file + ":" + (index + 1) + ": not a key file's line; take it from a backup");
    }
}
