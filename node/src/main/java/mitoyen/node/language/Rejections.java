package mitoyen.node.language;

/// Why the ledger refused something, in a sentence: what receipts say by a module and a number.
public final class Rejections {
    private Rejections() {}

    /// The sentence of a reason; of one that this program does not know, its module and number.
    ///
    /// @param module who refused, such as `account`
    /// @param number the reason's number there
    public static String sentence(Messages words, String module, int number) {
        String key = key(module, number);
        return words.has(key)
                ? words.text(key)
                : words.text("answer.unknown-reason", module, number);
    }

    static String key(String module, int number) {
        return "rejection." + module + "." + number;
    }
}
