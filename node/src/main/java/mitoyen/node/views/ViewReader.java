package mitoyen.node.views;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.proof.Sha256;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.Refusal;
import org.sqlite.SQLiteConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the tables say, for any number of threads; a few look at a time.
public final class ViewReader {
    private static final int AT_ONCE = 8;
    private static final int BUSY_MILLIS = 5_000;
    private static final String BLOCK =
            "select height, time_ms, hash, previous_hash, state_root, receipts_root, transactions"
                    + " from blocks ";

    private static final String PART = "select height, first, events, bytes from parts ";
    private static final JsonMapper JSON = new JsonMapper();

    /// Where answers are found, what counts most first.
    private static final List<RunSubject> ANSWERS =
            List.of(RunSubject.ACCEPTED, RunSubject.ANSWERED);

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
    /// @param sent the SHA-256 of what was sent
    /// @param answer `accepted`, `exists` or `rejected`
    /// @param refusal why it was rejected, if it was
    /// @param step the index of the step that was refused, from 0; empty where it was the whole
    /// @param bytes what was sent
    /// @param events what it did, in order
    public record TransactionRow(
            long height,
            int index,
            long timeMillis,
            Optional<String> id,
            String sent,
            String answer,
            Optional<Refusal> refusal,
            OptionalInt step,
            ByteString bytes,
            List<EventRow> events) {
        public TransactionRow {
            events = List.copyOf(events);
        }

        /// Whether it was accepted: no later answer stands above that.
        public boolean isAccepted() {
            return answer.equals(new Outcome.Accepted().word());
        }
    }

    /// A movement of value.
    public record TransferRow(
            EventPosition position, String asset, String from, String to, long amount) {}

    /// A block.
    public Optional<BlockRow> findBlock(long height) throws IOException {
        return ask(connection -> findBlock(connection, height));
    }

    /// Blocks by rising height.
    ///
    /// @param from the height of the first
    public List<BlockRow> listBlocks(long from, int limit) throws IOException {
        return ask(connection ->
                list(
                        connection,
                        BLOCK + "where height >= ? order by height limit ?",
                        ViewReader::block,
                        from,
                        limit));
    }

    /// The transactions of a block, in order.
    public List<TransactionRow> listTransactions(long height) throws IOException {
        return ask(connection -> {
            Optional<BlockRow> block = findBlock(connection, height);
            List<TransactionRow> rows = new ArrayList<>();
            if (block.isPresent()) {
                String ofBlock = PART + "where height = ? order by first";
                for (Part part : list(connection, ofBlock, ViewReader::part, height)) {
                    byte[] bytes = part.bytes().toBytes();
                    for (int at = 0; at < part.lines().size(); at++) {
                        if (part.lines().get(at).isAnswer()) {
                            rows.add(transaction(block.get().timeMillis(), part, bytes, at));
                        }
                    }
                }
            }
            return rows;
        });
    }

    /// How many transactions a block has; 0 where there is no such block.
    public int countTransactions(long height) throws IOException {
        return findBlock(height).map(block -> block.transactions().orElse(0)).orElse(0);
    }

    /// The height of the block that accepted a transaction, where it was pruned.
    ///
    /// @param id in hexadecimal
    public OptionalLong findPruned(String id) throws IOException {
        return ask(connection -> {
            long keptFrom =
                    list(connection, "select kept_from from about", row -> row.getLong(1))
                            .getFirst();
            return search(connection, RunSubject.ACCEPTED, id, 1).stream()
                    .mapToLong(EventPosition::height)
                    .filter(height -> height < keptFrom)
                    .findFirst();
        });
    }

    /// A transaction by its id in hexadecimal: where it was accepted, else its last answer.
    public Optional<TransactionRow> findTransaction(String id) throws IOException {
        return ask(connection -> {
            for (RunSubject subject : ANSWERS) {
                List<EventPosition> last = search(connection, subject, id, 1);
                if (!last.isEmpty()) {
                    return findAnswer(connection, last.getFirst());
                }
            }
            return Optional.empty();
        });
    }

    /// The transaction of these bytes: where it was accepted, else its last answer. An id belongs
    /// to its sender (LE-91), so that several may bear it.
    ///
    /// @param sent the SHA-256 of its bytes, in hexadecimal
    public Optional<TransactionRow> findTransaction(String id, String sent) throws IOException {
        return ask(connection -> {
            for (RunSubject subject : ANSWERS) {
                for (EventPosition at : search(connection, subject, id, Integer.MAX_VALUE)) {
                    Optional<TransactionRow> answer = findAnswer(connection, at);
                    if (answer.filter(row -> row.sent().equals(sent)).isPresent()) {
                        return answer;
                    }
                }
            }
            return Optional.empty();
        });
    }

    /// What a block answered, in the bytes that its receipts' root is taken of: to timers, then to
    /// its transactions.
    public List<ByteString> listReceipts(long height) throws IOException {
        List<byte[]> found =
                ask(connection ->
                        list(
                                connection,
                                "select bytes from receipts where height = ?",
                                row -> row.getBytes(1),
                                height));
        try {
            return found.isEmpty() ? List.of() : Receipts.read(found.getFirst());
        } catch (CborException damaged) {
            throw new IOException(file + ": the receipts of block " + height, damaged);
        }
    }

