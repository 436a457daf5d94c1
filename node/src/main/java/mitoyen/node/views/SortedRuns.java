package mitoyen.node.views;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Indexes by keys that are drawn by lot, written in sorted runs (decision 0030): a batch of
/// entries is a run, and eight runs of one size are merged into one of the next. So what is written
/// lies side by side, where an index of SQLite's would change a page of its own for each entry.
///
/// A page holds entries in order, without gaps; a run has its pages, found by their first entries.
/// Not safe for use by several threads. What is written is the caller's to commit.
final class SortedRuns {
    /// How many runs of a level become one of the next.
    static final int TOGETHER = 8;

    /// Runs of this level stay as they are, lest a merge take long: they have 8 to the power of it
    /// entries or more.
    private static final int LAST_LEVEL = 6;

    /// The most bytes of a page: with its place in the table they fill one of SQLite's.
    private static final int PAGE_BYTES = 4_000;

    private final Connection connection;
    private final PreparedStatement run;
    private final PreparedStatement page;

    SortedRuns(Connection connection) throws SQLException {
        this.connection = connection;
        this.run = connection.prepareStatement("insert into runs values (?, ?, ?, ?)");
        this.page = connection.prepareStatement("insert into run_pages values (?, ?, ?)");
    }

    /// Adds entries of a subject; there may be none.
    ///
    /// @param entries in any order
    /// @param keptFrom the height from which on blocks are kept: what stands below may go
    void add(RunSubject subject, List<byte[]> entries, long keptFrom) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        entries.sort(Arrays::compareUnsigned);
        Writer writer = new Writer(subject, keptFrom);
        for (byte[] entry : entries) {
            writer.write(entry, 0);
        }
        writer.close();
        int level = 0;
        while (level < LAST_LEVEL) {
            List<Long> same = list(subject, level);
            if (same.size() >= TOGETHER) {
                merge(subject, same, keptFrom);
            }
            level++;
        }
    }

    /// Removes the runs that stand as a whole below a height; others lose what stands there when
    /// they are merged.
    void prune(long keptFrom) throws SQLException {
        for (RunSubject subject : RunSubject.values()) {
            if (!subject.isKept()) {
                try (PreparedStatement query =
                        connection.prepareStatement(
                                "select run from runs where subject = ? and last_height < ?")) {
                    query.setInt(1, subject.number());
                    query.setLong(2, keptFrom);
                    remove(read(query));
                }
            }
        }
    }

    private void merge(RunSubject subject, List<Long> runs, long keptFrom) throws SQLException {
        List<Cursor> open = new ArrayList<>();
        try {
            for (long each : runs) {
                Cursor cursor = new Cursor(subject, each);
                open.add(cursor);
            }
            Writer writer = new Writer(subject, keptFrom);
            Optional<Cursor> least = least(open);
            while (least.isPresent()) {
                writer.write(least.get().bytes, least.get().offset);
                least.get().next();
                least = least(open);
            }
            writer.close();
        } finally {
            for (Cursor cursor : open) {
                cursor.close();
            }
        }
        remove(runs);
    }

    /// Whose entry comes first of those that have one.
    private static Optional<Cursor> least(List<Cursor> open) {
        Optional<Cursor> least = Optional.empty();
        for (Cursor cursor : open) {
            if (!cursor.ended && (least.isEmpty() || cursor.compareTo(least.get()) < 0)) {
                least = Optional.of(cursor);
            }
        }
        return least;
    }

    private List<Long> list(RunSubject subject, int level) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select run from runs where subject = ? and level = ?")) {
            query.setInt(1, subject.number());
            query.setInt(2, level);
            return read(query);
        }
    }

    private static List<Long> read(PreparedStatement query) throws SQLException {
        List<Long> runs = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                runs.add(row.getLong(1));
            }
        }
        return runs;
    }

    private void remove(List<Long> runs) throws SQLException {
        for (String table : List.of("run_pages", "runs")) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from " + table + " where run = ?")) {
                for (long each : runs) {
                    delete.setLong(1, each);
                    delete.executeUpdate();
                }
            }
        }
    }

    /// The level of a run with so many entries: how often 8 goes into it, and into what comes out.
    static int level(long entries) {
        int level = 0;
        long left = entries / TOGETHER;
        while (left > 0 && level < LAST_LEVEL) {
            left /= TOGETHER;
            level++;
        }
        return level;
    }

    /// Writes a run, from its least entry on. What stands below the blocks that are kept is left
    /// out.
    private final class Writer {
        private final RunSubject subject;
        private final long keptFrom;
        private final long number;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(PAGE_BYTES);
        private long entries;
        private long lastHeight;

        Writer(RunSubject subject, long keptFrom) throws SQLException {
            this.subject = subject;
            this.keptFrom = keptFrom;
            try (PreparedStatement query =
                            connection.prepareStatement(
                                    "select coalesce(max(run), 0) + 1 from runs");
                    ResultSet row = query.executeQuery()) {
                this.number = row.getLong(1);
            }
        }

        void write(byte[] from, int offset) throws SQLException {
            long height = subject.height(from, offset);
            if (height < keptFrom && !subject.isKept()) {
                return;
            }
            bytes.write(from, offset, subject.entryBytes());
            lastHeight = Math.max(lastHeight, height);
            entries++;
            if (bytes.size() + subject.entryBytes() > PAGE_BYTES) {
                writePage();
            }
        }

        void close() throws SQLException {
            if (bytes.size() > 0) {
                writePage();
            }
            if (entries > 0) {
                run.setLong(1, number);
                run.setInt(2, subject.number());
                run.setInt(3, level(entries));
                run.setLong(4, lastHeight);
                run.executeUpdate();
            }
        }

        private void writePage() throws SQLException {
            byte[] all = bytes.toByteArray();
            page.setLong(1, number);
            page.setBytes(2, Arrays.copyOf(all, subject.entryBytes()));
            page.setBytes(3, all);
            page.executeUpdate();
            bytes.reset();
        }
    }

    /// Reads a run, from its least entry on.
    private final class Cursor implements Comparable<Cursor> {
        private final RunSubject subject;
        private final PreparedStatement query;
        private final ResultSet pages;
        private byte[] bytes = new byte[0];
        private int offset;
        private boolean ended;

        Cursor(RunSubject subject, long run) throws SQLException {
            this.subject = subject;
            this.query =
                    connection.prepareStatement(
                            "select bytes from run_pages where run = ? order by first");
            query.setLong(1, run);
            this.pages = query.executeQuery();
            turn();
        }

        void next() throws SQLException {
            offset += subject.entryBytes();
            if (offset == bytes.length) {
                turn();
            }
        }

        private void turn() throws SQLException {
            ended = !pages.next();
            bytes = ended ? new byte[0] : pages.getBytes(1);
            offset = 0;
        }

        @Override
        public int compareTo(Cursor other) {
            int length = subject.entryBytes();
            return Arrays.compareUnsigned(
                    bytes,
                    offset,
                    offset + length,
                    other.bytes,
                    other.offset,
                    other.offset + length);
        }

        void close() throws SQLException {
            query.close();
        }
    }
}
