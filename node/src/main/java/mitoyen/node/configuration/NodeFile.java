package mitoyen.node.configuration;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.consensus.abci.AbciAddress;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.configuration.NodeConfiguration.Limits;
import mitoyen.node.inbox.InboxOptions;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.input.Term;
import mitoyen.node.running.Keep;
import mitoyen.node.yaml.Refused;
import mitoyen.node.yaml.Scalars;
import mitoyen.node.yaml.Section;
import mitoyen.node.yaml.Yaml;
import mitoyen.node.yaml.YamlFile;

/// Reads `node.yaml`. Paths in it are relative to the folder that it lies in.
public final class NodeFile {
    private static final YamlFile.Faults FAULTS =
            new YamlFile.Faults(Fault.NO_NODE_FILE, Fault.NODE_TOO_LARGE, Fault.NODE_EMPTY);
    private static final Set<String> KEYS =
            ordered(
                    "version",
                    "folder",
                    "genesis",
                    "found",
                    "http",
                    "snapshot-blocks",
                    "keep",
                    "inbox",
                    "import",
                    "settle",
                    "log",
                    "limits",
                    "cometbft");
    private static final Set<String> IMPORT_KEYS =
            ordered("gaps-zero", "partial", "correct", "max-kw");
    private static final Set<String> LIMIT_KEYS =
            ordered(
                    "waiting",
                    "waiting-of-sender",
                    "waiting-bytes",
                    "connections",
                    "streams",
                    "request-seconds");
    private static final Set<String> COMETBFT_KEYS =
            ordered("home", "binary", "start", "application", "rpc", "sync");
    private static final Set<String> SYNC_KEYS = ordered("from", "trust");
    private static final Set<String> SETTLE_KEYS =
            ordered("community", "key", "passphrase-file", "settlers");
    private static final int LAST_PORT = 65_535;
    private static final int STANDARD_PORT = 8_090;
    private static final int STANDARD_SNAPSHOT_BLOCKS = 10_000;
    private static final AbciAddress STANDARD_APPLICATION =
            new AbciAddress.Tcp("127.0.0.1", 26_658);
    private static final String STANDARD_RPC = "127.0.0.1:26657";
    private static final int LONGEST_NAME = 64;

    /// A hundred years.
    private static final int MOST_DAYS = 36_525;

    private static final Pattern AMOUNT_TO_KEEP =
            Pattern.compile("([1-9][0-9]{0,11}) (blocks|days)");

    private final Path place;

    private NodeFile(Path place) {
        this.place = place;
    }

    /// Reads a node's configuration.
    ///
    /// @throws InputMistakes with everything that is wrong in the file, or that there is none
    /// @throws IOException if the disk fails
    public static NodeConfiguration read(Path file) throws InputMistakes, IOException {
        MistakeLog mistakes = new MistakeLog();
        Optional<Yaml> root = YamlFile.parse(file, FAULTS, mistakes);
        Optional<NodeConfiguration> configuration =
                root.flatMap(yaml ->
                                Section.of(file.toString(), mistakes, Term.THE_FILE, yaml, KEYS))
                        .map(new NodeFile(file.toAbsolutePath().normalize())::configuration);
        mistakes.throwIfAny();
        return configuration.orElseThrow();
    }

    private NodeConfiguration configuration(Section root) {
        root.required("version", NodeFile::version);
        Optional<Section> http =
                root.has("http") ? root.section("http", ordered("host", "port")) : Optional.empty();
        return new NodeConfiguration(
                root.required("folder", this::path).orElse(place),
                beginning(root),
                http.flatMap(section -> section.optional("host", NodeFile::host))
                        .orElse("127.0.0.1"),
                http.flatMap(section -> section.optional("port", number(0, LAST_PORT)))
                        .orElse(STANDARD_PORT),
                root.optional("snapshot-blocks", number(1, Integer.MAX_VALUE))
                        .orElse(STANDARD_SNAPSHOT_BLOCKS),
                keep(root),
                root.optional("inbox", this::path),
                root.has("import")
                        ? root.section("import", IMPORT_KEYS)
                                .map(NodeFile::importing)
                                .orElse(InboxOptions.STANDARD)
                        : InboxOptions.STANDARD,
                root.optional("log", NodeFile::level).orElse(Level.INFO),
                root.has("limits")
                        ? root.section("limits", LIMIT_KEYS)
                                .map(NodeFile::limits)
                                .orElse(Limits.STANDARD)
                        : Limits.STANDARD,
                cometbft(root),
                root.has("settle")
                        ? root.section("settle", SETTLE_KEYS).map(this::settler)
                        : Optional.empty());
    }

