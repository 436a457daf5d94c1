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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.Happened;
import mitoyen.node.running.History;
import mitoyen.node.running.History.Balance;
import mitoyen.node.running.Refusal;
import org.sqlite.SQLiteConfig;
import tools.jackson.databind.json.JsonMapper;

/// The tables, open for writing by one thread. What is in them depends on the blocks alone.
///
/// A loss of power may lose the last blocks' rows and never leaves half of one: they are written
/// again from the ledger.
final class Tables implements AutoCloseable {
    /// Raised when a table changes: then all are made anew.
    private static final int FORMAT = 3;

    private static final String SCHEMA =
            """
            create table about (ledger text not null, kept_from integer not null);
            create table blocks (
              height integer primary key, time_ms integer not null, hash text not null,
              previous_hash text not null, state_root text not null, receipts_root text not null,
              transactions integer);
            create table transactions (
              height integer not null, position integer not null, id text, sent text not null,
              answer text not null, module text, number integer, name text,
              may_pass_later integer, step integer, bytes blob not null,
              primary key (height, position));
            create table receipts (
              height integer not null, position integer not null, bytes blob not null,
              primary key (height, position)) without rowid;
            create index transactions_by_id on transactions (id);
            create table pruned (id text primary key, height integer not null) without rowid;
            create table events (
              height integer not null, position integer not null, type text not null,
              fields text not null, primary key (height, position)) without rowid;
            create table transfers (
              height integer not null, position integer not null, asset text not null,
              debited text not null, credited text not null, amount integer not null,
              primary key (height, position)) without rowid;
            create index transfers_by_debited on transfers (debited, height, position);
            create index transfers_by_credited on transfers (credited, height, position);
            create table balances (
              account text not null, asset text not null, debits integer not null,
              credits integer not null, pending_debits integer not null,
              pending_credits integer not null, primary key (account, asset)) without rowid;
            """;

    /// The tables whose rows go with the blocks that they are of.
    private static final List<String> PRUNED =
            List.of("transactions", "receipts", "events", "transfers");

    /// How much of the tables and their indexes is kept in memory [KiB].
    private static final int CACHE_KIB = 16 << 10;

    /// How many pages of 4 KiB SQLite gathers before it copies them into the file: indexes by ids
    /// that are drawn by lot change everywhere, and so the same pages again and again.
    private static final int LOG_PAGES = 8_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Connection connection;
    private final PreparedStatement block;
    private final PreparedStatement transaction;
    private final PreparedStatement receipt;
    private final PreparedStatement event;
    private final PreparedStatement transfer;
    private final PreparedStatement balance;
    private long height;
    private long keptFrom;

    private Tables(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.block = connection.prepareStatement("insert into blocks values (?,?,?,?,?,?,?)");
        this.transaction =
                connection.prepareStatement(
                        "insert into transactions values (?,?,?,?,?,?,?,?,?,?,?)");
        this.receipt = connection.prepareStatement("insert into receipts values (?,?,?)");
        this.event = connection.prepareStatement("insert into events values (?,?,?,?)");
        this.transfer = connection.prepareStatement("insert into transfers values (?,?,?,?,?,?)");
        this.balance =
                connection.prepareStatement(
                        "insert into balances values (?,?,?,?,?,?) on conflict (account, asset) do"
                                + " update set debits = debits + excluded.debits,"
                                + " credits = credits + excluded.credits,"
                                + " pending_debits = pending_debits + excluded.pending_debits,"
                                + " pending_credits = pending_credits + excluded.pending_credits");
        this.height = number("select coalesce(max(height), 0) from blocks");
        this.keptFrom = number("select kept_from from about");
    }

