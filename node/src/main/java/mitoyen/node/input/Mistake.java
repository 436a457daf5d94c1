package mitoyen.node.input;

/// One thing that is wrong in an input file, as it is printed.
///
/// @param file the file as the user named it
/// @param line the line in it, from 1; 0 where the mistake has no line of its own
/// @param what what is wrong, in words that follow a colon
/// @param remedy what to do about it, in the imperative
public record Mistake(String file, int line, String what, String remedy) {
    /// `file:line: what; remedy`, always one line whatever the input held.
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line;
        return oneLine(place + ": " + what + "; " + remedy);
    }

    private static String oneLine(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '\uFFFD' : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
