package mitoyen.node.readings;

/// Text of a row as mistakes quote it.
final class RowText {
    private static final int LIMIT = 40;

    private RowText() {}

    /// The text, or its beginning.
    static String excerpt(String text) {
        return text.length() <= LIMIT ? text : text.substring(0, LIMIT) + "…";
    }
}
