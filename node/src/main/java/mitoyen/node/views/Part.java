package mitoyen.node.views;

import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.cbor.ByteString;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// A part of a block, as a [PartWriter] wrote it.
///
/// @param first the index of its first event in the block
/// @param lines its events, in order
/// @param bytes of its transactions
record Part(int first, List<Line> lines, ByteString bytes) {
    /// What the types of answers to transactions begin with.
    static final String ANSWER = "transaction.";

    private static final JsonMapper JSON = new JsonMapper();

    Part {
        lines = List.copyOf(lines);
    }

    /// An event, and what the tables know of it beside.
    ///
    /// @param numbers of value that moved, how much, and how much more is reserved; of an answer to
    ///   a transaction, where its bytes begin in the part's, how many they are, and 1 if it may
    ///   pass later
    record Line(EventRow event, List<Long> numbers) {
        Line {
            numbers = List.copyOf(numbers);
        }

        boolean isAnswer() {
            return event.type().startsWith(ANSWER);
        }

        /// The word of an answer: `accepted`, `exists` or `rejected`.
        String answer() {
            return event.type().substring(ANSWER.length());
        }

        boolean isMovement() {
            return !isAnswer() && !numbers.isEmpty();
        }
    }

    /// Reads a part's events.
    ///
    /// @param height of the block
    /// @param first the index of the part's first event in the block
    static List<Line> lines(long height, int first, String events) {
        List<Line> lines = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(events)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                EventPosition position = new EventPosition(height, first + lines.size());
                lines.add(line(parser, position, events));
            }
        }
        return lines;
    }

    private static Line line(JsonParser parser, EventPosition position, String events) {
        String type = parser.nextStringValue();
        parser.nextToken();
        int begin = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            numbers.add(parser.getLongValue());
        }
        return new Line(new EventRow(position, type, events.substring(begin, end)), numbers);
    }

    /// Whether an event is here.
    boolean holds(EventPosition event) {
        return event.height() == lines.getFirst().event().position().height()
                && event.index() >= first
                && event.index() < first + lines.size();
    }

    /// Which of the lines an event is that is here.
    int placeOf(EventPosition event) {
        return event.index() - first;
    }

    /// What was sent, of an answer.
    ///
    /// @param all the part's bytes, taken once for all its answers
    static ByteString sent(Line answer, byte[] all) {
        int begin = Math.toIntExact(answer.numbers().get(0));
        int length = Math.toIntExact(answer.numbers().get(1));
        return ByteString.of(all, begin, begin + length);
    }
}
