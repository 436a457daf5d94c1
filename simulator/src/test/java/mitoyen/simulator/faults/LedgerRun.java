package mitoyen.simulator.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.Block;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.embedded.EmbeddedEngine;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.consensus.store.LedgerStore;

/// A small ledger's whole life: always the same blocks, in calls of one or several, in segments
/// small enough for some to follow each other. Each life takes up where the one before was stopped.
///
/// @param blocks the height it ends at
record LedgerRun(int blocks) {
    private static final long SEGMENT_BYTES = 1000;
    private static final byte[] GENESIS = "a street".getBytes(StandardCharsets.US_ASCII);

    /// Writes the blocks that are missing, in calls of so many at once.
    ///
    /// @param acknowledged is given the hash of each block once its call has returned
    void run(Disk disk, Path folder, int atOnce, List<Block> acknowledged) throws IOException {
        try (EmbeddedEngine engine =
                new EmbeddedEngine(
                        LedgerStore.open(
                                disk,
                                folder,
                                GENESIS,
                                new TallyApplication(),
                                b -> {},
                                SEGMENT_BYTES))) {
            while (engine.height() < blocks) {
                List<Proposal> proposals = new ArrayList<>();
                for (long height = engine.height() + 1;
                        height <= blocks && proposals.size() < atOnce;
                        height++) {
                    proposals.add(proposal(height));
                }
                acknowledged.addAll(engine.submit(proposals));
            }
        }
    }

    /// What becomes the block of a height: up to three bundles, from nothing to two sectors long.
    static Proposal proposal(long height) {
        Random random = new Random(height);
        List<byte[]> bundles = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            byte[] bundle = new byte[random.nextInt(350)];
            random.nextBytes(bundle);
            bundles.add(bundle);
        }
        return new Proposal(1_760_000_000_000L + height * 1000, bundles);
    }

    /// The height that opening the ledger again finds, on a copy, so that the original stays as the
    /// crash left it.
    static long recoveredHeight(Path folder, Path copy) throws IOException {
        Files.createDirectories(copy);
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
                for (Path path : paths) {
                    Files.copy(path, copy.resolve(path.getFileName()));
                }
            }
        }
        try (EmbeddedEngine engine =
                new EmbeddedEngine(
                        LedgerStore.open(
                                FaultyDisk.sound(),
                                copy,
                                GENESIS,
                                new TallyApplication(),
                                b -> {},
                                SEGMENT_BYTES))) {
            return engine.height();
        }
    }

    /// Every block of a journal, each byte of it checked.
    static List<Block> read(Path folder) throws IOException {
        try (JournalReader reader = JournalReader.open(folder)) {
            List<Block> blocks = new ArrayList<>();
            for (var next = reader.findNext(); next.isPresent(); next = reader.findNext()) {
                blocks.add(next.get());
            }
            return blocks;
        }
    }

    /// The files of a folder by name, their bytes in hexadecimal.
    static SortedMap<String, String> files(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                files.put(
                        path.getFileName().toString(),
                        HexFormat.of().formatHex(Files.readAllBytes(path)));
            }
        }
        return files;
    }
}
