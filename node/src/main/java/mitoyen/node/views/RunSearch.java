package mitoyen.node.views;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Looks keys up in what [SortedRuns] wrote, within a transaction of the reader's: runs go when
/// they are merged.
final class RunSearch {
    /// Behind every event.
    static final EventPosition END = new EventPosition(Long.MAX_VALUE, Integer.MAX_VALUE);

    private final Connection connection;

    RunSearch(Connection connection) {
        this.connection = connection;
    }

    /// Where a key stands, the latest first.
    ///
    /// @param before only what stands before this
    /// @param limit how many at most
    List<EventPosition> latest(RunSubject subject, byte[] key, EventPosition before, int limit)
            throws SQLException {
        List<EventPosition> found = new ArrayList<>();
        byte[] bound = subject.entry(key, before);
        try (PreparedStatement runs =
                        connection.prepareStatement("select run from runs where subject = ?");
                PreparedStatement pages =
                        connection.prepareStatement(
                                "select bytes from run_pages where run = ? and first < ?"
                                        + " order by first desc")) {
            runs.setInt(1, subject.number());
            try (ResultSet run = runs.executeQuery()) {
                while (run.next()) {
                    pages.setLong(1, run.getLong(1));
                    pages.setBytes(2, bound);
                    collect(subject, key, before, limit, pages, found);
                }
            }
        }
        found.sort(Comparator.reverseOrder());
        return found.subList(0, Math.min(limit, found.size()));
    }

    /// Goes back through a run from a bound, for as long as its entries are of the key.
    private static void collect(
            RunSubject subject,
            byte[] key,
            EventPosition before,
            int limit,
            PreparedStatement pages,
            List<EventPosition> found)
            throws SQLException {
        long most = (long) found.size() + limit;
        try (ResultSet row = pages.executeQuery()) {
            boolean more = true;
            while (more && row.next()) {
                byte[] page = row.getBytes(1);
                // A run that begins with the key has its earlier pages before this one.
                more = subject.isOf(key, page, 0) && found.size() < most;
                for (int at = page.length - subject.entryBytes();
                        at >= 0 && found.size() < most;
                        at -= subject.entryBytes()) {
                    if (subject.isOf(key, page, at)
                            && subject.position(page, at).compareTo(before) < 0) {
                        found.add(subject.position(page, at));
                    }
                }
            }
        }
    }
}
