package mitoyen.node.api;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.SettlerSettings;
import mitoyen.node.inbox.Treatment;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.NamedFile;
import mitoyen.node.keys.KeyFile;
import mitoyen.node.keys.Keys;
import mitoyen.node.keys.Passphrase;
import mitoyen.node.keys.SigningKey;
import mitoyen.node.running.Ordering;
import mitoyen.node.running.RunningLedger;
import mitoyen.node.settlement.Archive;
import mitoyen.node.settlement.LedgerBlocks;
import mitoyen.node.settlement.SettlersDesk;
import mitoyen.node.settlers.LeafAnswers;
import mitoyen.node.settlers.Settler;
import mitoyen.node.settlers.SettlerInbox;
import mitoyen.node.threads.Worker;

/// A node's part as one of several settlers, if it has one.
final class SettlingPart implements AutoCloseable {
    private final Optional<Work> work;
    private volatile Optional<Settler> settler = Optional.empty();

    private SettlingPart(Optional<Work> work) {
        this.work = work;
    }

    /// Makes sure that what the configuration asks for is there, before anything is made.
    ///
    /// @throws InputMistakes if keys and vault of the community are missing
    /// @throws IOException if the settler's key or theirs cannot be read
    static void require(NodeConfiguration configuration) throws IOException, InputMistakes {
        if (configuration.settler().isPresent()) {
            KeyFile file = KeyFile.read(configuration.settler().get().key());
            findPassphrase(file, configuration.settler().get());
            Path folder = configuration.folder();
            if (Keys.find(Archive.keys(folder)).isEmpty() || !Archive.isSettledInto(folder)) {
                throw refusal(folder, Fault.SETTLE_WITHOUT_KEYS, folder);
            }
        }
    }

    /// What the configuration asks for; nothing is done yet.
    ///
    /// @throws InputMistakes if keys and vault of the community are missing, or are another's
    static SettlingPart of(NodeConfiguration configuration, RunningLedger ledger, Disk disk)
            throws IOException, InputMistakes {
        if (configuration.settler().isEmpty()) {
            return new SettlingPart(Optional.empty());
        }
        SettlerSettings settings = configuration.settler().get();
        Path folder = configuration.folder();
        KeyFile file = KeyFile.read(settings.key());
        SigningKey key = open(file, settings);
        SettlersDesk desk =
                SettlersDesk.find(folder, new Blocks(ledger), ledger.genesis(), disk)
                        .orElseThrow(() -> refusal(folder, Fault.SETTLE_WITHOUT_KEYS, folder));
        try {
            requireOf(settings.community(), desk);
        } catch (IOException | InputMistakes | RuntimeException | Error failure) {
            desk.close();
            throw failure;
        }
        return new SettlingPart(Optional.of(new Work(settings, ledger.genesis(), file, key, desk)));
    }

    private static void requireOf(String community, SettlersDesk desk)
            throws IOException, InputMistakes {
        String its = desk.communityId();
        if (!its.equals(community)) {
            throw refusal(desk.folder(), Fault.SETTLE_OTHER_COMMUNITY, community, its);
        }
    }

    /// Sets the settler to work.
    void start(Ordering ordering, InstantSource clock) throws IOException {
        if (work.isPresent()) {
            Work is = work.get();
            settler =
                    Optional.of(
                            Settler.start(
                                    is.desk,
                                    is.genesis,
                                    is.file.account(),
                                    is.key,
                                    is.settings.others(),
                                    ordering::submit,
                                    clock));
        }
    }

    /// Tells the settler of a block. Never waits.
    void committed() {
        settler.ifPresent(Settler::committed);
    }

    /// What is answered to the nodes of other settlers.
    Optional<LeafAnswers> findAnswers() {
        return work.map(is -> new LeafAnswers(is.desk));
    }

    /// What becomes of readings that arrive, once the settler is at work.
    Optional<Treatment> findTreatment() {
        return settler.map(at -> new SettlerInbox(work.orElseThrow().desk, at));
    }

    /// Who settles, if this node does.
    Optional<Worker> findWorker() {
        return settler.map(Settler::worker);
    }

    /// Has whoever works at it come to an end soon: who takes readings in may be following a long
    /// ledger first.
    void stop() {
        work.ifPresent(is -> is.desk.stop());
    }

    @Override
    public void close() throws IOException {
        if (settler.isPresent()) {
            settler.get().close();
        } else if (work.isPresent()) {
            work.get().desk.close();
        }
    }

    private static SigningKey open(KeyFile file, SettlerSettings settings) throws IOException {
        Optional<Passphrase> passphrase = findPassphrase(file, settings);
        return passphrase.isPresent() ? file.open(passphrase.get()) : file.open();
    }

    /// The passphrase of a sealed key.
    private static Optional<Passphrase> findPassphrase(KeyFile file, SettlerSettings settings)
            throws IOException {
        if (!file.isSealed()) {
            return Optional.empty();
        }
        Path words =
                settings.passphrase()
                        .orElseThrow(() ->
                                new IOException(
                                        file.file()
                                                + ": is sealed; name the file of its passphrase as"
                                                + " passphrase-file in settle"));
        String line = NamedFile.firstLine(words);
        if (line.isEmpty()) {
            throw new IOException(words + ": there is no passphrase in it");
        }
        return Optional.of(new Passphrase(line));
    }

    private static InputMistakes refusal(Path folder, Fault fault, Object... values) {
        return new InputMistakes(new Mistake(folder.toString(), 0, fault, values));
    }

    /// What a settler works with.
    private record Work(
            SettlerSettings settings,
            Genesis genesis,
            KeyFile file,
            SigningKey key,
            SettlersDesk desk) {}

    private record Blocks(RunningLedger ledger) implements LedgerBlocks {
        @Override
        public long height() {
            return ledger.durableHeight();
        }

        @Override
        public Optional<Block> findBlock(long height) throws IOException {
            return ledger.findBlock(height);
        }
    }
}
