package mitoyen.node.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import mitoyen.consensus.Application.BlockResult;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Sha256;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.Happened;
import mitoyen.node.running.Happened.Movement;
import mitoyen.node.running.Refusal;
import mitoyen.node.views.ViewReader.TransactionRow;
import mitoyen.node.views.ViewReader.TransferRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Tables against lists of all that happened, on blocks made by chance.
class TablesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ACCOUNTS = 6;

    private final List<CommittedBlock> blocks = new ArrayList<>();
    private final List<EventRow> events = new ArrayList<>();
    private final List<TransactionRow> transactions = new ArrayList<>();
    private final List<TransferRow> transfers = new ArrayList<>();
    private final TreeMap<String, long[]> balances = new TreeMap<>();
    private final Set<String> accepted = new HashSet<>();

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void whatTheTablesSayIsWhatHappened(long seed) throws Exception {
        Random chance = new Random(seed);
        List<EventRow> published = new ArrayList<>();
        int height = 0;
        while (height < 60) {
            // They are closed and opened in between: what is only in memory must come back.
            try (Tables tables = Tables.open(file(), "ledger")) {
                assertThat(tables.height()).isEqualTo(height);
                int batches = chance.nextInt(4);
                for (int i = 0; i < batches; i++) {
                    List<CommittedBlock> batch = new ArrayList<>();
                    int size = 1 + chance.nextInt(3);
                    for (int j = 0; j < size; j++) {
                        batch.add(make(++height, chance));
                    }
                    published.addAll(tables.add(batch));
                }
                assertThat(tables.lastEvent())
                        .isEqualTo(
                                events.isEmpty()
                                        ? EventPosition.START
                                        : events.getLast().position());
            }
        }
        assertThat(published).as("seed " + seed).isEqualTo(events);
        check(new ViewReader(file()), chance);
        assertThat(balances()).as("seed " + seed).isEqualTo(expectedBalances());
    }

    @Test
    void balancesAreRightBeforeAndAfterTheyAreAddedUp() throws Exception {
        Random chance = new Random(5);
        try (Tables tables = Tables.open(file(), "ledger")) {
            for (int height = 1; height <= 90; height++) {
                tables.add(List.of(make(height, chance, 1_000)));
                if (height % 15 == 0) {
                    assertThat(balances()).as("height " + height).isEqualTo(expectedBalances());
                }
            }
            assertThat(Long.parseLong(query("select summed_to from about").getFirst()))
                    .isBetween(10L, 89L);
            tables.prune(50);
            assertThat(balances()).isEqualTo(expectedBalances());
        }
        try (Tables tables = Tables.open(file(), "ledger")) {
            tables.add(List.of(make(91, chance, 10)));
            assertThat(balances()).isEqualTo(expectedBalances());
        }
    }

    @Test
    void blocksThatCannotBeWrittenLeaveNothingBehind() throws Exception {
        Random chance = new Random(6);
        CommittedBlock second;
        try (Tables tables = Tables.open(file(), "ledger")) {
            tables.add(List.of(make(1, chance, 20)));
            second = make(2, chance, 20);
            List<CommittedBlock> twice = List.of(second, second);
            assertThatThrownBy(() -> tables.add(twice)).isInstanceOf(IOException.class);
        }
        try (Tables tables = Tables.open(file(), "ledger")) {
            assertThat(tables.height()).isEqualTo(1);
            tables.add(List.of(second));
            assertThat(balances()).isEqualTo(expectedBalances());
            tables.prune(1);
            assertThat(balances()).isEqualTo(expectedBalances());
        }
        check(new ViewReader(file()), chance);
    }

    @Test
    void tablesThatAreNotGoneOnWithAreClosed() throws Exception {
        assumeThat(ManagementFactory.getOperatingSystemMXBean())
                .as("a system that tells how many files a process has open")
                .isInstanceOf(UnixOperatingSystemMXBean.class);
        Tables.open(file(), "ledger").close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("drop table about");
        }
        byte[] damaged = Files.readAllBytes(file());
        long before = openFiles();
        for (int i = 0; i < 30; i++) {
            Tables.open(file(), "ledger").close();
            Files.write(file(), damaged);
        }
        assertThat(openFiles() - before).isLessThan(20);
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getOpenFileDescriptorCount();
    }

    @Test
    void tablesThatCannotBeOpenedStay() throws Exception {
        try (Tables tables = Tables.open(file(), "ledger")) {
            tables.add(List.of(make(1, new Random(7), 20)));
        }
        // SQLite wants a file of this name, and has as little use for it as on a full disk.
        Path inTheWay = Files.createDirectory(folder.resolve(file().getFileName() + "-wal"));
        assertThatThrownBy(() -> Tables.open(file(), "ledger"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file().toString())
                .hasMessageEndingWith(
                        "; check the disk and the file's owner; where they are fine, stop the node"
                                + " and remove the file: it is made again from the ledger");
        Files.delete(inTheWay);
        try (Tables tables = Tables.open(file(), "ledger")) {
            assertThat(tables.height()).isEqualTo(1);
        }
    }

    private void check(ViewReader reader, Random chance) throws Exception {
        for (CommittedBlock block : blocks) {
            assertThat(reader.listReceipts(block.height())).isEqualTo(block.receipts());
            assertThat(reader.listTransactions(block.height()))
                    .isEqualTo(
                            transactions.stream()
                                    .filter(row -> row.height() == block.height())
                                    .toList());
        }
        for (TransactionRow row : transactions) {
            if (row.id().isPresent()) {
                assertThat(reader.findTransaction(row.id().get())).isEqualTo(best(row.id().get()));
                assertThat(reader.findPruned(row.id().get())).isEmpty();
            }
        }
        assertThat(reader.findTransaction("%032x".formatted(1L << 40))).isEmpty();
        for (int i = 0; i < 50; i++) {
            EventPosition at = new EventPosition(chance.nextLong(63), chance.nextInt(80));
            int limit = 1 + chance.nextInt(200);
            assertThat(reader.listEventsAfter(at, limit))
                    .isEqualTo(
                            events.stream()
                                    .filter(event -> event.position().compareTo(at) > 0)
                                    .limit(limit)
                                    .toList());
            AccountId account = account(chance.nextInt(ACCOUNTS + 1));
            assertThat(reader.listTransfers(account, at, limit)).isEqualTo(of(account, at, limit));
        }
        assertThat(query("select height, position, type, fields from events order by 1, 2"))
                .isEqualTo(
                        events.stream()
                                .map(event ->
                                        event.position().height()
                                                + "|"
                                                + event.position().index()
                                                + "|"
                                                + event.type()
                                                + "|"
                                                + event.json())
                                .toList());
        assertThat(
                        query(
                                "select height, position, id, answer, module, number, name,"
                                    + " may_pass_later, step, lower(hex(bytes)) from transactions"))
                .isEqualTo(transactions.stream().map(TablesTest::line).toList());
        assertThat(query("select * from transfers order by 1, 2"))
                .isEqualTo(transfers.stream().map(TablesTest::line).toList());
    }

    private static String line(TransactionRow row) {
        return Stream.of(
                        row.height(),
                        row.index(),
                        row.id().orElse("null"),
                        row.answer(),
                        row.refusal().map(Refusal::module).orElse("null"),
                        row.refusal().map(refusal -> "" + refusal.number()).orElse("null"),
                        row.refusal().map(Refusal::name).orElse("null"),
                        row.refusal().map(why -> why.mayPassLater() ? "1" : "0").orElse("null"),
                        row.step().isPresent() ? "" + row.step().getAsInt() : "null",
                        row.bytes())
                .map(Object::toString)
                .reduce((left, right) -> left + "|" + right)
                .orElseThrow();
    }

    private static String line(TransferRow row) {
        return row.position().height()
                + "|"
                + row.position().index()
                + "|"
                + row.asset()
                + "|"
                + row.from()
                + "|"
                + row.to()
                + "|"
                + row.amount();
    }

    private Optional<TransactionRow> best(String id) {
        return transactions.stream()
                .filter(row -> row.id().equals(Optional.of(id)))
                .max(
                        Comparator.comparing(
                                        (TransactionRow row) -> row.answer().equals("accepted"))
                                .thenComparingLong(TransactionRow::height)
                                .thenComparingInt(TransactionRow::index));
    }

    private List<TransferRow> of(AccountId account, EventPosition before, int limit) {
        String text = account.toString();
        return transfers.reversed().stream()
                .filter(row -> row.position().compareTo(before) < 0)
                .filter(row -> row.from().equals(text) || row.to().equals(text))
                .limit(limit)
                .toList();
    }

    private CommittedBlock make(int height, Random chance) {
        return make(height, chance, chance.nextInt(5) == 0 ? chance.nextInt(120) : 2);
    }

    private CommittedBlock make(int height, Random chance, int size) {
        List<Happened> first = new ArrayList<>();
        List<ByteString> receipts = new ArrayList<>();
        int index = 0;
        int timers = chance.nextInt(8) == 0 ? chance.nextInt(100) : 0;
        for (int i = 0; i < timers; i++) {
            first.add(note(height, index++, chance));
            receipts.add(bytes(chance, 40));
        }
        List<CommittedBlock.Entry> entries = new ArrayList<>();
        for (int place = 0; place < size; place++) {
            CommittedBlock.Entry entry = entry(chance);
            List<Happened> happened = new ArrayList<>();
            int position = index++;
            events.add(answer(height, position, place, entry));
            if (entry.outcome() instanceof Outcome.Accepted) {
                int did = chance.nextInt(50) == 0 ? 70 : chance.nextInt(4);
                for (int i = 0; i < did; i++) {
                    happened.add(note(height, index++, chance));
                }
            }
            transactions.add(
                    row(
                            height,
                            place,
                            entry,
                            events.subList(events.size() - happened.size(), events.size())));
            entries.add(
                    new CommittedBlock.Entry(
                            entry.id(), entry.sent(), entry.bytes(), entry.outcome(), happened));
            receipts.add(bytes(chance, 60));
        }
        Hash hash = Hash.of(bytes(chance, 32).toBytes());
        Block block =
                new Block(height, 1_000 + height, hash, new BlockResult(hash, hash), List.of());
        CommittedBlock committed = new CommittedBlock(block, first, entries, receipts);
        blocks.add(committed);
        return committed;
    }

    /// Ids are few, so that some are sent again; each is accepted once at most.
    private CommittedBlock.Entry entry(Random chance) {
        Optional<String> id =
                chance.nextInt(10) == 0
                        ? Optional.empty()
                        : Optional.of("%032x".formatted(chance.nextInt(5_000) * 77_777L));
        ByteString sent = bytes(chance, chance.nextInt(20) == 0 ? 5_000 : 200);
        boolean taken = id.isEmpty() || !accepted.add(id.get());
        Outcome outcome =
                taken
                        ? chance.nextBoolean()
                                ? new Outcome.Exists()
                                : new Outcome.Rejected(
                                        new Refusal(
                                                "energy",
                                                chance.nextInt(9),
                                                "A_REASON",
                                                chance.nextBoolean()),
                                        chance.nextBoolean()
                                                ? OptionalInt.of(chance.nextInt(5))
                                                : OptionalInt.empty())
                        : new Outcome.Accepted();
        return new CommittedBlock.Entry(id, Sha256.of(sent.toBytes()), sent, outcome, List.of());
    }

    private static EventRow answer(
            int height, int position, int place, CommittedBlock.Entry entry) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        entry.id().ifPresent(id -> fields.put("id", id));
        fields.put("index", place);
        if (entry.outcome() instanceof Outcome.Rejected(Refusal why, OptionalInt step)) {
            fields.put("module", why.module());
            fields.put("number", why.number());
            fields.put("name", why.name());
            step.ifPresent(each -> fields.put("step", each));
        }
        return new EventRow(
                new EventPosition(height, position),
                "transaction." + entry.outcome().word(),
                JSON.writeValueAsString(fields));
    }

    private static TransactionRow row(
            int height, int place, CommittedBlock.Entry entry, List<EventRow> did) {
        boolean isRejected = entry.outcome() instanceof Outcome.Rejected;
        return new TransactionRow(
                height,
                place,
                1_000 + height,
                entry.id(),
                entry.sent().toString(),
                entry.outcome().word(),
                isRejected
                        ? Optional.of(((Outcome.Rejected) entry.outcome()).refusal())
                        : Optional.empty(),
                isRejected ? ((Outcome.Rejected) entry.outcome()).step() : OptionalInt.empty(),
                entry.bytes(),
                did);
    }

    /// Something that happened, such as a movement; noted in the lists.
    private Happened note(int height, int index, Random chance) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        if (chance.nextInt(4) == 0) {
            fields.put("text", "a \"quoted\" é \n \u2028 [1,2] \\ 🌞");
            fields.put("list", List.of(1, 2L, "three", true));
            fields.put("map", new LinkedHashMap<>(Map.of("a", Long.MIN_VALUE)));
            Happened happened = new Happened("a.note", fields, Optional.empty());
            keep(height, index, happened);
            return happened;
        }
        int debited = chance.nextInt(ACCOUNTS);
        AccountId from = account(debited);
        AccountId to = account((debited + 1 + chance.nextInt(ACCOUNTS - 1)) % ACCOUNTS);
        long posted = chance.nextBoolean() ? chance.nextInt(1_000) : 0;
        long pending = chance.nextInt(3) - 1L;
        fields.put("asset", "EUR");
        fields.put("from", from.toString());
        fields.put("to", to.toString());
        fields.put("amount", Long.toString(posted));
        Happened happened =
                new Happened(
                        "account.moved",
                        fields,
                        Optional.of(new Movement("EUR", from, to, posted, pending)));
        keep(height, index, happened);
        long[] of = balances.computeIfAbsent(from.toString(), _ -> new long[4]);
        of[0] += posted;
        of[2] += pending;
        of = balances.computeIfAbsent(to.toString(), _ -> new long[4]);
        of[1] += posted;
        of[3] += pending;
        if (posted > 0) {
            transfers.add(
                    new TransferRow(
                            new EventPosition(height, index),
                            "EUR",
                            from.toString(),
                            to.toString(),
                            posted));
        }
        return happened;
    }

    private void keep(int height, int index, Happened happened) {
        events.add(
                new EventRow(
                        new EventPosition(height, index),
                        happened.type(),
                        JSON.writeValueAsString(happened.fields())));
    }

    private List<String> expectedBalances() {
        return balances.entrySet().stream()
                .map(each -> {
                    long[] held = each.getValue();
                    return each.getKey()
                            + "|EUR|%d|%d|%d|%d".formatted(held[0], held[1], held[2], held[3]);
                })
                .toList();
    }

    private List<String> balances() throws SQLException {
        return query("select * from balances order by account, asset");
    }

    private static AccountId account(int number) {
        return new AccountId(ByteString.parseHex("%040x".formatted(number * 1_000_003)));
    }

    private static ByteString bytes(Random chance, int length) {
        byte[] bytes = new byte[length];
        chance.nextBytes(bytes);
        return ByteString.of(bytes);
    }

    private Path file() {
        return folder.resolve("views.sqlite");
    }

    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection tables = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = tables.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(column == 1 ? "" : "|").append(found.getString(column));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
