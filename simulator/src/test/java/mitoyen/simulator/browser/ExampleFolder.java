package mitoyen.simulator.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.api.RunningNode;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.inbox.InboxOptions;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.readings.Progress;
import mitoyen.node.running.Keep;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementRequest;

/// The example of the README, settled in some folder.
final class ExampleFolder {
    static final Path ROOT = Path.of(System.getProperty("mitoyen.root", ".."));
    static final Path FILES = ROOT.resolve("examples/confluence");
    static final Path COMMUNITY = FILES.resolve("community.yaml");
    static final Path READINGS = FILES.resolve("readings-2025-10.csv");
    private static final Path REVISED = FILES.resolve("revised/readings-2025-10-21.csv");

    private ExampleFolder() {}

    /// Begins a ledger of version 2, as a node does, for what is settled there afterwards.
    static void found(Path folder) throws IOException, InputMistakes, Refused {
        RunningNode.start(
                        new NodeConfiguration(
                                folder,
                                new NodeConfiguration.Beginning.Founded(
                                        "confluence", Optional.empty(), Optional.empty()),
                                "127.0.0.1",
                                0,
                                1_000,
                                new Keep.All(),
                                Optional.empty(),
                                InboxOptions.STANDARD,
                                Level.WARNING,
                                NodeConfiguration.Limits.STANDARD),
                        new RealDisk(),
                        new SecureRandom(),
                        InstantSource.system())
                .close();
    }

    static void settle(Path folder) throws IOException, InputMistakes, Refused {
        run(folder, READINGS, false);
    }

    /// Settles the revised day anew.
    static void correct(Path folder) throws IOException, InputMistakes, Refused {
        run(folder, REVISED, true);
    }

    private static void run(Path folder, Path readings, boolean correct)
            throws IOException, InputMistakes, Refused {
        Settlement.run(
                new SettlementRequest(
                        COMMUNITY, List.of(readings), folder, false, false, correct, 250),
                new RealDisk(),
                new SecureRandom(),
                Progress.NONE);
    }
}
