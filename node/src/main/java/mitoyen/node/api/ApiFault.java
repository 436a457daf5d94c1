package mitoyen.node.api;

import io.helidon.http.Status;
import java.util.Locale;

/// What can be wrong with a request, beside what the ledger refuses. The numbers are kept for good.
enum ApiFault {
    /// Nothing is there.
    NOT_FOUND(1, 404),
    /// The path is there, for another method.
    METHOD_NOT_ALLOWED(2, 405),
    /// A parameter of the path or the query does not read as what it should be.
    PARAMETER_MALFORMED(3, 400),
    /// The body is of no type that is taken here.
    TYPE_NOT_TAKEN(4, 415),
    /// The body is larger than a transaction may be.
    BODY_TOO_LARGE(5, 413),
    /// The body is JSON that stands for no transaction.
    JSON_MALFORMED(6, 400),
    /// The sender has as much under way as he may.
    SENDER_BUSY(7, 429),
    /// The node has as much under way as it may.
    NODE_BUSY(8, 503),
    /// The node stops, or has halted.
    NODE_CLOSED(9, 503),
    /// The node halted while the transaction was under way.
    OUTCOME_UNKNOWN(10, 503),
    /// The request itself is malformed.
    REQUEST_MALFORMED(11, 400),
    /// There are as many streams of events as there may be.
    TOO_MANY_STREAMS(12, 503),
    /// Something failed here.
    FAILED(13, 500),
    /// The state has no part of this name whose entries are proved.
    PART_UNKNOWN(14, 404),
    /// No block holds the transaction.
    TRANSACTION_UNKNOWN(15, 404),
    /// Nothing is reserved under this id.
    HOLD_UNKNOWN(16, 404),
    /// There is no block yet.
    NOTHING_PROVED(17, 404),
    /// The transactions of the block are not kept any more; its header is.
    BLOCK_PRUNED(18, 410),
    /// Events that would come next are not kept any more.
    EVENTS_PRUNED(19, 410),
    /// The node still fetches blocks that others have.
    NODE_BEHIND(20, 503),
    /// The node orders alone, or its engine has no block of that height, not yet or not any more.
    NO_LIGHT_BLOCK(21, 404),
    /// The engine beside the node does not answer.
    ENGINE_SILENT(22, 503),
    /// The body is no bundle: no array of byte strings, or of more than may be sent at once.
    BUNDLE_MALFORMED(23, 400),
    /// What is here comes in no form that the request takes.
    NOT_ACCEPTABLE(24, 406),
    /// The tables do not have the last blocks yet, and what was asked for may be in them.
    TABLES_BEHIND(25, 503);

    private final int number;
    private final int status;

    ApiFault(int number, int status) {
        this.number = number;
        this.status = status;
    }

    int number() {
        return number;
    }

    Status status() {
        return Status.create(status);
    }

    /// Whether to ask again in a moment helps.
    boolean passes() {
        return switch (this) {
            case SENDER_BUSY,
                    NODE_BUSY,
                    NODE_CLOSED,
                    NODE_BEHIND,
                    ENGINE_SILENT,
                    OUTCOME_UNKNOWN,
                    TOO_MANY_STREAMS,
                    TABLES_BEHIND ->
                    true;
            case NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    PARAMETER_MALFORMED,
                    TYPE_NOT_TAKEN,
                    BODY_TOO_LARGE,
                    JSON_MALFORMED,
                    REQUEST_MALFORMED,
                    FAILED,
                    PART_UNKNOWN,
                    TRANSACTION_UNKNOWN,
                    HOLD_UNKNOWN,
                    NOTHING_PROVED,
                    BLOCK_PRUNED,
                    EVENTS_PRUNED,
                    NO_LIGHT_BLOCK,
                    BUNDLE_MALFORMED,
                    NOT_ACCEPTABLE ->
                    false;
        };
    }

    /// The key of its sentence.
    String key() {
        return Problems.key("api", name().toLowerCase(Locale.ROOT));
    }
}
