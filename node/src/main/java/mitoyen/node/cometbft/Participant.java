package mitoyen.node.cometbft;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.configuration.SyncSettings;

/// The folder of a node that takes part in the order of several: `node.yaml`, `genesis.cbor`,
/// `cometbft/`; later also `data/`, its ledger.
///
/// @param folder of all of it
/// @param binary CometBFT's program
public record Participant(Path folder, Path binary) {
    private static final String CONFIGURATION = "node.yaml";
    private static final Pattern OWN =
            Pattern.compile(
                    "cometbft|genesis\\.(json|cbor)|operator\\.key|[^.].*\\.founder|\\..*\\.new");

    /// The folder of its CometBFT.
    public CometHome home() {
        return new CometHome(binary, folder.resolve("cometbft"));
    }

    /// Whether a folder is that of a participant whose making was finished.
    public static boolean isThere(Path folder) {
        return Files.exists(folder.resolve(CONFIGURATION));
    }

    /// What is in a folder that no participant, begun or about to be made, has there: one of it.
    /// Its founder has his key and his file there before, and the others' files with the genesis.
    public static Optional<Path> findForeign(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::getFileName)
                    .filter(name -> !OWN.matcher(name.toString()).matches())
                    .min(Comparator.naturalOrder());
        }
    }

    /// What it runs by.
    public Path configuration() {
        return folder.resolve(CONFIGURATION);
    }

    /// Where it answers and is reached.
    ///
    /// @param httpPort where it answers, on the loopback
    /// @param rpc where its CometBFT answers it: host and port
    /// @param application where its CometBFT dials it, as `node.yaml` says it
    public record Places(int httpPort, String rpc, String application) {}

    /// Writes all that a participant runs by but its keys, which are made if they are not there.
    /// `node.yaml` comes last: what was begun and not finished is made anew.
    ///
    /// @param sync how it begins from a snapshot of others; empty where it fetches all blocks
    public void write(
            CometGenesis genesis,
            CometHome.Network network,
            Places places,
            Optional<SyncSettings> sync,
            Disk disk)
            throws IOException {
        disk.createDirectories(folder);
        home().makeKeys(disk);
        home().configure(genesis, network, disk);
        byte[] ledger = genesis.genesis().toBytes();
        disk.replace(folder.resolve("genesis.cbor"), out -> out.write(ledger));
        byte[] yaml =
                """
                version: 1
                folder: data
                genesis: genesis.cbor
                http: {port: %d}
                cometbft:
                  home: cometbft
                  binary: %s
                  application: %s
                  rpc: %s
                %s\
                """
                        .formatted(
                                places.httpPort(),
                                quoted(binary.toAbsolutePath().toString()),
                                quoted(places.application()),
                                places.rpc(),
                                sync.map(Participant::section).orElse(""))
                        .getBytes(StandardCharsets.UTF_8);
        disk.replace(configuration(), out -> out.write(yaml));
    }

    private static String section(SyncSettings sync) {
        String from = String.join(",", sync.from().stream().map(URI::toString).toList());
        return "  sync: {from: %s, trust: %s}\n"
                .formatted(quoted(from), quoted(sync.trust().toString()));
    }

    /// As YAML writes any text.
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
