package mitoyen.node.api;

import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.Optional;
import mitoyen.node.views.ViewReader;
import mitoyen.node.views.ViewReader.TransactionRow;

/// Which transaction a request asks for. An id belongs to its sender (LE-91), and is made by him:
/// whoever must not be answered for another's transaction names the bytes as well.
///
/// @param id 32 hexadecimal digits
/// @param sent the SHA-256 of its bytes in hexadecimal; empty for whichever bears the id
record AskedTransaction(String id, Optional<String> sent) {
    /// What a request must say where it says something else.
    static final String FORM = "id: 32 hexadecimal digits; sent: none, or 64";

    /// What a request asks for.
    ///
    /// @return empty where it is not of the [form][#FORM]
    static Optional<AskedTransaction> of(ServerRequest request) {
        String id = request.path().pathParameters().get("id");
        Optional<String> sent = Responses.query(request, "sent");
        return id.matches("[0-9a-f]{32}") && sent.orElse("0".repeat(64)).matches("[0-9a-f]{64}")
                ? Optional.of(new AskedTransaction(id, sent))
                : Optional.empty();
    }

    /// Its line in the tables: where it was accepted, else its last answer.
    Optional<TransactionRow> findIn(ViewReader reader) throws IOException {
        return sent.isPresent()
                ? reader.findTransaction(id, sent.get())
                : reader.findTransaction(id);
    }

    /// Whether what was found is all there is: tables that are behind may lack the block that
    /// accepted it.
    ///
    /// @param current whether the tables have all blocks
    static boolean isFinal(Optional<TransactionRow> found, boolean current) {
        return current || found.map(TransactionRow::isAccepted).orElse(false);
    }
}