    /// Opens the tables of a ledger; makes them anew where they are not there, of another ledger,
    /// of another format or damaged.
    ///
    /// @param ledger the hash that names the ledger, in hexadecimal
    static Tables open(Path file, String ledger) throws IOException {
        if (Files.exists(file)) {
            Optional<Tables> kept = findKept(file, ledger);
            if (kept.isPresent()) {
                return kept.get();
            }
            delete(file);
        }
        try {
            Connection connection = connect(file);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(SCHEMA);
                statement.executeUpdate("pragma user_version = " + FORMAT);
            }
            try (PreparedStatement about =
                    connection.prepareStatement("insert into about values (?, 1)")) {
                about.setString(1, ledger);
                about.executeUpdate();
            }
            connection.setAutoCommit(false);
            return new Tables(file, connection);
        } catch (SQLException failure) {
            throw describe(file, failure);
        }
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
            List<Balance> part = new ArrayList<>();
            beginning.forEachBalance(part::add);
            for (Balance each : part) {
                addBalance(each);
            }
            keepFrom(last.height() + 1);
            connection.commit();
            height = last.height();
            keptFrom = height + 1;
        } catch (SQLException failure) {
            rollBack(failure);
            throw describe(file, failure);
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
            throw describe(file, failure);
        }
    }

    /// Removes what is said of the transactions of blocks below a height, together or not at all.
    /// Their headers and the balances stay, and where a transaction was that was accepted.
    void prune(long belowHeight) throws IOException {
        try {
            try (PreparedStatement forget =
                    connection.prepareStatement(
                            "insert or ignore into pruned select id, height from transactions"
                                    + " where height < ? and answer = 'accepted'")) {
                forget.setLong(1, belowHeight);
                forget.executeUpdate();
            }
            for (String table : PRUNED) {
                try (PreparedStatement delete =
                        connection.prepareStatement("delete from " + table + " where height < ?")) {
                    delete.setLong(1, belowHeight);
                    delete.executeUpdate();
                }
            }
            keepFrom(belowHeight);
            connection.commit();
            keptFrom = belowHeight;
        } catch (SQLException failure) {
            rollBack(failure);
            throw describe(file, failure);
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
                                "select height, position from events"
                                        + " order by height desc, position desc limit 1")) {
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
            Movements moved = new Movements();
            for (CommittedBlock each : blocks) {
                add(each, events, moved);
            }
            for (Balance each : moved.sums()) {
                addBalance(each);
            }
            connection.commit();
            height = blocks.getLast().height();
            return events;
        } catch (SQLException failure) {
            rollBack(failure);
            throw describe(file, failure);
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

    static IOException describe(Path file, SQLException failure) {
        return new IOException(file + ": " + failure.getMessage(), failure);
    }

    private void add(CommittedBlock committed, List<EventRow> events, Movements moved)
            throws SQLException {
        BlockHeader header = committed.block().toHeader();
        addHeader(header, committed.block().hash());
        block.setInt(7, committed.entries().size());
        block.executeUpdate();
        for (int i = 0; i < committed.receipts().size(); i++) {
            receipt.setLong(1, header.height());
            receipt.setInt(2, i);
            receipt.setBytes(3, committed.receipts().get(i).toBytes());
            receipt.executeUpdate();
        }
        int position = 0;
        for (Happened happened : committed.first()) {
            add(new EventPosition(header.height(), position++), happened, events, moved);
        }
        for (int i = 0; i < committed.entries().size(); i++) {
            CommittedBlock.Entry entry = committed.entries().get(i);
            addTransaction(header.height(), i, entry);
            Happened answered = answered(i, entry);
            add(new EventPosition(header.height(), position++), answered, events, moved);
            for (Happened happened : entry.events()) {
                add(new EventPosition(header.height(), position++), happened, events, moved);
            }
        }
    }

    private void addHeader(BlockHeader header, Hash hash) throws SQLException {
        block.setLong(1, header.height());
        block.setLong(2, header.timeMillis());
        block.setString(3, hash.toString());
        block.setString(4, header.previousHash().toString());
        block.setString(5, header.appHash().toString());
        block.setString(6, header.resultsHash().toString());
    }

    private void addTransaction(long ofHeight, int position, CommittedBlock.Entry entry)
            throws SQLException {
        transaction.setLong(1, ofHeight);
        transaction.setInt(2, position);
        for (int column = 3; column <= 10; column++) {
            transaction.setNull(column, Types.NULL);
        }
        if (entry.id().isPresent()) {
            transaction.setString(3, entry.id().get());
        }
        transaction.setString(4, entry.sent().toString());
        transaction.setString(5, entry.outcome().word());
        if (entry.outcome() instanceof Outcome.Rejected(Refusal refusal, OptionalInt step)) {
            transaction.setString(6, refusal.module());
            transaction.setInt(7, refusal.number());
            transaction.setString(8, refusal.name());
            transaction.setBoolean(9, refusal.mayPassLater());
            if (step.isPresent()) {
                transaction.setInt(10, step.getAsInt());
            }
        }
        transaction.setBytes(11, entry.bytes().toBytes());
        transaction.executeUpdate();
    }

    /// The ledger's answer to a transaction, which comes before what the transaction did.
    private static Happened answered(int place, CommittedBlock.Entry entry) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        entry.id().ifPresent(id -> fields.put("id", id));
        fields.put("index", place);
        if (entry.outcome() instanceof Outcome.Rejected(Refusal refusal, OptionalInt step)) {
            fields.put("module", refusal.module());
            fields.put("number", refusal.number());
            fields.put("name", refusal.name());
            step.ifPresent(index -> fields.put("step", index));
        }
        return new Happened("transaction." + entry.outcome().word(), fields, Optional.empty());
    }

    private void add(
            EventPosition position, Happened happened, List<EventRow> events, Movements moved)
            throws SQLException {
        String json = JSON.writeValueAsString(happened.fields());
        event.setLong(1, position.height());
        event.setInt(2, position.index());
        event.setString(3, happened.type());
        event.setString(4, json);
        event.executeUpdate();
        events.add(new EventRow(position, happened.type(), json));
        if (happened.movement().isPresent()) {
            move(position, happened.movement().get(), moved);
        }
    }

    private void move(EventPosition position, Happened.Movement movement, Movements moved)
            throws SQLException {
        if (movement.posted() > 0) {
            transfer.setLong(1, position.height());
            transfer.setInt(2, position.index());
            transfer.setString(3, movement.asset());
            transfer.setString(4, movement.from());
            transfer.setString(5, movement.to());
            transfer.setLong(6, movement.posted());
            transfer.executeUpdate();
        }
        moved.add(movement);
    }

    private void addBalance(Balance held) throws SQLException {
        balance.setString(1, held.account());
        balance.setString(2, held.asset());
        balance.setLong(3, held.debits());
        balance.setLong(4, held.credits());
        balance.setLong(5, held.pendingDebits());
        balance.setLong(6, held.pendingCredits());
        balance.executeUpdate();
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

    private void rollBack(SQLException failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }

    /// The tables that are there, if they can be gone on with.
    private static Optional<Tables> findKept(Path file, String ledger) throws IOException {
        try {
            Connection connection = connect(file);
            if (isOurs(connection, ledger)) {
                connection.setAutoCommit(false);
                return Optional.of(new Tables(file, connection));
            }
            connection.close();
            return Optional.empty();
        } catch (SQLException damaged) {
            return Optional.empty();
        }
    }

    private static boolean isOurs(Connection connection, String ledger) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet format = statement.executeQuery("pragma user_version")) {
                if (format.getInt(1) != FORMAT) {
                    return false;
                }
            }
            try (ResultSet about = statement.executeQuery("select ledger from about")) {
                return about.next() && about.getString(1).equals(ledger);
            }
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
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
}
