package mitoyen.ledger.account;

import java.util.Arrays;
import java.util.Optional;

/// What a delegated key may be allowed to do for an account; never to change who signs (LE-123).
public enum DelegatedKind {
    /// To transfer from the account.
    TRANSFER("transfer"),
    /// To reserve from the account.
    RESERVE("reserve"),
    /// To post what is promised to the account, or what it arbitrates.
    POST("post"),
    /// To void what is promised to the account, or what it arbitrates.
    VOID("void"),
    /// To mint an asset that the account issues.
    MINT("mint"),
    /// To open accounts, for the ledger's founder.
    OPEN_ACCOUNT("open-account");

    private final String text;

    DelegatedKind(String text) {
        this.text = text;
    }

    /// The kind that a text names.
    public static Optional<DelegatedKind> find(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /// The name of the step.
    @Override
    public String toString() {
        return text;
    }
}
