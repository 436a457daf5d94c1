package mitoyen.node.community;

/// A value that does not read as what it should be.
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final String what;
    private final String remedy;

    /// @param what what is wrong, in words that follow the name of the key
    /// @param remedy what to do about it
    Refused(String what, String remedy) {
        super(what);
        this.what = what;
        this.remedy = remedy;
    }

    String what() {
        return what;
    }

    String remedy() {
        return remedy;
    }
}
