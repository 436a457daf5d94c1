package mitoyen.node.views;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.Happened;
import mitoyen.node.running.History;
import mitoyen.node.running.History.Balance;
import mitoyen.node.running.Refusal;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/// The tables, open for writing by one thread. What they say depends on the blocks alone.
///
/// A loss of power may lose the last blocks' rows and never leaves half of one: they are written
/// again from the ledger. What could not be written closes them; they are to be opened again.
final class Tables implements AutoCloseable {
    /// The tables whose rows go with the blocks that they are of.
    private static final List<String> PRUNED = List.of("parts", "receipts");

    /// What SQLite says of a file that is none of its own, is damaged or has other tables.
    private static final Set<Integer> DAMAGED =
            Set.of(
                    SQLiteErrorCode.SQLITE_NOTADB.code,
                    SQLiteErrorCode.SQLITE_CORRUPT.code,
                    SQLiteErrorCode.SQLITE_ERROR.code);

    /// What SQLite says where it cannot read or write a file, for whatever reason.
    private static final Set<Integer> UNREADABLE =
            Set.of(SQLiteErrorCode.SQLITE_IOERR.code, SQLiteErrorCode.SQLITE_CANTOPEN.code);

    /// How much of the tables and their indexes is kept in memory [KiB].
    private static final int CACHE_KIB = 16 << 10;

    /// How many pages of 4 KiB SQLite gathers before it copies them into the file and waits for the
    /// disk.
    private static final int LOG_PAGES = 8_000;

    private final Path file;
    private final Connection connection;
    private final PreparedStatement block;
    private final PreparedStatement receipts;
    private final PreparedStatement part;
    private final SortedRuns runs;
    private final Balances balances;
    private long height;
    private long keptFrom;

    private Tables(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.block = connection.prepareStatement("insert into blocks values (?,?,?,?,?,?,?)");
        this.receipts = connection.prepareStatement("insert into receipts values (?,?)");
        this.part = connection.prepareStatement("insert into parts values (?,?,?,?)");
        this.runs = new SortedRuns(connection);
        this.balances = new Balances(connection);
        this.height = number("select coalesce(max(height), 0) from blocks");
        this.keptFrom = number("select kept_from from about");
    }

    /// Opens the tables of a ledger; makes them anew where they are not there, of another ledger,
    /// of another format or damaged.
    ///
    /// @param ledger the hash that names the ledger, in hexadecimal
    /// @throws IOException if they cannot be opened otherwise, such as for want of room: they stay
    static Tables open(Path file, String ledger) throws IOException {
        return open(file, ledger, new SQLiteConfig());
    }

