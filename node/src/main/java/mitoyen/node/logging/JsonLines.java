package mitoyen.node.logging;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import tools.jackson.databind.json.JsonMapper;

/// Writes each record as a JSON object on a line of its own, for whatever gathers logs.
///
/// Fields: `time` (ISO 8601, UTC), `level`, `logger`, `message` and, where something failed,
/// `failure` with its stack trace.
public final class JsonLines extends Formatter {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_FRAMES = 30;

    /// Has the whole program log in this form on standard error, at a level and above.
    public static void install(Level level) {
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setFormatter(new JsonLines());
        handler.setLevel(level);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(level);
    }

    @Override
    public String format(LogRecord record) {
        SequencedMap<String, Object> line = new LinkedHashMap<>();
        line.put("time", record.getInstant().toString());
        line.put("level", word(record.getLevel()));
        line.put("logger", String.valueOf(record.getLoggerName()));
        line.put("message", formatMessage(record));
        Throwable failure = record.getThrown();
        if (failure != null) {
            line.put("failure", trace(failure));
        }
        return JSON.writeValueAsString(line) + "\n";
    }

    private static String word(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warning";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String trace(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.toString());
        StackTraceElement[] frames = failure.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
            text.append("\n at ").append(frames[i]);
        }
        Throwable cause = failure.getCause();
        return cause == null ? text.toString() : text + "\ncaused by " + trace(cause);
    }
}
