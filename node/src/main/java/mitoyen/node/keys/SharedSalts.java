package mitoyen.node.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.node.input.NamedFile;

/// What the settlers of a community share so that all of them come to the same roots: the salts of
/// the community and of its members, and the community as it was founded. A file of it is sealed
/// under a passphrase, or bare where its owner asked for that.
///
/// ```
/// mitoyen settlers 1
/// community lilas
/// sealed argon2id m=65536 t=3 p=1 SALT aes-256-gcm NONCE CIPHERTEXT
/// ```
///
/// What seals a vault is in none: each settler makes that himself.
public final class SharedSalts {
    private static final String HEADER = "mitoyen settlers 1";
    private static final Pattern COMMUNITY = Pattern.compile("community ([a-z0-9-]{1,40})");
    private static final Pattern BARE = Pattern.compile("bare ([0-9a-f]+)");
    private static final int BYTE_LIMIT = 1 << 26;
    private static final int MOST_MEMBERS = 1 << 16;
    private static final int LONGEST_ID = 40;

    /// Of a member, as in the community's file: it becomes the name of a file of keys.
    private static final Pattern ID = Pattern.compile("[a-z0-9-]+");

    private static final int DEPTH = 3;

    private final String name;
    private final Secret salt;
    private final SortedMap<String, Secret> members;
    private final ByteString founded;

    private SharedSalts(
            String name, Secret salt, SortedMap<String, Secret> members, ByteString founded) {
        this.name = name;
        this.salt = salt;
        this.members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        this.founded = founded;
    }

    /// New salts.
    ///
    /// @param name the community's id
    /// @param members the ids of those who need one
    /// @param founded the community as it is founded, in bytes
    public static SharedSalts fresh(
            String name, Collection<String> members, byte[] founded, SecureRandom chance) {
        return new SharedSalts(name, secret(chance), new TreeMap<>(), ByteString.of(founded))
                .with(members, chance);
    }

    /// The same, with salts of those who have none yet.
    public SharedSalts with(Collection<String> ids, SecureRandom chance) {
        SortedMap<String, Secret> more = new TreeMap<>(members);
        ids.forEach(id -> more.computeIfAbsent(id, _ -> secret(chance)));
        return new SharedSalts(name, salt, more, founded);
    }

    /// The community's id.
    public String name() {
        return name;
    }

    /// The community's salt.
    public Secret salt() {
        return salt;
    }

    /// The salts of the members, by id.
    public SortedMap<String, Secret> members() {
        return members;
    }

    /// The community as it is founded, in bytes; a copy.
    public byte[] founded() {
        return founded.toBytes();
    }

    /// Writes a file.
    ///
    /// @param passphrase what it is sealed under; bare if empty
    /// @throws IOException if there is a file already, or it cannot be written
    public void create(Path file, Optional<Passphrase> passphrase, SecureRandom chance, Disk disk)
            throws IOException {
        String head = HEADER + "\ncommunity " + name + "\n";
        String line =
                passphrase.isEmpty()
                        ? "bare " + HexFormat.of().formatHex(encode())
                        : PassphraseSeal.seal(
                                head, encode(), passphrase.get(), Stretching.STANDARD, chance);
        byte[] text = (head + line + "\n").getBytes(StandardCharsets.US_ASCII);
        KeyFile.createNew(file, text, disk);
    }

    /// A file as it is, sealed or not.
    ///
    /// @throws IOException if it is none; the message names it and what to mend
    public static Sealed read(Path file) throws IOException {
        List<String> lines = NamedFile.lines(file, BYTE_LIMIT);
        if (lines.size() != 3 || !lines.getFirst().equals(HEADER)) {
            throw new IOException(file + ": not a settlers' file; name one of `settlers new`");
        }
        Matcher community = COMMUNITY.matcher(lines.get(1));
        if (!community.matches()) {
            throw new IOException(file + ":2: not a settlers' file's line; take it from a backup");
        }
        boolean bare = BARE.matcher(lines.get(2)).matches() && lines.get(2).length() % 2 == 1;
        if (!bare && !PassphraseSeal.isLine(lines.get(2))) {
            throw new IOException(file + ":3: not a settlers' file's line; take it from a backup");
        }
        return new Sealed(file, lines, community.group(1));
    }

    /// A file that was read and not opened yet.
    ///
    /// @param file where it is
    /// @param lines what is in it
    /// @param name the community's id
    public record Sealed(Path file, List<String> lines, String name) {
        public Sealed {
            lines = List.copyOf(lines);
        }

        /// Whether opening it takes a passphrase.
        public boolean isSealed() {
            return !BARE.matcher(lines.get(2)).matches();
        }

        /// What is in a bare file.
        ///
        /// @throws IOException if it is damaged
        /// @throws IllegalStateException if it is sealed
        public SharedSalts open() throws IOException {
            Matcher bare = BARE.matcher(lines.get(2));
            if (!bare.matches()) {
                throw new IllegalStateException(file + " is sealed");
            }
            return decode(file, name, HexFormat.of().parseHex(bare.group(1)));
        }

        /// What is in a sealed file.
        ///
        /// @throws IOException if the passphrase is wrong, or the file was changed
        public SharedSalts open(Passphrase passphrase) throws IOException {
            String head = String.join("\n", lines.subList(0, 2)) + "\n";
            return decode(file, name, PassphraseSeal.open(file, 3, head, lines.get(2), passphrase));
        }
    }

    private byte[] encode() {
        CborWriter writer = new CborWriter().map(3);
        writer.key("salt").bytes(ByteString.of(salt.toBytes()));
        writer.key("founded").bytes(founded);
        writer.key("members").array(members.size());
        members.forEach(
                (id, each) -> writer.array(2).text(id).bytes(ByteString.of(each.toBytes())));
        return writer.toBytes();
    }

    private static SharedSalts decode(Path file, String name, byte[] bytes) throws IOException {
        try {
            CborReader reader = new CborReader(bytes, DEPTH);
            reader.beginMap();
            Secret salt = secret(reader.key("salt"));
            ByteString founded = reader.key("founded").bytes(BYTE_LIMIT);
            int count = reader.key("members").beginArray(MOST_MEMBERS);
            SortedMap<String, Secret> members = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                reader.beginArray(2);
                String id = reader.text(LONGEST_ID);
                if (!ID.matcher(id).matches()) {
                    throw new IOException(file + ": names no member of a community: " + id);
                }
                members.put(id, secret(reader));
                reader.endArray();
            }
            reader.endArray();
            reader.endMap();
            reader.end();
            return new SharedSalts(name, salt, members, founded);
        } catch (CborException malformed) {
            throw new IOException(file + ": damaged; take it from a backup", malformed);
        }
    }

    private static Secret secret(CborReader reader) throws CborException {
        return new Secret(reader.fixedBytes(Secret.LENGTH).toBytes());
    }

    private static Secret secret(SecureRandom chance) {
        byte[] bytes = new byte[Secret.LENGTH];
        chance.nextBytes(bytes);
        return new Secret(bytes);
    }
}
