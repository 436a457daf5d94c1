package mitoyen.node.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.StableFile;
import mitoyen.consensus.journal.StableJournal;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.Archive;
import mitoyen.node.settlement.Documents;
import mitoyen.node.settlement.LedgerReader;
import mitoyen.node.vault.Vault;
import mitoyen.node.verify.Verification;

/// A folder in one file, and back (`JO-34` to `JO-37`).
///
/// In the file are ledger, vault and keys, and snapshots of a ledger that was pruned. The documents
/// are not: they follow from these, and are made anew. Files that the program did not write are not
/// in it either.
public final class Backup {
    /// The fewest characters of a passphrase.
    public static final int FEWEST_CHARACTERS = 8;

    private static final int ATTEMPTS = 10;

    private Backup() {}

    /// Writes a backup of a folder, which may be settling meanwhile: it is then the folder as it
    /// was after some block.
    ///
    /// The ledger is read first, then the vault, then the keys: the other way round from how a
    /// settlement writes, so that what a block needs is always there.
    ///
    /// @param file readable by its owner only; an older one is replaced
    /// @param chance where the salt comes from
    /// @throws BackupException if there is nothing to back up yet, or the passphrase is too short
    public static void write(
            Path folder,
            Path file,
            String passphrase,
            Disk disk,
            SecureRandom chance,
            Progress progress)
            throws IOException {
        if (passphrase.codePointCount(0, passphrase.length()) < FEWEST_CHARACTERS) {
            throw new BackupException(
                    file, "its passphrase has fewer than " + FEWEST_CHARACTERS + " characters");
        }
        requirePossible(folder, file);
        for (int attempt = 1; ; attempt++) {
            try {
                writeOnce(folder, file, passphrase, disk, chance, progress);
                return;
            } catch (NoSuchFileException gone) {
                // A node prunes, or takes a snapshot, while its files are read.
                if (attempt == ATTEMPTS) {
                    throw new BackupException(
                            folder, "lost files while they were read; try again later");
                }
            }
        }
    }

    /// Refuses what no backup can come of, whatever its passphrase.
    ///
    /// @throws BackupException if there is no ledger, or the file would lie among what it is of
    public static void requirePossible(Path folder, Path file) throws IOException {
        if (!Files.isDirectory(folder.resolve("ledger"))) {
            throw new BackupException(folder, "holds no ledger; name a folder that was settled");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new BackupException(file, "its folder is not there; make it first");
        }
        Path whole = folder.toRealPath();
        Path place = parent.toRealPath();
        if (place.startsWith(whole) && !place.equals(whole)) {
            throw new BackupException(
                    file, "lies among the files that it is a backup of; name one elsewhere");
        }
    }

    /// What a backup of a folder holds, in words: a node whose ledger others founded has no keys in
    /// its folder, and one on whose ledger it settles nothing has no vault.
    public static List<String> parts(Path folder) {
        List<String> parts = new ArrayList<>(List.of("ledger"));
        if (Archive.isSettledInto(folder)) {
            parts.add("vault");
        }
        if (Files.exists(folder.resolve("keys"))) {
            parts.add("keys");
        }
        return parts;
    }

    private static void writeOnce(
            Path folder,
            Path file,
            String passphrase,
            Disk disk,
            SecureRandom chance,
            Progress progress)
            throws IOException {
        try (Workplace place = Workplace.take(file, ".unfinished", disk)) {
            Path vault = place.folder().resolve("vault.sqlite");
            disk.replacePrivate(
                    file,
                    out -> {
                        SealedOutput sealed = new SealedOutput(out, passphrase, chance);
                        Packing packing = new Packing(sealed);
                        try (LedgerFiles files = LedgerFiles.open(folder)) {
                            StableJournal ledger = files.journal();
                            requireWorthBackingUp(folder, ledger);
                            packSnapshots(files, folder, packing, progress);
                            packLedger(ledger, packing, progress);
                            packVault(folder, ledger, vault, disk, packing, progress);
                            packKeys(folder, packing);
                            packing.finish(ledger.height(), ledger.lastHash());
                        }
                        sealed.finish();
                    });
        }
    }