    /// Whoever settles needs all blocks, and of a snapshot's those below it are not there: that
    /// would show only once all of it was fetched.
    private Optional<CometSettings> cometbft(Section root) {
        Optional<Section> section =
                root.has("cometbft") ? root.section("cometbft", COMETBFT_KEYS) : Optional.empty();
        if (root.has("settle") && section.filter(its -> its.has("sync")).isPresent()) {
            root.refuse("settle", Fault.SYNC_AND_SETTLE);
        }
        return section.map(this::participant);
    }

    private SettlerSettings settler(Section section) {
        List<URI> others = new ArrayList<>();
        if (section.has("settlers")) {
            for (Yaml item : section.items("settlers")) {
                if (item instanceof Yaml.Text text && isAddress(text.value())) {
                    others.add(URI.create(text.value()));
                } else {
                    section.refuse("settlers", Fault.NOT_AN_ADDRESS);
                }
            }
        }
        return new SettlerSettings(
                section.required("community", NodeFile::name).orElse(""),
                section.required("key", this::path).orElse(place),
                section.optional("passphrase-file", this::path),
                others);
    }

    private static boolean isAddress(String text) {
        return text.matches("https?://[A-Za-z0-9.:\\[\\]-]{1,253}/?");
    }

    private CometSettings participant(Section section) {
        boolean start = section.optional("start", Scalars::flag).orElse(true);
        if (!start && section.has("sync")) {
            section.refuse("sync", Fault.SYNC_WITHOUT_START);
        }
        return new CometSettings(
                section.required("home", this::path).orElse(place),
                section.optional("binary", this::path),
                start,
                section.optional("application", NodeFile::application).orElse(STANDARD_APPLICATION),
                section.optional("rpc", NodeFile::endpoint).orElse(STANDARD_RPC),
                section.has("sync")
                        ? section.section("sync", SYNC_KEYS).flatMap(NodeFile::sync)
                        : Optional.empty());
    }

    private static Optional<SyncSettings> sync(Section section) {
        Optional<List<URI>> from = section.required("from", NodeFile::nodes);
        Optional<SyncSettings.Trusted> trust = section.required("trust", NodeFile::trust);
        return from.isPresent() && trust.isPresent()
                ? Optional.of(new SyncSettings(from.get(), trust.get()))
                : Optional.empty();
    }

    private static List<URI> nodes(String text) throws Refused {
        return SyncSettings.parseNodes(text)
                .orElseThrow(() -> new Refused(Fault.NOT_TWO_NODES, text));
    }

    private static SyncSettings.Trusted trust(String text) throws Refused {
        return SyncSettings.Trusted.parse(text)
                .orElseThrow(() -> new Refused(Fault.NOT_A_HEADER, text));
    }

    /// Where CometBFT dials: whoever reaches it drives the ledger, so this machine alone.
    private static AbciAddress application(String text) throws Refused {
        try {
            AbciAddress address = AbciAddress.parse(text);
            boolean near =
                    switch (address) {
                        case AbciAddress.Unix _ -> true;
                        case AbciAddress.Tcp(String host, int _) ->
                                host.matches("localhost|127\\.[0-9.]+|::1");
                    };
            if (near) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // falls through: refused like an address of another machine
        }
        throw new Refused(Fault.NOT_A_SOCKET, text);
    }

