package mitoyen.node.page;

import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// The sentences that the check in the browser speaks, as JSON: they live with all the others.
final class CheckWords {
    private static final String PREFIX = "check.js.";
    private static final JsonMapper JSON = new JsonMapper();

    private CheckWords() {}

    static String of(Frame frame) {
        SortedMap<String, String> words = new TreeMap<>();
        for (String key : frame.words().keys()) {
            if (key.startsWith(PREFIX)) {
                words.put(key.substring(PREFIX.length()), frame.text(key));
            }
        }
        return JSON.writeValueAsString(words);
    }
}