    /// The events behind a position.
    public List<EventRow> listEventsAfter(EventPosition after, int limit) throws IOException {
        return ask(connection -> {
            List<EventRow> events = new ArrayList<>();
            try (PreparedStatement query =
                    prepare(
                            connection,
                            PART + "where (height, first) >= (?, ?) order by height, first",
                            after.height(),
                            findPart(connection, after).map(Part::first).orElse(0))) {
                try (ResultSet row = query.executeQuery()) {
                    while (events.size() < limit && row.next()) {
                        part(row).lines().stream()
                                .map(Part.Line::event)
                                .filter(event -> event.position().compareTo(after) > 0)
                                .limit(limit - (long) events.size())
                                .forEach(events::add);
                    }
                }
            }
            return events;
        });
    }

    /// An account's movements, the latest first.
    ///
    /// @param before only those that stand before this
    public List<TransferRow> listTransfers(AccountId account, EventPosition before, int limit)
            throws IOException {
        return ask(connection -> {
            byte[] key = account.bytes().toBytes();
            List<TransferRow> transfers = new ArrayList<>();
            Optional<Part> part = Optional.empty();
            for (EventPosition at :
                    new RunSearch(connection).latest(RunSubject.MOVED, key, before, limit)) {
                if (part.filter(last -> last.holds(at)).isEmpty()) {
                    part = findPart(connection, at);
                }
                part.map(of -> transfer(of.lines().get(of.placeOf(at)))).ifPresent(transfers::add);
            }
            return transfers;
        });
    }

    private static List<EventPosition> search(
            Connection connection, RunSubject subject, String id, int limit) throws SQLException {
        return new RunSearch(connection)
                .latest(subject, HexFormat.of().parseHex(id), RunSearch.END, limit);
    }

    /// The transaction that an event answers, unless it was pruned.
    private static Optional<TransactionRow> findAnswer(Connection connection, EventPosition at)
            throws SQLException {
        Optional<BlockRow> block = findBlock(connection, at.height());
        return findPart(connection, at)
                .flatMap(part ->
                        block.map(of ->
                                transaction(
                                        of.timeMillis(),
                                        part,
                                        part.bytes().toBytes(),
                                        part.placeOf(at))));
    }

    private static Optional<BlockRow> findBlock(Connection connection, long height)
            throws SQLException {
        return list(connection, BLOCK + "where height = ?", ViewReader::block, height).stream()
                .findFirst();
    }

    /// The part that holds an event, unless it was pruned.
    private static Optional<Part> findPart(Connection connection, EventPosition event)
            throws SQLException {
        return list(
                        connection,
                        PART + "where height = ? and first <= ? order by first desc limit 1",
                        ViewReader::part,
                        event.height(),
                        event.index())
                .stream()
                .findFirst();
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

    private static Part part(ResultSet row) throws SQLException {
        return new Part(
                row.getInt(2),
                Part.lines(row.getLong(1), row.getInt(2), row.getString(3)),
                ByteString.of(row.getBytes(4)));
    }

    /// @param bytes the part's
    /// @param at the place of the transaction's answer in the part
    private static TransactionRow transaction(long timeMillis, Part part, byte[] bytes, int at) {
        Part.Line answer = part.lines().get(at);
        JsonNode fields = JSON.readTree(answer.event().json());
        ByteString sent = Part.sent(answer, bytes);
        Optional<Refusal> refusal =
                fields.has("module")
                        ? Optional.of(
                                new Refusal(
                                        fields.path("module").asString(),
                                        fields.path("number").asInt(),
                                        fields.path("name").asString(),
                                        answer.numbers().get(2) == 1))
                        : Optional.empty();
        return new TransactionRow(
                answer.event().position().height(),
                fields.path("index").asInt(),
                timeMillis,
                fields.has("id") ? Optional.of(fields.path("id").asString()) : Optional.empty(),
                Sha256.of(sent.toBytes()).toString(),
                answer.answer(),
                refusal,
                fields.has("step")
                        ? OptionalInt.of(fields.path("step").asInt())
                        : OptionalInt.empty(),
                sent,
                part.lines().stream()
                        .skip(at + 1L)
                        .takeWhile(line -> !line.isAnswer())
                        .map(Part.Line::event)
                        .toList());
    }

    private static OptionalInt number(ResultSet row, int column) throws SQLException {
        return row.getObject(column) instanceof Integer number
                ? OptionalInt.of(number)
                : OptionalInt.empty();
    }

    private static TransferRow transfer(Part.Line movement) {
        JsonNode fields = JSON.readTree(movement.event().json());
        return new TransferRow(
                movement.event().position(),
                fields.path("asset").asString(),
                fields.path("from").asString(),
                fields.path("to").asString(),
                movement.numbers().get(0));
    }

    private static <T> List<T> list(
            Connection connection, String sql, Row<T> read, Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(read.read(found));
            }
        }
        return rows;
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /// Asks in one transaction, and so of one moment, on a connection of its own: the tables may be
    /// made anew in between.
    private <T> T ask(Question<T> question) throws IOException {
        looking.acquireUninterruptibly();
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            return question.ask(connection);
        } catch (SQLException failure) {
            throw Tables.describe(file, failure);
        } finally {
            looking.release();
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
