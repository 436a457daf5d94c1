package mitoyen.node.page;

import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// The sentences that a script in the browser speaks, as JSON: they live with all the others.
final class ScriptWords {
    private static final JsonMapper JSON = new JsonMapper();

    private ScriptWords() {}

    /// @param prefix of their keys, which the script leaves out
    static String of(Frame frame, String prefix) {
        SortedMap<String, String> words = new TreeMap<>();
        for (String key : frame.words().keys()) {
            if (key.startsWith(prefix)) {
                words.put(key.substring(prefix.length()), frame.text(key));
            }
        }
        return JSON.writeValueAsString(words);
    }
}
