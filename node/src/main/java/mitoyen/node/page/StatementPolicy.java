package mitoyen.node.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import mitoyen.node.statement.StatementHtml;

/// What a browser may do with a statement: show it with the one style sheet that it carries.
final class StatementPolicy {
    /// The value of `Content-Security-Policy`.
    static final String POLICY =
            "default-src 'none'; style-src 'sha256-"
                    + sha256(StatementHtml.style())
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private StatementPolicy() {}

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder()
                    .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
