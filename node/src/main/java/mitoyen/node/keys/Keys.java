package mitoyen.node.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.input.NamedFile;

/// The folder `keys/`: a file for the community and one for each member, readable by the owner
/// only.
///
/// They are made before anything else is written, so that the same keys and the same input always
/// give the same ledger, whenever the program was killed on the way.
public final class Keys {
    private static final String COMMUNITY_HEADER = "mitoyen community keys 1";
    private static final String MEMBER_HEADER = "mitoyen member keys 1";
    private static final int BYTE_LIMIT = 1 << 10;

    private final CommunityKeys community;
    private final SortedMap<String, MemberKeys> members;

    private Keys(CommunityKeys community, SortedMap<String, MemberKeys> members) {
        this.community = community;
        this.members = members;
    }

    /// The keys of a folder, with those that were missing made and written.
    ///
    /// @param folder `keys/`; made if absent
    /// @param memberIds who must have keys
    /// @param chance where new secrets come from
    public static Keys ensure(
            Path folder, Collection<String> memberIds, Disk disk, SecureRandom chance)
            throws IOException {
        disk.createDirectories(folder.resolve("members"));
        if (!Files.exists(communityFile(folder))) {
            disk.replacePrivate(
                    communityFile(folder),
                    content(COMMUNITY_HEADER, fresh(chance, "signing", "vault", "salt")));
        }
        SortedMap<Path, Disk.Content> members = new TreeMap<>();
        for (String member : memberIds) {
            Path file = memberFile(folder, member);
            if (!Files.exists(file)) {
                members.put(file, content(MEMBER_HEADER, fresh(chance, "vault", "salt")));
            }
        }
        disk.replaceAllPrivate(members);
        return find(folder).orElseThrow(() -> new IOException(folder + ": the keys vanished"));
    }

    /// Takes over the salts that a community's settlers share. What seals this folder's own vault
    /// is made here and shared with nobody. Nothing is written where a salt that is there is
    /// another.
    ///
    /// @param folder `keys/`; made if absent
    /// @param salt the community's
    /// @param members the salt of each member, by id; of those that are not named nothing changes
    /// @param chance where new secrets come from
    /// @throws IOException if the folder has another salt of the community or of a member
    public static Keys adopt(
            Path folder, Secret salt, Map<String, Secret> members, Disk disk, SecureRandom chance)
            throws IOException {
        Optional<Keys> before = find(folder);
        if (before.isPresent()) {
            require(before.get().community.salt().equals(salt), communityFile(folder));
        }
        SortedMap<Path, Disk.Content> fresh = new TreeMap<>();
        for (Map.Entry<String, Secret> member : members.entrySet()) {
            Path file = memberFile(folder, member.getKey());
            Optional<MemberKeys> there = before.map(keys -> keys.members.get(member.getKey()));
            if (there.isPresent()) {
                require(there.get().salt().equals(member.getValue()), file);
            } else {
                fresh.put(file, content(MEMBER_HEADER, salted(chance, member.getValue(), "vault")));
            }
        }
        disk.createDirectories(folder.resolve("members"));
        disk.replaceAllPrivate(fresh);
        if (before.isEmpty()) {
            disk.replacePrivate(
                    communityFile(folder),
                    content(COMMUNITY_HEADER, salted(chance, salt, "signing", "vault")));
        }
        return find(folder).orElseThrow(() -> new IOException(folder + ": the keys vanished"));
    }

