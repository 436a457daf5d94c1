package mitoyen.node.views;

import java.io.ByteArrayOutputStream;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import mitoyen.ledger.cbor.ByteString;
import tools.jackson.databind.json.JsonMapper;

/// Writes what happened in a block as a few rows of the table `parts`: the events of a part are one
/// JSON array of arrays, the bytes of its transactions lie behind each other in one BLOB.
///
/// A part ends between two transactions, so that what one did is in one part.
final class PartWriter {
    /// The most events of a part, unless one transaction has more: it is read as a whole.
    private static final int EVENTS = 32;

    /// The most characters of a part's events, and the most bytes, unless one has more.
    private static final int SIZE = 16 << 10;

    private static final JsonMapper JSON = new JsonMapper();

    private final PreparedStatement part;
    private final List<EventRow> events;
    private final long height;
    private final StringBuilder text = new StringBuilder(2 * SIZE).append('[');
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * SIZE);
    private int first;
    private int next;

    /// @param part inserts a row of the table
    /// @param events is given the events
    /// @param height of the block
    PartWriter(PreparedStatement part, List<EventRow> events, long height) {
        this.part = part;
        this.events = events;
        this.height = height;
    }

    /// Where the next event will stand.
    EventPosition position() {
        return new EventPosition(height, next);
    }

    /// Says that the next event may begin a part.
    void breathe() throws SQLException {
        if (next - first >= EVENTS || text.length() >= SIZE || bytes.size() >= SIZE) {
            write();
        }
    }

    /// Adds an event.
    void event(String type, Object fields) {
        begin(type, fields);
        text.append(']');
    }

    /// Adds an event of value that moved.
    void movement(String type, Object fields, long posted, long pending) {
        begin(type, fields);
        text.append(',').append(posted).append(',').append(pending).append(']');
    }

    /// Adds the answer to a transaction.
    ///
    /// @param mayPassLater of one that was refused
    void answer(String type, Object fields, ByteString sent, boolean mayPassLater) {
        begin(type, fields);
        text.append(',').append(bytes.size()).append(',').append(sent.length());
        text.append(mayPassLater ? ",1]" : ",0]");
        bytes.writeBytes(sent.toBytes());
    }

    /// Writes what is left.
    void close() throws SQLException {
        if (next > first) {
            write();
        }
    }

    private void begin(String type, Object fields) {
        String json = JSON.writeValueAsString(fields);
        text.append(next == first ? "[\"" : ",[\"").append(type).append("\",").append(json);
        events.add(new EventRow(position(), type, json));
        next++;
    }

    private void write() throws SQLException {
        part.setLong(1, height);
        part.setInt(2, first);
        part.setString(3, text.append(']').toString());
        part.setBytes(4, bytes.toByteArray());
        part.executeUpdate();
        text.setLength(1);
        bytes.reset();
        first = next;
    }
}
