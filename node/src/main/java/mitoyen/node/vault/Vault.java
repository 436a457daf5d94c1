package mitoyen.node.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.disk.Disk;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.keys.Secret;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The vault of a node: one SQLite file whose every value that says something of a person is
/// sealed.
///
/// A day is put and committed before its block is made. Days of a revision that no block names are
/// what a crash left behind; the next run writes them again.
public final class Vault implements AutoCloseable {
    private static final int FORMAT = 2;

    /// In the first format each leaf had a row of its own, whose making took longer than its
    /// sealing.
    private static final int FORMAT_OF_ROWS = 1;

    /// Where a SQLite file says how it is written and read [bytes].
    private static final int VERSIONS_OFFSET = 18;

    /// Written and read with a rollback journal.
    private static final byte[] OWN_VERSIONS = {1, 1};

    /// How long a reader waits while a day is being committed [ms].
    private static final int BUSY_MILLIS = 10_000;

    /// Of a vault that is made; one that is there keeps its own. A day of a town takes eight.
    private static final int PAGE_BYTES = 16 << 10;

    /// Enough for all that is put between two commits: what does not fit would be written, and
    /// synced, before its time [KiB].
    private static final int CACHE_KIBIBYTES = 16 << 10;

    private static final String SCHEMA =
            """
            create table if not exists terms (
              hash blob primary key, sealed blob not null) without rowid;
            create table if not exists day (
              date text not null, revision integer not null, terms blob not null,
              start_ms integer not null, end_ms integer not null, intervals integer not null,
              missing integer not null, outside integer not null,
              primary key (date, revision)) without rowid;
            """;

    private static final String LEAVES =
            """
            create table if not exists leaves (
              date text not null, revision integer not null, packed blob not null,
              primary key (date, revision));
            pragma user_version = 2;
            """;

    private final Path file;
    private final Disk disk;
    private final Connection connection;
    private final Seal seal = new Seal();

    private Vault(Path file, Disk disk, Connection connection) {
        this.file = file;
        this.disk = disk;
        this.connection = connection;
    }

    /// Opens the vault of a folder for writing; makes it if it is absent.
    public static Vault open(Path folder, Disk disk) throws IOException {
        disk.createDirectories(folder);
        Path file = file(folder);
        disk.before("open the vault");
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        config.setPageSize(PAGE_BYTES);
        config.setCacheSize(-CACHE_KIBIBYTES);
        config.setBusyTimeout(BUSY_MILLIS);
        Vault vault = connect(file, disk, config);
        try {
            vault.syncFolderToo();
            vault.makeTables();
            vault.connection.setAutoCommit(false);
        } catch (SQLException failure) {
            vault.close();
            throw describe(file, failure);
        }
        return vault;
    }

    /// Whether a folder holds a vault.
    public static boolean exists(Path folder) {
        return Files.exists(file(folder));
    }

    /// Opens the vault of a folder for reading only, or nothing where there is none.
    public static Optional<Vault> find(Path folder, Disk disk) throws IOException {
        if (!exists(folder)) {
            return Optional.empty();
        }
        requireOwnForm(file(folder));
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setReadOnly(true);
        return Optional.of(connect(file(folder), disk, config));
    }

    /// Takes back what a crash left half written in the vault of a folder, which whoever only reads
    /// cannot; touches nothing where there is no such thing. For who has the folder to himself.
    ///
    /// @throws IOException if it is not of the form that [#find] reads, or cannot be written
    public static void recover(Path folder, Disk disk) throws IOException {
        Path file = file(folder);
        if (Files.exists(file.resolveSibling(file.getFileName() + "-journal"))) {
            requireOwnForm(file);
            open(folder, disk).close();
        }
    }

    /// Keeps the terms that a hash on the ledger stands for.
    ///
    /// @param key the community's vault key
    public void putTerms(Digest hash, byte[] terms, Secret key) throws IOException {
        run(
                "insert or replace into terms values (?, ?)",
                statement -> {
                    statement.setBytes(1, hash.toBytes());
                    statement.setBytes(2, seal.seal(key, contextOf(hash), terms));
                    return statement.executeUpdate();
                });
    }

    /// The terms that a hash on the ledger stands for.
    public Optional<byte[]> findTerms(Digest hash, Secret key) throws IOException {
        Optional<byte[]> sealed =
                run(
                        "select sealed from terms where hash = ?",
                        statement -> {
                            statement.setBytes(1, hash.toBytes());
                            try (ResultSet row = statement.executeQuery()) {
                                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
                            }
                        });
        return sealed.isEmpty()
                ? Optional.empty()
                : Optional.of(open(key, contextOf(hash), sealed.get()));
    }

