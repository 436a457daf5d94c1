package mitoyen.node.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.json.JsonMapper;

/// What a command answers: lines for people as they come, or one JSON object at the end.
final class Reply {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

    private final PrintWriter out;
    private final boolean json;
    private final SequencedMap<String, Object> fields = new LinkedHashMap<>();

    Reply(CommandSpec spec, boolean json) {
        this.out = spec.commandLine().getOut();
        this.json = json;
    }

    /// A line for people.
    void line(String text) {
        if (!json) {
            out.println(text);
            out.flush();
        }
    }

    /// A field for programs.
    void put(String name, Object value) {
        fields.put(name, value);
    }

    /// A field for programs, and a line for people that names it. What would move a terminal's
    /// cursor or hide a line is shown as `?`: values come from files of others.
    void tell(String name, Object value) {
        put(name, value);
        line(name + ": " + CONTROL.matcher(String.valueOf(value)).replaceAll("?"));
    }

    /// Ends the answer.
    void end() {
        if (json) {
            out.println(JSON.writeValueAsString(fields));
            out.flush();
        }
    }
}
