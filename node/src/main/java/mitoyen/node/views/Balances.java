package mitoyen.node.views;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import mitoyen.ledger.account.AccountId;
import mitoyen.node.running.Happened;
import mitoyen.node.running.History.Balance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The table `sums`: what all accounts held after some block. What moved since is in the parts of
/// later blocks, and is added up for many blocks together: accounts are drawn by lot, and each sum
/// that is written changes a page of its own.
///
/// What is written is the caller's to commit.
final class Balances {
    /// After how many events the sums are written.
    private static final int EVENTS = 1 << 16;

    private static final JsonMapper JSON = new JsonMapper();

    private final Connection connection;
    private final PreparedStatement sum;
    private Movements recent = new Movements();
    private long events;
    private boolean known;

    Balances(Connection connection) throws SQLException {
        this.connection = connection;
        this.sum =
                connection.prepareStatement(
                        "insert into sums values (?,?,?,?,?,?) on conflict (account, asset) do"
                                + " update set debits = debits + excluded.debits,"
                                + " credits = credits + excluded.credits,"
                                + " pending_debits = pending_debits + excluded.pending_debits,"
                                + " pending_credits = pending_credits + excluded.pending_credits");
    }

    /// Takes note of a movement in a block whose parts are not written yet.
    void add(Happened.Movement movement) throws SQLException {
        remember();
        recent.add(movement);
    }

    /// Writes the sums after a block if much happened since, whose parts and those below it are
    /// written.
    ///
    /// @param more how many events these blocks had
    void writeIfMany(long height, int more) throws SQLException {
        events += more;
        if (events >= EVENTS) {
            write(height);
        }
    }

    /// Writes the sums after a block, whose parts and those below it are written.
    void write(long height) throws SQLException {
        remember();
        for (Balance each : recent.sums()) {
            add(each);
        }
        try (PreparedStatement about =
                connection.prepareStatement("update about set summed_to = ?")) {
            about.setLong(1, height);
            about.executeUpdate();
        }
        recent = new Movements();
        events = 0;
    }

    /// Adds to what an account holds of an asset.
    void add(Balance held) throws SQLException {
        sum.setString(1, held.account());
        sum.setString(2, held.asset());
        sum.setLong(3, held.debits());
        sum.setLong(4, held.credits());
        sum.setLong(5, held.pendingDebits());
        sum.setLong(6, held.pendingCredits());
        sum.executeUpdate();
    }

    /// Reads back what moved since the sums were written, once.
    private void remember() throws SQLException {
        if (known) {
            return;
        }
        try (Statement query = connection.createStatement();
                ResultSet row =
                        query.executeQuery(
                                "select height, first, events from parts"
                                        + " where height > (select summed_to from about)")) {
            while (row.next()) {
                List<Part.Line> lines = Part.lines(row.getLong(1), row.getInt(2), row.getString(3));
                events += lines.size();
                lines.stream()
                        .filter(Part.Line::isMovement)
                        .map(Balances::movement)
                        .forEach(recent::add);
            }
        }
        known = true;
    }

    private static Happened.Movement movement(Part.Line line) {
        JsonNode fields = JSON.readTree(line.event().json());
        return new Happened.Movement(
                fields.path("asset").asString(),
                AccountId.parse(fields.path("from").asString()),
                AccountId.parse(fields.path("to").asString()),
                line.numbers().get(0),
                line.numbers().get(1));
    }
}