    /// The hash of any terms that are kept: all are of one community.
    public Optional<Digest> findAnyTerms() throws IOException {
        return run(
                "select hash from terms limit 1",
                statement -> {
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next()
                                ? Optional.of(Digest.of(row.getBytes(1)))
                                : Optional.empty();
                    }
                });
    }

    /// Keeps a day, in place of what a crash may have left of the same revision.
    public void putDay(SealedDay sealed) throws IOException {
        VaultDay day = sealed.sealed();
        String date = day.date().toString();
        leaveRows();
        run(
                "insert or replace into day values (?, ?, ?, ?, ?, ?, ?, ?)",
                statement -> {
                    statement.setString(1, date);
                    statement.setInt(2, day.revision());
                    statement.setBytes(3, day.terms().toBytes());
                    statement.setLong(4, day.startMillis());
                    statement.setLong(5, day.endMillis());
                    statement.setInt(6, day.intervals());
                    statement.setInt(7, day.missing());
                    statement.setInt(8, day.outside());
                    return statement.executeUpdate();
                });
        putLeaves(date, day.revision(), day.leaves());
    }

    /// Removes a day that no block names.
    public void removeDay(LocalDate date, int revision) throws IOException {
        leaveRows();
        for (String table : List.of("leaves", "day")) {
            run(
                    "delete from " + table + " where date = ? and revision = ?",
                    statement -> {
                        statement.setString(1, date.toString());
                        statement.setInt(2, revision);
                        return statement.executeUpdate();
                    });
        }
    }

    /// A day as it is kept.
    public Optional<SealedDay> findDay(LocalDate date, int revision) throws IOException {
        String query =
                "select terms, start_ms, end_ms, intervals, missing, outside from day"
                        + " where date = ? and revision = ?";
        SortedMap<String, VaultDay.Leaf> leaves = sealedLeaves(date, revision);
        return run(
                query,
                statement -> {
                    statement.setString(1, date.toString());
                    statement.setInt(2, revision);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next()
                                ? Optional.of(
                                        new SealedDay(
                                                new VaultDay(
                                                        date,
                                                        revision,
                                                        Digest.of(row.getBytes(1)),
                                                        row.getLong(2),
                                                        row.getLong(3),
                                                        row.getInt(4),
                                                        row.getInt(5),
                                                        row.getInt(6),
                                                        leaves)))
                                : Optional.empty();
                    }
                });
    }

    /// The days that are kept, each with its last revision, by date.
    public SortedMap<LocalDate, Integer> listDays() throws IOException {
        return run(
                "select date, max(revision) from day group by date",
                statement -> {
                    SortedMap<LocalDate, Integer> days = new TreeMap<>();
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            days.put(LocalDate.parse(row.getString(1)), row.getInt(2));
                        }
                    }
                    return days;
                });
    }

    /// Makes all that was put durable.
    public void commit() throws IOException {
        disk.before("commit the vault");
        try {
            connection.commit();
        } catch (SQLException failure) {
            throw describe(file, failure);
        }
    }

    /// Writes a copy of what is committed into a file that is empty or not there, while another
    /// process may go on writing. Not durable.
    ///
    /// @throws IOException whose message names both: it may be the copy that there is no room for
    public void copyTo(Path copy) throws IOException {
        try (PreparedStatement statement = connection.prepareStatement("vacuum into ?")) {
            statement.setString(1, copy.toString());
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw describe(file + " -> " + copy, failure);
        }
    }

    /// Drops what was put and not committed, as SQLite does; a rollback of our own would fail where
    /// a full disk has made SQLite roll back already.
    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw describe(file, failure);
        }
    }

    private void putLeaves(String date, int revision, SortedMap<String, VaultDay.Leaf> leaves)
            throws IOException {
        run(
                "insert or replace into leaves values (?, ?, ?)",
                statement -> {
                    statement.setString(1, date);
                    statement.setInt(2, revision);
                    statement.setBytes(3, Leaves.pack(leaves));
                    return statement.executeUpdate();
                });
    }

    private SortedMap<String, VaultDay.Leaf> sealedLeaves(LocalDate date, int revision)
            throws IOException {
        if (format() == FORMAT_OF_ROWS) {
            return sealedRows(date.toString(), revision);
        }
        return run(
                "select packed from leaves where date = ? and revision = ?",
                statement -> {
                    statement.setString(1, date.toString());
                    statement.setInt(2, revision);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? unpack(date, row.getBytes(1)) : new TreeMap<>();
                    }
                });
    }

    private SortedMap<String, VaultDay.Leaf> unpack(LocalDate date, byte[] packed)
            throws IOException {
        try {
            return Leaves.unpack(packed);
        } catch (IOException altered) {
            throw new IOException(
                    file + ": the readings of " + date + ": " + altered.getMessage(), altered);
        }
    }

    private SortedMap<String, VaultDay.Leaf> sealedRows(String date, int revision)
            throws IOException {
        return run(
                "select pseudonym, sealed from reading where date = ? and revision = ?",
                statement -> {
                    statement.setString(1, date);
                    statement.setInt(2, revision);
                    SortedMap<String, VaultDay.Leaf> sealed = new TreeMap<>();
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            sealed.put(row.getString(1), new VaultDay.Leaf(row.getBytes(2)));
                        }
                    }
                    return sealed;
                });
    }

    /// Takes a vault of the first format over into this one, when something is put into it: all of
    /// it with the next commit, or nothing.
    private void leaveRows() throws IOException {
        if (format() != FORMAT_OF_ROWS) {
            return;
        }
        execute(LEAVES);
        run(
                "select distinct date, revision from reading",
                statement -> {
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            String date = row.getString(1);
                            int revision = row.getInt(2);
                            putLeaves(date, revision, sealedRows(date, revision));
                        }
                    }
                    return true;
                });
        execute("drop table reading");
    }

    private void execute(String statements) throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(statements);
        } catch (SQLException failure) {
            throw describe(file, failure);
        }
    }

    private byte[] open(Secret key, byte[] context, byte[] sealed) throws IOException {
        try {
            return seal.open(key, context, sealed);
        } catch (IOException altered) {
            throw new IOException(file + ": " + altered.getMessage(), altered);
        }
    }

    private <T> T run(String sql, Query<T> query) throws IOException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return query.run(statement);
        } catch (SQLException failure) {
            throw describe(file, failure);
        }
    }

    private static Vault connect(Path file, Disk disk, SQLiteConfig config) throws IOException {
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
            Vault vault = new Vault(file, disk, connection);
            vault.requireKnownFormat();
            return vault;
        } catch (SQLException failure) {
            throw describe(file, failure);
        }
    }

    /// A commit removes SQLite's journal, and the folder has to be synced for that to last: the
    /// journal coming back after a loss of power would undo a day whose block is durable.
    private void syncFolderToo() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma synchronous = extra");
        }
    }

    /// Leaves a vault that has its tables as it is, to the byte: a run that is refused changes
    /// nothing.
    private void makeTables() throws IOException {
        if (format() == 0) {
            execute(SCHEMA + LEAVES);
        }
    }

    /// SQLite would write beside a file that says it has a write-ahead log, even to read it.
    private static void requireOwnForm(Path file) throws IOException {
        if (!Files.isRegularFile(file)
                || Files.exists(file.resolveSibling(file.getFileName() + "-wal"))
                || !hasOwnVersions(file)) {
            throw new IOException(
                    file + ": kept otherwise than this program does; restore it from a backup");
        }
    }

    /// Also where a crash came before SQLite wrote its first page.
    private static boolean hasOwnVersions(Path file) throws IOException {
        int end = VERSIONS_OFFSET + OWN_VERSIONS.length;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(end);
            return header.length < end
                    || Arrays.equals(
                            OWN_VERSIONS, Arrays.copyOfRange(header, VERSIONS_OFFSET, end));
        }
    }

    private void requireKnownFormat() throws IOException {
        if (format() > FORMAT) {
            close();
            throw new IOException(
                    file + ": written by a newer version of the program; use that one");
        }
    }

    private int format() throws IOException {
        return pragma("user_version");
    }

    /// A number of SQLite's, by name.
    int pragma(String name) throws IOException {
        return run(
                "pragma " + name,
                statement -> {
                    try (ResultSet row = statement.executeQuery()) {
                        return row.getInt(1);
                    }
                });
    }

    private static IOException describe(Path file, SQLException failure) {
        return describe(file.toString(), failure);
    }

    private static IOException describe(String file, SQLException failure) {
        String what = String.valueOf(failure.getMessage());
        if (failure instanceof SQLiteException sqlite) {
            if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL) {
                return new FileSystemException(file, null, "No space left on device");
            } else if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_READONLY_ROLLBACK
                    || what.contains("no such table")) {
                what =
                        "a run was stopped while it wrote here; run the same settle again, or start"
                                + " the node again whose folder it is";
            }
        }
        return new IOException(file + ": " + what, failure);
    }

    private static Path file(Path folder) {
        return folder.resolve("vault.sqlite");
    }

    private static byte[] contextOf(Digest terms) {
        return ("terms\n" + terms).getBytes(StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(PreparedStatement statement) throws SQLException, IOException;
    }
}