    /// The same with something set of SQLite that the tables leave open, such as their most pages.
    static Tables open(Path file, String ledger, SQLiteConfig config) throws IOException {
        try {
            if (Files.exists(file)) {
                Optional<Tables> kept = findKept(file, ledger, config);
                if (kept.isPresent()) {
                    return kept.get();
                }
                delete(file);
            }
            Connection connection = connect(file, config);
            try {
                return make(file, ledger, connection);
            } catch (SQLException failure) {
                connection.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw describe(file, failure);
        }
    }

    private static Tables make(Path file, String ledger, Connection connection)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(Schema.TABLES);
            statement.executeUpdate(Schema.VIEWS);
            statement.executeUpdate("pragma user_version = " + Schema.FORMAT);
        }
        try (PreparedStatement about =
                connection.prepareStatement("insert into about values (?, 1, 0)")) {
            about.setString(1, ledger);
            about.executeUpdate();
        }
        connection.setAutoCommit(false);
        return new Tables(file, connection);
    }

    /// The height of the last block in the tables; 0 before the first.
    long height() {
        return height;
    }

    /// The height of the first block whose transactions are in the tables, or would be; 1 unless
    /// they were pruned.
    long keptFrom() {
        return keptFrom;
    }

    /// Begins tables that hold nothing yet behind blocks that were pruned.
    void begin(History.Beginning beginning) throws IOException {
        try {
            BlockHeader last = beginning.block();
            addHeader(last, last.hash());
            block.setNull(7, Types.NULL);
            block.executeUpdate();
            List<Balance> held = new ArrayList<>();
            beginning.forEachBalance(held::add);
            for (Balance each : held) {
                balances.add(each);
            }
            balances.write(last.height());
            keepFrom(last.height() + 1);
            connection.commit();
            height = last.height();
            keptFrom = height + 1;
        } catch (SQLException failure) {
            throw closeAfter(failure);
        }
    }

    /// Has the disk keep all that was added, also where the power is lost.
    ///
    /// @return false where a reader was in the way
    boolean sync() throws IOException {
        try {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement();
                    ResultSet busy = statement.executeQuery("pragma wal_checkpoint(full)")) {
                return busy.next() && busy.getInt(1) == 0;
            } finally {
                connection.setAutoCommit(false);
            }
        } catch (SQLException failure) {
            throw closeAfter(failure);
        }
    }

    /// Removes what is said of the transactions of blocks below a height, together or not at all.
    /// Their headers and the balances stay, and where a transaction was that was accepted.
    void prune(long belowHeight) throws IOException {
        try {
            balances.write(height);
            for (String table : PRUNED) {
                try (PreparedStatement delete =
                        connection.prepareStatement("delete from " + table + " where height < ?")) {
                    delete.setLong(1, belowHeight);
                    delete.executeUpdate();
                }
            }
            runs.prune(belowHeight);
            keepFrom(belowHeight);
            connection.commit();
            keptFrom = belowHeight;
        } catch (SQLException failure) {
            throw closeAfter(failure);
        }
    }

    /// The hash of a block in the tables, in hexadecimal.
    Optional<String> findHash(long ofHeight) throws IOException {
        try (PreparedStatement query =
                connection.prepareStatement("select hash from blocks where height = ?")) {
            query.setLong(1, ofHeight);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException failure) {
            throw describe(file, failure);
        }
    }

    /// The position of the last event in the tables, or of the last that is not in them any more.
    EventPosition lastEvent() throws IOException {
        try (Statement query = connection.createStatement();
                ResultSet row =
                        query.executeQuery(
                                "select height, first + json_array_length(events) - 1 from parts"
                                        + " order by height desc, first desc limit 1")) {
            return row.next()
                    ? new EventPosition(row.getLong(1), row.getInt(2))
                    : EventPosition.beforeBlock(keptFrom);
        } catch (SQLException failure) {
            throw describe(file, failure);
        }
    }

    /// Adds blocks that follow each other and the last one, together or not at all.
    ///
    /// @return their events, in order
    List<EventRow> add(List<CommittedBlock> blocks) throws IOException {
        List<EventRow> events = new ArrayList<>();
        try {
            Found found = new Found();
            for (CommittedBlock each : blocks) {
                add(each, events, found);
            }
            for (RunSubject subject : RunSubject.values()) {
                runs.add(subject, found.of(subject), keptFrom);
            }
            balances.writeIfMany(blocks.getLast().height(), events.size());
            connection.commit();
            height = blocks.getLast().height();
            return events;
        } catch (SQLException failure) {
            throw closeAfter(failure);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw describe(file, failure);
        }
    }

    /// Deletes a file of tables and what SQLite keeps beside it.
    static void delete(Path file) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }

    /// A failure of SQLite's, with what may be done about it.
    static IOException describe(Path file, SQLException failure) {
        String remedy =
                UNREADABLE.contains(failure.getErrorCode())
                        ? "; check the disk and the file's owner; where they are fine, stop the"
                                + " node and remove the file: it is made again from the ledger"
                        : "";
        return new IOException(file + ": " + failure.getMessage() + remedy, failure);
    }

    private void add(CommittedBlock committed, List<EventRow> events, Found found)
            throws SQLException {
        BlockHeader header = committed.block().toHeader();
        addHeader(header, committed.block().hash());
        block.setInt(7, committed.entries().size());
        block.executeUpdate();
        addReceipts(committed);
        PartWriter parts = new PartWriter(part, events, header.height());
        for (Happened happened : committed.first()) {
            add(parts, happened, found);
            parts.breathe();
        }
        for (int i = 0; i < committed.entries().size(); i++) {
            add(parts, i, committed.entries().get(i), found);
            parts.breathe();
        }
        parts.close();
    }

    private void addHeader(BlockHeader header, Hash hash) throws SQLException {
        block.setLong(1, header.height());
        block.setLong(2, header.timeMillis());
        block.setString(3, hash.toString());
        block.setString(4, header.previousHash().toString());
        block.setString(5, header.appHash().toString());
        block.setString(6, header.resultsHash().toString());
    }

    private void addReceipts(CommittedBlock committed) throws SQLException {
        if (!committed.receipts().isEmpty()) {
            receipts.setLong(1, committed.height());
            receipts.setBytes(2, Receipts.write(committed.receipts()));
            receipts.executeUpdate();
        }
    }

    private void add(PartWriter parts, int place, CommittedBlock.Entry entry, Found found)
            throws SQLException {
        entry.id()
                .ifPresent(id ->
                        found.add(
                                switch (entry.outcome()) {
                                    case Outcome.Accepted() -> RunSubject.ACCEPTED;
                                    case Outcome.Exists(), Outcome.Rejected _ ->
                                            RunSubject.ANSWERED;
                                },
                                HexFormat.of().parseHex(id),
                                parts.position()));
        boolean mayPassLater =
                entry.outcome() instanceof Outcome.Rejected(Refusal refusal, _)
                        && refusal.mayPassLater();
        String type = Part.ANSWER + entry.outcome().word();
        parts.answer(type, answer(place, entry), entry.bytes(), mayPassLater);
        for (Happened happened : entry.events()) {
            add(parts, happened, found);
        }
    }

    /// The ledger's answer to a transaction, which comes before what the transaction did.
    private static SequencedMap<String, Object> answer(int place, CommittedBlock.Entry entry) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        entry.id().ifPresent(id -> fields.put("id", id));
        fields.put("index", place);
        if (entry.outcome() instanceof Outcome.Rejected(Refusal refusal, OptionalInt step)) {
            fields.put("module", refusal.module());
            fields.put("number", refusal.number());
            fields.put("name", refusal.name());
            step.ifPresent(index -> fields.put("step", index));
        }
        return fields;
    }

    private void add(PartWriter parts, Happened happened, Found found) throws SQLException {
        if (happened.movement().isEmpty()) {
            parts.event(happened.type(), happened.fields());
            return;
        }
        Happened.Movement moved = happened.movement().get();
        if (moved.posted() > 0) {
            found.add(RunSubject.MOVED, moved.from().bytes().toBytes(), parts.position());
            found.add(RunSubject.MOVED, moved.to().bytes().toBytes(), parts.position());
        }
        balances.add(moved);
        parts.movement(happened.type(), happened.fields(), moved.posted(), moved.pending());
    }

    private void keepFrom(long fromHeight) throws SQLException {
        try (PreparedStatement about =
                connection.prepareStatement("update about set kept_from = ?")) {
            about.setLong(1, fromHeight);
            about.executeUpdate();
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.getLong(1);
        }
    }

    /// Drops what was not committed, and all else with it: where the disk is full SQLite has rolled
    /// back by itself, and what the driver were given then it would write for good, row by row.
    private IOException closeAfter(SQLException failure) {
        try {
            connection.close();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
        return describe(file, failure);
    }

    /// The tables that are there, if they can be gone on with.
    ///
    /// @throws SQLException if that cannot be told
    private static Optional<Tables> findKept(Path file, String ledger, SQLiteConfig config)
            throws SQLException {
        Optional<Tables> kept = Optional.empty();
        try {
            Connection connection = connect(file, config);
            try {
                if (isOurs(connection, ledger)) {
                    connection.setAutoCommit(false);
                    kept = Optional.of(new Tables(file, connection));
                }
            } finally {
                if (kept.isEmpty()) {
                    connection.close();
                }
            }
        } catch (SQLException failure) {
            if (!DAMAGED.contains(failure.getErrorCode())) {
                throw failure;
            }
        }
        return kept;
    }

    private static boolean isOurs(Connection connection, String ledger) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet format = statement.executeQuery("pragma user_version")) {
                if (format.getInt(1) != Schema.FORMAT) {
                    return false;
                }
            }
            try (ResultSet about = statement.executeQuery("select ledger from about")) {
                return about.next() && about.getString(1).equals(ledger);
            }
        }
    }

    private static Connection connect(Path file, SQLiteConfig config) throws SQLException {
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        // Otherwise each insert is followed by a query for the key that it made.
        config.setGetGeneratedKeys(false);
        config.setCacheSize(-CACHE_KIB);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("pragma wal_autocheckpoint = " + LOG_PAGES);
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /// What some blocks add to the indexes.
    private static final class Found {
        private final Map<RunSubject, List<byte[]>> entries = new EnumMap<>(RunSubject.class);

        void add(RunSubject subject, byte[] key, EventPosition position) {
            of(subject).add(subject.entry(key, position));
        }

        List<byte[]> of(RunSubject subject) {
            return entries.computeIfAbsent(subject, _ -> new ArrayList<>());
        }
    }
}
