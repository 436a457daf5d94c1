package mitoyen.node.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.running.History;
import mitoyen.node.running.LoneLedger;
import mitoyen.node.running.RunningLedger;
import mitoyen.node.running.Street;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class ViewFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Genesis genesis = Street.genesis();
    private final Street street = new Street(genesis);
    private final List<CommittedBlock> blocks = new ArrayList<>();

    @TempDir private Path folder;
    private Optional<History> history = Optional.empty();

    @BeforeEach
    void settle() throws Exception {
        RunningLedger ledger =
                RunningLedger.open(
                        new RealDisk(),
                        folder.resolve("ledger"),
                        folder.resolve("snapshots"),
                        2,
                        genesis);
        history = Optional.of(ledger.history());
        try (LoneLedger lone = new LoneLedger(ledger, (block, _) -> blocks.add(block))) {
            lone.submit(street.found("solaire"));
            for (int day = 0; day < 10; day++) {
                lone.submit(street.settle("solaire", day));
            }
            lone.submit(street.claim("solaire", 3, 100));
            lone.submit(street.settle("nobody", 0));
        }
    }

    @Test
    void tablesThatWereFedAsItHappenedAreThoseThatAreMadeFromTheFiles() throws Exception {
        List<String> live = new ArrayList<>();
        try (ViewFeed feed = open("live.sqlite", 0)) {
            blocks.forEach(feed::offer);
            live.addAll(contents(feed, "live.sqlite"));
        }
        try (ViewFeed feed = open("replayed.sqlite", blocks.size())) {
            assertThat(contents(feed, "replayed.sqlite")).isEqualTo(live).hasSizeGreaterThan(40);
        }
    }

    @Test
    void aFeedGoesOnWhereItStoppedAndFillsWhatItMissed() throws Exception {
        List<String> whole = new ArrayList<>();
        try (ViewFeed feed = open("whole.sqlite", blocks.size())) {
            whole.addAll(contents(feed, "whole.sqlite"));
        }
        try (ViewFeed feed = open("parts.sqlite", 4)) {
            assertThat(feed.await(4, PATIENCE)).isTrue();
        }
        try (ViewFeed feed = open("parts.sqlite", 6)) {
            assertThat(feed.await(6, PATIENCE)).isTrue();
            feed.offer(blocks.get(8));
            assertThat(feed.await(9, PATIENCE)).isTrue();
            blocks.subList(9, blocks.size()).forEach(feed::offer);
            assertThat(contents(feed, "parts.sqlite")).isEqualTo(whole);
        }
    }

    @Test
    void damagedOrForeignTablesAreMadeAnew() throws Exception {
        Files.writeString(folder.resolve("views.sqlite"), "no tables at all, but long enough");
        try (ViewFeed feed = open("views.sqlite", blocks.size())) {
            assertThat(feed.await(blocks.size(), PATIENCE)).isTrue();
        }
        Path other = folder.resolve("views.sqlite");
        Tables.open(other, "another ledger").close();
        try (ViewFeed feed = open("views.sqlite", blocks.size())) {
            assertThat(feed.await(blocks.size(), PATIENCE)).isTrue();
        }
    }

    @Test
    void tablesThatAreAheadOfARestoredLedgerAreMadeAnew() throws Exception {
        try (ViewFeed feed = open("views.sqlite", blocks.size())) {
            assertThat(feed.await(blocks.size(), PATIENCE)).isTrue();
        }
        try (ViewFeed feed = open("views.sqlite", 5)) {
            while (feed.height() != 5) {
                Thread.onSpinWait();
            }
            assertThat(new ViewReader(folder.resolve("views.sqlite")).findBlock(6)).isEmpty();
        }
    }

    /// SQLite undoes by itself what a full disk keeps it from writing; what it were given then
    /// would be there for good.
    @Test
    void aFullDiskLeavesNoBlockHalfWritten() throws Exception {
        List<String> whole = new ArrayList<>();
        try (ViewFeed feed = open("whole.sqlite", blocks.size())) {
            whole.addAll(contents(feed, "whole.sqlite"));
        }
        SQLiteConfig small = new SQLiteConfig();
        small.setMaxPageCount(pagesOf(blocks.subList(0, 3)));
        Path file = folder.resolve("views.sqlite");
        try (Tables tables = Tables.open(file, genesis.hash().toString(), small)) {
            assertThatThrownBy(() -> addEach(tables)).hasMessageContaining("disk is full");
            for (int again = 0; again < 3; again++) {
                assertThatThrownBy(() -> addEach(tables)).isInstanceOf(IOException.class);
            }
        }
        try (ViewFeed feed = open("views.sqlite", blocks.size())) {
            assertThat(contents(feed, "views.sqlite")).isEqualTo(whole);
        }
    }

    private void addEach(Tables tables) throws IOException {
        for (CommittedBlock block : blocks) {
            if (block.height() > tables.height()) {
                tables.add(List.of(block));
            }
        }
    }

    /// How many pages the tables of some blocks take.
    private int pagesOf(List<CommittedBlock> some) throws Exception {
        Path file = folder.resolve("some.sqlite");
        try (Tables tables = Tables.open(file, "ledger")) {
            tables.add(some);
        }
        try (Connection tables = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = tables.createStatement();
                ResultSet pages = statement.executeQuery("pragma page_count")) {
            return pages.getInt(1);
        }
    }

    @Test
    void tablesThatCouldNotBeWrittenAreFedOnceTheyCan() throws Exception {
        Logger log = Logger.getLogger(ViewFeed.class.getName());
        CountDownLatch behind = new CountDownLatch(1);
        Handler listener = new Told(behind);
        log.addHandler(listener);
        try (ViewFeed feed = open("views.sqlite", 4)) {
            assertThat(feed.await(4, PATIENCE)).isTrue();
            assertThat(feed.findHindrance()).isEmpty();
            try (Connection other =
                            DriverManager.getConnection(
                                    "jdbc:sqlite:" + folder.resolve("views.sqlite"));
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                feed.offer(blocks.get(4));
                assertThat(behind.await(60, TimeUnit.SECONDS)).isTrue();
                assertThat(feed.findHindrance().orElseThrow())
                        .contains("views.sqlite: ")
                        .contains("database is locked");
            }
            blocks.subList(5, blocks.size()).forEach(feed::offer);
            assertThat(contents(feed, "views.sqlite")).hasSizeGreaterThan(40);
            while (feed.findHindrance().isPresent()) {
                Thread.onSpinWait();
            }
        } finally {
            log.removeHandler(listener);
        }
    }

    @Test
    void latestEventsReachBackOnlySoFar() {
        EventFeed events = new EventFeed(2, new EventPosition(1, 0));
        EventRow row = new EventRow(new EventPosition(2, 0), "a", "{}");
        events.publish(
                List.of(
                        row,
                        new EventRow(new EventPosition(2, 1), "b", "{}"),
                        new EventRow(new EventPosition(3, 0), "c", "{}")));

        assertThat(events.findAfter(new EventPosition(1, 0), 9)).isEmpty();
        assertThat(events.findAfter(row.position(), 9).orElseThrow())
                .extracting(EventRow::type)
                .containsExactly("b", "c");
        assertThat(events.findAfter(row.position(), 1).orElseThrow()).hasSize(1);
        assertThat(events.end()).isEqualTo(new EventPosition(3, 0));
    }

    private ViewFeed open(String name, int height) throws Exception {
        return ViewFeed.open(
                folder.resolve(name),
                genesis.hash().toString(),
                history.orElseThrow(),
                blocks.subList(0, height).stream()
                        .reduce((_, last) -> last)
                        .map(CommittedBlock::block));
    }

    /// Every line of every table that the reader shows.
    private List<String> contents(ViewFeed feed, String name) throws Exception {
        assertThat(feed.await(blocks.size(), PATIENCE)).isTrue();
        ViewReader reader = new ViewReader(folder.resolve(name));
        List<String> all = new ArrayList<>();
        reader.listBlocks(0, 1_000).forEach(row -> all.add(row.toString()));
        for (CommittedBlock block : blocks) {
            reader.listTransactions(block.height()).forEach(row -> all.add(row.toString()));
            reader.listReceipts(block.height()).forEach(row -> all.add(row.toString()));
        }
        reader.listEventsAfter(EventPosition.START, 1_000).forEach(row -> all.add(row.toString()));
        for (String who : List.of("ana", "bea", "clearing solaire")) {
            AccountId account = Street.account(who);
            all.addAll(balances(name, account.toString()));
            reader.listTransfers(account, new EventPosition(1_000, 0), 100)
                    .forEach(row -> all.add(row.toString()));
        }
        return all;
    }

    /// An account's rows, read as a city's own tools read them.
    private List<String> balances(String name, String account) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection tables =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(name));
                PreparedStatement query =
                        tables.prepareStatement(
                                "select asset || ' ' || debits || ' ' || credits || ' '"
                                        + " || pending_debits || ' ' || pending_credits"
                                        + " from balances where account = ? order by asset")) {
            query.setString(1, account);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    rows.add(found.getString(1));
                }
            }
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }

    /// Hears that the tables are behind.
    private static final class Told extends Handler {
        private final CountDownLatch behind;

        Told(CountDownLatch behind) {
            this.behind = behind;
        }

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().equals(Level.WARNING)) {
                behind.countDown();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
