package mitoyen.node.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.running.Follower;
import mitoyen.node.running.Keep;
import mitoyen.node.running.LoneLedger;
import mitoyen.node.running.People;
import mitoyen.node.running.RunningLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables behind a ledger that was pruned.
class PrunedTablesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Genesis genesis = People.genesis();
    private final People people = new People(genesis);
    private final List<CommittedBlock> blocks = new ArrayList<>();

    @TempDir private Path folder;
    private Optional<RunningLedger> whole = Optional.empty();

    @BeforeEach
    void makeALedger() throws Exception {
        RunningLedger ledger = openLedger();
        whole = Optional.of(ledger);
        try (LoneLedger lone = new LoneLedger(ledger, (block, _) -> blocks.add(block))) {
            lone.submit(people.open("ana"));
            lone.submit(people.open("bea"));
            lone.submit(people.pay("ana", "bea", 1_000_000));
            long expires = System.currentTimeMillis() + 3_600_000;
            for (int i = 0; i < 30; i++) {
                lone.submit(people.pay("ana", "bea", 3, 4));
                lone.submit(people.pay("bea", "ana", 1));
                lone.submit(people.reserve("bea", "ana", 1, expires));
            }
        }
    }

    @Test
    void tablesThatBeginBehindPrunedBlocksSayTheSameOfAllThatFollows() throws Exception { // JO-38
        try (ViewFeed whole = openWhole("whole.sqlite")) {
            assertThat(whole.await(blocks.size(), PATIENCE)).isTrue();
            assertThat(whole.keptFrom()).isEqualTo(1);
        }
        RunningLedger pruned = prune();
        try (ViewFeed late = open("late.sqlite", pruned)) {
            assertThat(late.await(blocks.size(), PATIENCE)).isTrue();
            long from = late.keptFrom();
            assertThat(from).isGreaterThan(59);
            assertThat(rows("late.sqlite", from)).isEqualTo(rows("whole.sqlite", from));
            assertThat(late.events().findAfter(EventPosition.START, 1)).isEmpty();
            awaitDurable(late, blocks.size());
        }
        try (ViewFeed again = open("late.sqlite", pruned)) {
            assertThat(again.height()).isEqualTo(blocks.size());
            assertThat(again.keptFrom()).isGreaterThan(59);
        }
    }

    @Test
    void whatGoesFromTheTablesIsWhatIsOfPrunedBlocksAndNothingElse() throws Exception { // JO-38
        try (ViewFeed feed = openWhole("tables.sqlite");
                ViewFeed whole = openWhole("whole.sqlite")) {
            assertThat(feed.await(blocks.size(), PATIENCE)).isTrue();
            assertThat(whole.await(blocks.size(), PATIENCE)).isTrue();
            feed.pruned(50);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (count("tables.sqlite", "transactions where height < 50") > 0) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.onSpinWait();
            }
        }
        assertThat(rows("tables.sqlite", 50)).isEqualTo(rows("whole.sqlite", 50));
        for (String table : List.of("transactions", "receipts", "events", "transfers")) {
            assertThat(count("whole.sqlite", table + " where height < 50")).as(table).isPositive();
            assertThat(count("tables.sqlite", table + " where height < 50")).as(table).isZero();
        }
        assertThat(count("tables.sqlite", "blocks")).isEqualTo(blocks.size());
        ViewReader reader = new ViewReader(folder.resolve("tables.sqlite"));
        int accepted = 0;
        for (CommittedBlock block : blocks.subList(0, 49)) {
            CommittedBlock.Entry entry = block.entries().getFirst();
            boolean took = entry.outcome() instanceof CommittedBlock.Outcome.Accepted;
            String id = entry.id().orElseThrow();
            assertThat(reader.findPruned(id))
                    .isEqualTo(took ? OptionalLong.of(block.height()) : OptionalLong.empty());
            assertThat(reader.findTransaction(id)).isEmpty();
            accepted += took ? 1 : 0;
        }
        assertThat(accepted).as("all but a payment beyond the limit").isEqualTo(48);
        assertThat(reader.listTransfers(People.account("bea"), RunSearch.END, 1_000))
                .isNotEmpty()
                .allMatch(transfer -> transfer.position().height() >= 50);
    }

    private static void awaitDurable(ViewFeed feed, long height) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (feed.durableHeight() < height) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /// Follows at once whatever comes.
    private static final class Ahead implements Follower {
        @Override
        public long durableHeight() {
            return Long.MAX_VALUE;
        }

        @Override
        public void secure(long height) {
            // It has all.
        }

        @Override
        public void pruned(long firstHeight) {
            // It keeps nothing.
        }
    }

    private ViewFeed openWhole(String name) throws Exception {
        return open(name, whole.orElseThrow());
    }

    private ViewFeed open(String name, RunningLedger ledger) throws Exception {
        return ViewFeed.open(
                folder.resolve(name),
                genesis.hash().toString(),
                ledger.history(),
                Optional.of(blocks.getLast().block()));
    }

    /// The ledger, most of which was pruned; closed, and still to be read.
    private RunningLedger prune() throws Exception {
        try (RunningLedger ledger = openLedger()) {
            ledger.keep(new Keep.Blocks(4), new Ahead());
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (ledger.firstHeight() < 60) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.onSpinWait();
            }
            return ledger;
        }
    }

    private RunningLedger openLedger() throws Exception {
        return RunningLedger.open(
                new RealDisk(),
                folder.resolve("ledger"),
                folder.resolve("snapshots"),
                4,
                genesis,
                2_000);
    }

    /// Every row that is of a block from a height on, and every balance.
    private List<String> rows(String name, long from) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("blocks", "transactions", "receipts", "events", "transfers")) {
            rows.addAll(query(name, "select * from " + table + " where height >= " + from));
        }
        rows.addAll(query(name, "select * from balances order by account, asset"));
        assertThat(rows).hasSizeGreaterThan(20);
        return rows;
    }

    private long count(String name, String what) throws SQLException {
        return Long.parseLong(query(name, "select count(*) from " + what).getFirst());
    }

    private List<String> query(String name, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection tables =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(name));
                Statement statement = tables.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                StringBuilder row = new StringBuilder(found.getString(1));
                for (int column = 2; column <= columns; column++) {
                    row.append('|').append(found.getString(column));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
