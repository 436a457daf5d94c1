package mitoyen.node.views;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.node.running.Refusal;
import org.sqlite.SQLiteConfig;

/// What the tables say, for any number of threads; a few look at a time.
public final class ViewReader {
    private static final int AT_ONCE = 8;
    private static final int BUSY_MILLIS = 5_000;
    private static final String TRANSACTION =
            "select t.height, t.position, b.time_ms, t.id, t.sent, t.answer, t.module, t.number,"
                    + " t.name, t.may_pass_later, t.step, t.bytes from transactions t"
                    + " join blocks b on b.height = t.height ";
    private static final String BLOCK =
            "select height, time_ms, hash, previous_hash, state_root, receipts_root, transactions"
                    + " from blocks ";

    private final Path file;
    private final Semaphore looking = new Semaphore(AT_ONCE);

    /// @param file the tables that a [ViewFeed] feeds
    public ViewReader(Path file) {
        this.file = file;
    }

    /// A block's line.
    ///
    /// @param transactions how many it has; empty where it was pruned before the tables began
    public record BlockRow(
            long height,
            long timeMillis,
            String hash,
            String previousHash,
            String stateRoot,
            String receiptsRoot,
            OptionalInt transactions) {}

    /// A transaction's line.
    ///
    /// @param answer `accepted`, `exists` or `rejected`
    /// @param refusal why it was rejected, if it was
    /// @param step the index of the step that was refused, from 0; empty where it was the whole
    /// @param bytes what was sent
    public record TransactionRow(
            long height,
            int index,
            long timeMillis,
            Optional<String> id,
            String sent,
            String answer,
            Optional<Refusal> refusal,
            OptionalInt step,
            ByteString bytes) {}

    /// A movement of value.
    public record TransferRow(
            EventPosition position, String asset, String from, String to, long amount) {}

    /// A block.
    public Optional<BlockRow> findBlock(long height) throws IOException {
        return query(BLOCK + "where height = ?", ViewReader::block, height).stream().findFirst();
    }

    /// Blocks by rising height.
    ///
    /// @param from the height of the first
    public List<BlockRow> listBlocks(long from, int limit) throws IOException {
        return query(
                BLOCK + "where height >= ? order by height limit ?",
                ViewReader::block,
                from,
                limit);
    }

    /// The transactions of a block, in order.
    public List<TransactionRow> listTransactions(long height) throws IOException {
        return query(
                TRANSACTION + "where t.height = ? order by t.position",
                ViewReader::transaction,
                height);
    }

    /// How many transactions a block has; 0 where there is no such block.
    public int countTransactions(long height) throws IOException {
        return findBlock(height).map(block -> block.transactions().orElse(0)).orElse(0);
    }

    /// The height of the block that accepted a transaction, where it was pruned.
    ///
    /// @param id in hexadecimal
    public OptionalLong findPruned(String id) throws IOException {
        return query("select height from pruned where id = ?", row -> row.getLong(1), id).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /// A transaction by its id in hexadecimal: where it was accepted, else its last answer.
    public Optional<TransactionRow> findTransaction(String id) throws IOException {
        return query(
                        TRANSACTION
                                + "where t.id = ? order by t.answer = 'accepted' desc,"
                                + " t.height desc, t.position desc limit 1",
                        ViewReader::transaction,
                        id)
                .stream()
                .findFirst();
    }

    /// The transaction of these bytes: where it was accepted, else its last answer. An id belongs
    /// to its sender (LE-91), so that several may bear it.
    ///
    /// @param sent the SHA-256 of its bytes, in hexadecimal
    public Optional<TransactionRow> findTransaction(String id, String sent) throws IOException {
        return query(
                        TRANSACTION
                                + "where t.id = ? and t.sent = ? order by t.answer = 'accepted'"
                                + " desc, t.height desc, t.position desc limit 1",
                        ViewReader::transaction,
                        id,
                        sent)
                .stream()
                .findFirst();
    }

    /// What a block answered, in the bytes that its receipts' root is taken of: to timers, then to
    /// its transactions.
    public List<ByteString> listReceipts(long height) throws IOException {
        return query(
                "select bytes from receipts where height = ? order by position",
                row -> ByteString.of(row.getBytes(1)),
                height);
    }

    /// What happened in a transaction's block, in order.
    public List<EventRow> listEvents(long height) throws IOException {
        return query(
                "select height, position, type, fields from events where height = ?"
                        + " order by position",
                ViewReader::event,
                height);
    }

    /// The events behind a position.
    public List<EventRow> listEventsAfter(EventPosition after, int limit) throws IOException {
        return query(
                "select height, position, type, fields from events"
                        + " where (height, position) > (?, ?) order by height, position limit ?",
                ViewReader::event,
                after.height(),
                after.index(),
                limit);
    }

    /// An account's movements, the latest first.
    ///
    /// @param before only those that stand before this
    public List<TransferRow> listTransfers(String account, EventPosition before, int limit)
            throws IOException {
        String side =
                "select height, position, asset, debited, credited, amount from transfers"
                        + " where %s = ? and (height, position) < (?, ?)";
        return query(
                side.formatted("debited")
                        + " union all "
                        + side.formatted("credited")
                        + " order by height desc, position desc limit ?",
                ViewReader::transfer,
                account,
                before.height(),
                before.index(),
                account,
                before.height(),
                before.index(),
                limit);
    }

    private static BlockRow block(ResultSet row) throws SQLException {
        return new BlockRow(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                number(row, 7));
    }

    private static TransactionRow transaction(ResultSet row) throws SQLException {
        Optional<Refusal> refusal =
                Optional.ofNullable(row.getString(7)).isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Refusal(
                                        row.getString(7),
                                        row.getInt(8),
                                        row.getString(9),
                                        row.getBoolean(10)));
        return new TransactionRow(
                row.getLong(1),
                row.getInt(2),
                row.getLong(3),
                Optional.ofNullable(row.getString(4)),
                row.getString(5),
                row.getString(6),
                refusal,
                number(row, 11),
                ByteString.of(row.getBytes(12)));
    }

    private static OptionalInt number(ResultSet row, int column) throws SQLException {
        return row.getObject(column) instanceof Integer number
                ? OptionalInt.of(number)
                : OptionalInt.empty();
    }

    private static EventRow event(ResultSet row) throws SQLException {
        return new EventRow(
                new EventPosition(row.getLong(1), row.getInt(2)),
                row.getString(3),
                row.getString(4));
    }

    private static TransferRow transfer(ResultSet row) throws SQLException {
        return new TransferRow(
                new EventPosition(row.getLong(1), row.getInt(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6));
    }

    /// A connection for each question: the tables may be made anew in between.
    private <T> List<T> query(String sql, Row<T> read, Object... values) throws IOException {
        looking.acquireUninterruptibly();
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(read.read(found));
                }
            }
            return rows;
        } catch (SQLException failure) {
            throw Tables.describe(file, failure);
        } finally {
            looking.release();
        }
    }

    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