    /// The keys of a folder, or nothing where it has no community's key.
    ///
    /// @throws IOException if a file is not what [#ensure] writes; the message names it
    public static Optional<Keys> find(Path folder) throws IOException {
        if (!Files.exists(communityFile(folder))) {
            return Optional.empty();
        }
        Map<String, Secret> community =
                read(communityFile(folder), COMMUNITY_HEADER, List.of("signing", "vault", "salt"));
        SortedMap<String, MemberKeys> members = new TreeMap<>();
        if (Files.isDirectory(folder.resolve("members"))) {
            try (var files = Files.newDirectoryStream(folder.resolve("members"), "*.key")) {
                for (Path file : files) {
                    Map<String, Secret> keys = read(file, MEMBER_HEADER, List.of("vault", "salt"));
                    String name = file.getFileName().toString();
                    members.put(
                            name.substring(0, name.length() - ".key".length()),
                            new MemberKeys(secret(keys, "vault"), secret(keys, "salt")));
                }
            }
        }
        return Optional.of(
                new Keys(
                        new CommunityKeys(
                                secret(community, "signing"),
                                secret(community, "vault"),
                                secret(community, "salt")),
                        members));
    }

    /// The community's keys.
    public CommunityKeys community() {
        return community;
    }

    /// The keys of every member by id, but of those whose keys were destroyed.
    public SortedMap<String, MemberKeys> members() {
        return Collections.unmodifiableSortedMap(members);
    }

    /// A member's keys.
    ///
    /// @throws IOException if they are not in the folder
    public MemberKeys getMember(String id) throws IOException {
        MemberKeys keys = members.get(id);
        if (keys == null) {
            throw new IOException(
                    "keys/members/" + id + ".key: missing; restore it from a backup of keys/");
        }
        return keys;
    }

    private static void require(boolean same, Path file) throws IOException {
        if (!same) {
            throw new IOException(
                    file
                            + ": holds another salt; these keys are of another community, or were"
                            + " made twice: take them from one settler alone");
        }
    }

    /// Where the keys of the community lie.
    public static Path communityFile(Path folder) {
        return folder.resolve("community.key");
    }

    private static Path memberFile(Path folder, String member) {
        return folder.resolve("members").resolve(member + ".key");
    }

    private static SequencedMap<String, Secret> fresh(SecureRandom chance, String... names) {
        SequencedMap<String, Secret> secrets = new LinkedHashMap<>();
        for (String name : names) {
            byte[] bytes = new byte[Secret.LENGTH];
            chance.nextBytes(bytes);
            secrets.put(name, new Secret(bytes));
        }
        return secrets;
    }

    /// Fresh secrets, and the salt behind them.
    private static SequencedMap<String, Secret> salted(
            SecureRandom chance, Secret salt, String... names) {
        SequencedMap<String, Secret> secrets = fresh(chance, names);
        secrets.put("salt", salt);
        return secrets;
    }

    private static Disk.Content content(String header, SequencedMap<String, Secret> secrets) {
        StringBuilder text = new StringBuilder(header).append('\n');
        secrets.forEach((name, secret) ->
                text.append(name).append(' ').append(secret.toHex()).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        return out -> out.write(bytes);
    }

    private static Map<String, Secret> read(Path file, String header, List<String> names)
            throws IOException {
        List<String> lines = lines(file);
        if (lines.size() != names.size() + 1 || !lines.getFirst().equals(header)) {
            throw new IOException(file + ": not a key file; restore it from a backup of keys/");
        }
        Map<String, Secret> secrets = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String line = lines.get(i + 1);
            if (!line.matches(name + " [0-9a-f]{64}")) {
                throw new IOException(
                        file
                                + ":"
                                + (i + 2)
                                + ": not '"
                                + name
                                + "' and 64 hexadecimal digits;"
                                + " restore it from a backup of keys/");
            }
            secrets.put(
                    name,
                    new Secret(HexFormat.of().parseHex(line, name.length() + 1, line.length())));
        }
        return secrets;
    }

    /// The lines of a key file; none where it is not a file or longer than any that [#write] makes.
    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        return NamedFile.lines(file, BYTE_LIMIT);
    }

    private static Secret secret(Map<String, Secret> secrets, String name) {
        Secret secret = secrets.get(name);
        if (secret == null) {
            throw new IllegalStateException("no secret named " + name);
        }
        return secret;
    }
}
