package mitoyen.ledger.wire;

/// Of what a day has a tree.
public enum DayKind {
    /// What the meters measured, and the operator's split where it came with it.
    READINGS("readings"),
    /// What the meters were allocated and sold.
    ALLOCATIONS("allocations");

    private final String word;

    DayKind(String word) {
        this.word = word;
    }

    /// The word for it in leaves and salts.
    public String word() {
        return word;
    }
}