    /// Restores a backup into a folder that is not there or is empty. What is restored has been
    /// verified like any folder before it takes its place; until then it lies beside it.
    ///
    /// @return what was found to hold
    /// @throws BackupException if the folder is not empty, the passphrase is another, or the backup
    ///   is damaged; nothing is left then
    /// @throws IOException if what it holds does not verify; nothing is left then
    public static Verification.Result restore(
            Path file, Path folder, String passphrase, Disk disk, Progress progress)
            throws IOException {
        requireEmpty(folder);
        Path whole = folder.toAbsolutePath();
        try (Workplace place = Workplace.take(folder, ".restoring", disk)) {
            Path beside = place.folder();
            Manifest manifest;
            try (SealedInput in = SealedInput.open(file, passphrase)) {
                progress.step("unpacking " + file.getFileName(), 0, 0);
                manifest = new Unpacking(file, beside, disk).unpack(in);
            }
            StableJournal ledger = StableJournal.read(beside.resolve("ledger"));
            if (!ledger.lastHash().equals(manifest.lastHash())) {
                throw new BackupException(file, "its ledger does not end as its manifest says");
            }
            if (Archive.isSettledInto(beside)) {
                Documents.makeAnew(beside, disk, progress);
            }
            Verification.Result result = Verification.run(beside, Optional.empty(), disk, progress);
            disk.moveFolder(beside, whole);
            return result;
        }
    }

    private static void requireWorthBackingUp(Path folder, StableJournal ledger)
            throws BackupException {
        if (ledger.height() < (Archive.isSettledInto(folder) ? 2 : 1)) {
            throw new BackupException(folder, "nothing is settled in it yet; settle first");
        }
        if (ledger.firstHeight() > 1 && Archive.isSettledInto(folder)) {
            throw new BackupException(
                    folder,
                    "its ledger was pruned, and what is settled needs all of it; back up a folder"
                            + " that has all blocks");
        }
    }

    private static void packSnapshots(
            LedgerFiles files, Path folder, Packing packing, Progress progress) throws IOException {
        for (LedgerFiles.OpenSnapshot each : files.snapshots()) {
            progress.step("packing the snapshots", 0, 0);
            Path file = Archive.snapshots(folder).resolve(each.name());
            packing.add("snapshots/" + each.name(), file, each.content(), each.bytes());
        }
    }

    private static void packLedger(StableJournal ledger, Packing packing, Progress progress)
            throws IOException {
        long done = 0;
        long total = ledger.files().stream().mapToLong(StableFile::bytes).sum();
        for (StableFile file : ledger.files()) {
            packing.add("ledger/" + file.file().getFileName(), file.file(), file.bytes());
            done += file.bytes();
            progress.step("packing the ledger", done, total);
        }
    }

    private static void packVault(
            Path folder,
            StableJournal ledger,
            Path copy,
            Disk disk,
            Packing packing,
            Progress progress)
            throws IOException {
        if (!Archive.isSettledInto(folder)) {
            if (ledger.firstHeight() == 1) {
                requireNothingSettled(folder);
            }
            return;
        }
        progress.step("packing the vault", 0, 0);
        // Its owner's alone before SQLite writes into it.
        disk.replacePrivate(copy, _ -> {});
        try (Vault vault =
                Vault.find(folder.resolve("vault"), disk)
                        .orElseThrow(() -> new BackupException(folder, "has no vault"))) {
            vault.copyTo(copy);
        }
        packing.add("vault/vault.sqlite", copy, Files.size(copy));
    }

    /// A ledger that a node founded and nobody settles on needs no vault. Of one that is settled, a
    /// node prunes nothing.
    private static void requireNothingSettled(Path folder) throws IOException {
        if (LedgerReader.read(folder).findFounding().isPresent()) {
            throw new BackupException(folder, "has no vault");
        }
    }

    private static void packKeys(Path folder, Packing packing) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.notExists(folder.resolve("keys"))) {
            // A ledger that others founded: its keys are theirs.
            return;
        }
        try (Stream<Path> all = Files.walk(folder.resolve("keys"))) {
            all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> file.getFileName().toString().endsWith(".key"))
                    .sorted()
                    .forEach(files::add);
        }
        for (Path file : files) {
            List<String> names = new ArrayList<>();
            folder.relativize(file).forEach(name -> names.add(name.toString()));
            packing.add(String.join("/", names), file, Files.size(file));
        }
    }

    /// Refuses a place for a restored folder that is taken.
    ///
    /// @throws BackupException if a file is there, or a folder that is not empty
    public static void requireEmpty(Path folder) throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new BackupException(folder, "is a file; name a folder that is not there yet");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries.iterator().hasNext()) {
                throw new BackupException(
                        folder, "is not empty; name a folder that is not there yet");
            }
        }
    }
}
