package mitoyen.node.testnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.node.cometbft.CometGenesis;
import mitoyen.node.cometbft.CometHome;
import mitoyen.node.cometbft.Participant;
import mitoyen.node.founding.Founding;
import mitoyen.node.keys.KeyFile;
import mitoyen.node.keys.SigningKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The files of a network of several nodes on one machine: keys, genesis, configurations. The keys
/// are bare, without passphrases: it is there to be tried.
///
/// @param folder of all of it
/// @param members its nodes, validators first
public record Testnet(Path folder, List<Member> members) {
    /// The power of each validator at the start.
    public static final long POWER = 10;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "testnet.json";
    private static final String FOUNDER = "founder.key";
    private static final int PORTS_A_MEMBER = 4;

    public Testnet {
        members = List.copyOf(members);
    }

    /// What a network is to be.
    ///
    /// @param alone what its ledger begins with, but for who orders it
    /// @param validators how many nodes vote, at least 1
    /// @param replicas how many more do not
    public record Plan(Genesis alone, int validators, int replicas) {}

    /// What a ledger begins with whose founder is new; his key is kept in the folder, which is
    /// made.
    ///
    /// @param name what it is called
    /// @param currency of claims between members, an asset from the start
    public static Genesis found(
            Path folder, String name, String currency, Disk disk, SecureRandom chance)
            throws IOException {
        disk.createDirectories(folder);
        SigningKey founder = SigningKey.fresh(chance);
        keep(folder.resolve(FOUNDER), founder, disk, chance);
        return new Genesis(
                name,
                founder.key(),
                Genesis.NEWEST_VERSION,
                Parameters.STANDARD,
                List.of(Founding.claims(currency, founder.key())));
    }

    /// Whether a folder holds a network.
    public static boolean isThere(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /// Makes a network. Its description is written last: what was begun and not finished is made
    /// anew.
    ///
    /// @param binary CometBFT's program
    /// @param chance where keys come from
    public static Testnet create(
            Path folder, Plan plan, Path binary, Disk disk, SecureRandom chance)
            throws IOException {
        Path home = folder.toAbsolutePath().normalize();
        int count = plan.validators() + plan.replicas();
        List<Integer> ports = FreePorts.find(PORTS_A_MEMBER * count, chance.nextLong());
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = PORTS_A_MEMBER * i;
            members.add(
                    new Member(
                            home.resolve("node" + (i + 1)),
                            i < plan.validators(),
                            ports.get(at),
                            ports.get(at + 1),
                            ports.get(at + 2),
                            ports.get(at + 3)));
        }
        Testnet testnet = new Testnet(home, members);
        disk.createDirectories(home);
        for (Member member : members) {
            disk.createDirectories(member.folder());
            new CometHome(binary, member.cometbft()).makeKeys(disk);
        }
        CometGenesis genesis = testnet.found(plan, binary, disk, chance);
        disk.replace(testnet.genesis(), genesis::write);
        disk.replace(home.resolve("genesis.cbor"), out -> out.write(genesis.genesis().toBytes()));
        SequencedMap<Member, String> validators = testnet.validatorsAsPeers(binary);
        for (Member member : members) {
            testnet.configure(member, validators, genesis, binary, disk);
        }
        disk.replace(home.resolve(FILE), out -> out.write(testnet.toJson()));
        return testnet;
    }

    /// Opens a network that is there.
    ///
    /// @throws IOException if its description cannot be read
    public static Testnet open(Path folder) throws IOException {
        Path home = folder.toAbsolutePath().normalize();
        Path file = home.resolve(FILE);
        try {
            List<Member> members = new ArrayList<>();
            for (JsonNode each : JSON.readTree(Files.readAllBytes(file)).path("nodes")) {
                members.add(
                        new Member(
                                home.resolve(each.path("name").asString()),
                                each.path("validator").asBoolean(),
                                each.path("http").asInt(),
                                each.path("rpc").asInt(),
                                each.path("peers").asInt(),
                                each.path("application").asInt()));
            }
            return new Testnet(home, members);
        } catch (JacksonException malformed) {
            throw new IOException(
                    file + ": not a network's description; remove the folder and make another",
                    malformed);
        }
    }

    /// The node of a number, from 1.
    public Optional<Member> find(int number) {
        return number < 1 || number > members.size()
                ? Optional.empty()
                : Optional.of(members.get(number - 1));
    }

    /// CometBFT's genesis, with the ledger's in it: what another node needs to join.
    public Path genesis() {
        return folder.resolve("genesis.json");
    }

    /// The founder's key, which opens accounts.
    public Path founderKey() {
        return folder.resolve(FOUNDER);
    }

    private CometGenesis found(Plan plan, Path binary, Disk disk, SecureRandom chance)
            throws IOException {
        List<Validator> validators = new ArrayList<>();
        List<Signer> council = new ArrayList<>();
        for (Member member : members) {
            if (member.validator()) {
                validators.add(
                        new Validator(
                                new CometHome(binary, member.cometbft()).validatorKey(),
                                POWER,
                                member.name()));
                SigningKey operator = SigningKey.fresh(chance);
                council.add(Signer.plain(operator.key(), 1));
                keep(member.operatorKey(), operator, disk, chance);
            }
        }
        validators.sort(Comparator.comparing(Validator::key));
        council.sort(Comparator.comparing(Signer::key));
        int majority = validators.size() * 2 / 3 + 1;
        return new CometGenesis(
                plan.alone()
                        .sharedBy(
                                new GovernanceTerms(new SignerSet(council, majority), validators)),
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    /// What was left of an earlier attempt goes.
    private static void keep(Path file, SigningKey key, Disk disk, SecureRandom chance)
            throws IOException {
        Files.deleteIfExists(file);
        KeyFile.create(file, key, AccountId.of(key.key()), Optional.empty(), chance, disk);
    }

    /// How validators are reached. Everyone speaks to them, and nobody to all: fifty replicas would
    /// hold more connections among each other than a machine has use for.
    private SequencedMap<Member, String> validatorsAsPeers(Path binary) throws IOException {
        SequencedMap<Member, String> peers = new LinkedHashMap<>();
        for (Member member : members) {
            if (member.validator()) {
                String id = new CometHome(binary, member.cometbft()).id();
                peers.put(member, "%s@127.0.0.1:%d".formatted(id, member.peerPort()));
            }
        }
        return peers;
    }

    private void configure(
            Member member,
            SequencedMap<Member, String> validators,
            CometGenesis genesis,
            Path binary,
            Disk disk)
            throws IOException {
        List<String> peers =
                validators.entrySet().stream()
                        .filter(each -> !each.getKey().equals(member))
                        .map(Map.Entry::getValue)
                        .toList();
        new Participant(member.folder(), binary)
                .write(
                        genesis,
                        new CometHome.Network(
                                member.name(), "127.0.0.1:" + member.peerPort(), peers, false),
                        new Participant.Places(
                                member.httpPort(),
                                "127.0.0.1:" + member.rpcPort(),
                                "tcp://127.0.0.1:" + member.applicationPort()),
                        Optional.empty(),
                        disk);
    }

    private byte[] toJson() {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (Member member : members) {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("name", member.name());
            node.put("validator", member.validator());
            node.put("http", member.httpPort());
            node.put("rpc", member.rpcPort());
            node.put("peers", member.peerPort());
            node.put("application", member.applicationPort());
            nodes.add(node);
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(Map.of("nodes", nodes));
    }
}