    private static String endpoint(String text) throws Refused {
        if (!text.matches("[A-Za-z0-9._-]{1,253}:[0-9]{1,5}")
                || Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) > LAST_PORT) {
            throw new Refused(Fault.NOT_AN_ENDPOINT, text);
        }
        return text;
    }

    private Beginning beginning(Section root) {
        if (root.has("genesis") && root.has("found")) {
            root.refuse("found", Fault.GENESIS_AND_FOUND);
        }
        if (root.has("genesis")) {
            return root.optional("genesis", this::path)
                    .<Beginning>map(Beginning.FromFile::new)
                    .orElseGet(Beginning.Existing::new);
        }
        if (root.has("found")) {
            return root.section("found", ordered("name", "zone", "currency"))
                    .flatMap(NodeFile::founded)
                    .orElseGet(Beginning.Existing::new);
        }
        return new Beginning.Existing();
    }

    private static Optional<Beginning> founded(Section section) {
        Optional<String> zone = section.optional("zone", Scalars::zone);
        Optional<String> currency = section.optional("currency", Scalars::currency);
        return section.required("name", NodeFile::name)
                .map(name -> new Beginning.Founded(name, zone, currency));
    }

    /// Whoever settles needs all blocks (decision 0022).
    private static Keep keep(Section root) {
        Keep keep = root.optional("keep", NodeFile::keep).orElse(new Keep.All());
        if (root.has("inbox") && !(keep instanceof Keep.All)) {
            root.refuse("keep", Fault.KEEP_AND_INBOX);
        }
        return keep;
    }

    private static Keep keep(String text) throws Refused {
        if (text.equals("all")) {
            return new Keep.All();
        }
        Matcher amount = AMOUNT_TO_KEEP.matcher(text);
        if (amount.matches()) {
            long number = Long.parseLong(amount.group(1));
            if (amount.group(2).equals("blocks")) {
                return new Keep.Blocks(number);
            }
            if (number <= MOST_DAYS) {
                return new Keep.Days((int) number);
            }
        }
        throw new Refused(Fault.NOT_TO_KEEP, text);
    }

    private static InboxOptions importing(Section section) {
        InboxOptions standard = InboxOptions.STANDARD;
        return new InboxOptions(
                section.optional("gaps-zero", Scalars::flag).orElse(standard.gapsZero()),
                section.optional("partial", Scalars::flag).orElse(standard.partial()),
                section.optional("correct", Scalars::flag).orElse(standard.correct()),
                section.optional("max-kw", number(1, Integer.MAX_VALUE)).orElse(standard.maxKw()));
    }

    private static Limits limits(Section section) {
        Limits standard = Limits.STANDARD;
        int most = Integer.MAX_VALUE;
        return new Limits(
                section.optional("waiting", number(1, most)).orElse(standard.waiting()),
                section.optional("waiting-of-sender", number(1, most))
                        .orElse(standard.waitingOfSender()),
                section.optional("waiting-bytes", number(1 << 20, most))
                        .orElse(standard.waitingBytes()),
                section.optional("connections", number(1, most)).orElse(standard.connections()),
                section.optional("streams", number(1, most)).orElse(standard.streams()),
                section.optional("request-seconds", number(1, 3_600))
                        .orElse(standard.requestSeconds()));
    }

    private Path path(String text) throws Refused {
        try {
            if (!text.isBlank()) {
                return place.resolveSibling(text).normalize();
            }
        } catch (InvalidPathException impossible) {
            // falls through: refused like any other text that is no path
        }
        throw new Refused(Fault.NOT_A_PATH, text);
    }

    private static String version(String text) throws Refused {
        if (!text.equals("1")) {
            throw new Refused(Fault.NOT_VERSION_ONE, text);
        }
        return text;
    }

    private static String host(String text) throws Refused {
        if (!text.matches("[A-Za-z0-9.:_-]{1,253}")) {
            throw new Refused(Fault.NOT_A_HOST, text);
        }
        return text;
    }

    private static String name(String text) throws Refused {
        if (text.isBlank()
                || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new Refused(Fault.NOT_A_LEDGER_NAME, LONGEST_NAME);
        }
        return text;
    }

    private static Level level(String text) throws Refused {
        return switch (text) {
            case "error" -> Level.SEVERE;
            case "warning" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.FINE;
            default -> throw new Refused(Fault.NOT_A_LOG_LEVEL, text);
        };
    }

    private static Section.Reading<Integer> number(int least, int most) {
        return text -> {
            if (text.matches("[0-9]{1,10}")) {
                long value = Long.parseLong(text);
                if (value >= least && value <= most) {
                    return (int) value;
                }
            }
            throw new Refused(Fault.NOT_WITHIN, text, least, most);
        };
    }

    /// A set that lists its elements in the order given, as a remedy shall.
    private static Set<String> ordered(String... keys) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
    }
}
