package mitoyen.node.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.founding.Founding;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.keys.Keys;
import mitoyen.node.settlement.Archive;

/// What the ledger of a folder begins with: the genesis that is there, one that is given, or a new
/// one.
final class Beginnings {
    private static final int LARGEST_GENESIS = 1 << 20;

    private Beginnings() {}

    /// The genesis that is there or is given, or that of a new ledger, whose keys are made.
    static Genesis genesis(NodeConfiguration configuration, Disk disk, SecureRandom chance)
            throws IOException, InputMistakes {
        Optional<Genesis> there = find(configuration);
        return there.isEmpty() && configuration.beginning() instanceof Beginning.Founded founded
                ? found(configuration.folder(), founded, disk, chance)
                : there.orElseThrow();
    }

    /// The genesis that is there or is given; nothing where a ledger is to be founded. Nothing is
    /// made.
    ///
    /// @throws InputMistakes if there is nothing to begin with
    static Optional<Genesis> find(NodeConfiguration configuration)
            throws IOException, InputMistakes {
        Path folder = configuration.folder();
        Optional<byte[]> kept =
                Files.exists(Archive.ledger(folder))
                        ? JournalReader.findGenesis(Archive.ledger(folder))
                        : Optional.empty();
        Optional<Genesis> there =
                kept.isEmpty() ? Optional.empty() : Optional.of(decodeKept(folder, kept.get()));
        return switch (configuration.beginning()) {
            case Beginning.FromFile(Path file) -> {
                byte[] given = read(file);
                if (kept.isPresent() && !Arrays.equals(kept.get(), given)) {
                    throw refusal(file, Fault.GENESIS_DIFFERS, folder);
                }
                yield Optional.of(
                        there.isPresent()
                                ? there.get()
                                : decode(file, given, Fault.GENESIS_MALFORMED));
            }
            case Beginning.Founded _ -> there;
            case Beginning.Existing() ->
                    Optional.of(there.orElseThrow(() -> refusal(folder, Fault.NO_GENESIS, folder)));
        };
    }

    /// The keys are durable before anything names them.
    private static Genesis found(
            Path folder, Beginning.Founded founded, Disk disk, SecureRandom chance)
            throws IOException {
        Keys keys = Keys.ensure(Archive.keys(folder), List.of(), disk, chance);
        SignerKey founder = Ed25519.keyOf(keys.community().signing().toBytes());
        Parameters parameters =
                founded.zone()
                        .map(zone -> Parameters.STANDARD.with(LocalDays.table(zone)))
                        .orElse(Parameters.STANDARD);
        List<AssetTerms> assets =
                founded.currency().map(code -> Founding.claims(code, founder)).stream().toList();
        return new Genesis(founded.name(), founder, Genesis.NEWEST_VERSION, parameters, assets);
    }

    private static byte[] read(Path file) throws IOException, InputMistakes {
        if (!Files.isRegularFile(file)) {
            throw refusal(file, Fault.NO_GENESIS_FILE);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST_GENESIS);
        }
    }

    private static Genesis decodeKept(Path folder, byte[] bytes) throws InputMistakes {
        Path file = JournalReader.genesisFile(Archive.ledger(folder));
        return decode(file, bytes, Fault.KEPT_GENESIS_MALFORMED);
    }

    private static Genesis decode(Path file, byte[] bytes, Fault otherwise) throws InputMistakes {
        try {
            return Genesis.decode(bytes);
        } catch (CborException malformed) {
            throw refusal(file, otherwise, String.valueOf(malformed.getMessage()));
        }
    }

    private static InputMistakes refusal(Path file, Fault fault, Object... values) {
        return new InputMistakes(new Mistake(file.toString(), 0, fault, values));
    }
}
