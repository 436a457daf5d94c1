package mitoyen.node.input;

import java.util.Locale;

/// What can be wrong with what someone gave us. What to say about it, and how to mend it, stands in
/// `mistakes_en.properties` and `mistakes_fr.properties`, under the key of each.
///
/// A new one is a constant here and two sentences in each of the files; a test finds what is
/// missing.
public enum Fault {
    // any file of readings
    NO_SUCH_FILE,
    A_FOLDER,
    NOT_ALLOWED,
    UNREADABLE,
    EMPTY_FILE,
    NOT_UTF8,
    NOT_CSV,
    BINARY,
    DAMAGED_COMPRESSION,
    CUT_COMPRESSION,
    GIVEN_TWICE,

    // its header
    UNKNOWN_COLUMN,
    UNEXPECTED_COLUMN,
    DUPLICATE_COLUMN,
    MISSING_COLUMN,
    NO_READINGS,

    // a row of readings
    FIELD_COUNT,
    START_WITHOUT_OFFSET,
    START_NOT_A_TIME,
    START_OFF_GRID,
    START_OFF_STEP,
    START_OUTSIDE_YEARS,
    NO_METER,
    UNKNOWN_METER,
    NEGATIVE,
    TOO_PRECISE,
    NOT_A_NUMBER,
    TOO_MUCH_POWER,
    ALLOCATED_ABOVE_CONSUMPTION,
    SOLD_ABOVE_PRODUCTION,
    PRODUCER_WITHOUT_VAT,
    SECOND_READING,

    // days of readings
    FIRST_DAY_CUT,
    LAST_DAY_CUT,
    GAP_OF_ONE,
    GAP,
    SPLIT_DIFFERS,

    // the community's file
    NO_COMMUNITY_FILE,
    COMMUNITY_TOO_LARGE,
    COMMUNITY_NOT_UTF8,
    COMMUNITY_EMPTY,
    YAML_MALFORMED,
    YAML_UNREADABLE,
    YAML_SECOND_DOCUMENT,
    YAML_TOO_DEEP,
    YAML_ALIAS,
    YAML_ANCHOR,
    YAML_TAG,
    YAML_NO_VALUE,
    YAML_KEY_NOT_TEXT,

    // the file of a transaction
    NO_TRANSACTION_FILE,
    TRANSACTION_TOO_LARGE,
    TRANSACTION_EMPTY,
    TRANSACTION_UNKNOWN_FIELD,
    TRANSACTION_VALUE,
    TRANSACTION_NOT_COMPLETE,

    // the node's file
    NO_NODE_FILE,
    NODE_TOO_LARGE,
    NODE_EMPTY,
    GENESIS_AND_FOUND,
    NOT_A_PATH,
    NOT_A_HOST,
    NOT_A_LEDGER_NAME,
    NOT_A_LOG_LEVEL,
    NOT_WITHIN,
    NO_GENESIS,
    NO_GENESIS_FILE,
    GENESIS_MALFORMED,
    KEPT_GENESIS_MALFORMED,
    GENESIS_DIFFERS,
    NOT_TO_KEEP,
    KEEP_AND_INBOX,
    SYNC_AND_SETTLE,
    KEEP_WHERE_SETTLED,
    INBOX_WHERE_PRUNED,
    SETTLE_WHERE_PRUNED,
    NOT_A_SOCKET,
    NOT_AN_ENDPOINT,
    NOT_TWO_NODES,
    NOT_A_HEADER,
    SYNC_WITHOUT_START,
    SHARED_WITHOUT_COMETBFT,
    COMETBFT_WHERE_ALONE,
    ANEW_WHERE_ALONE,
    ANEW_WITHOUT_START,
    BLOCK_OF_ANOTHER_PROGRAM,
    INBOX_WHERE_SHARED,
    SETTLE_WHERE_ALONE,
    SETTLE_WITHOUT_KEYS,
    SETTLE_OTHER_COMMUNITY,
    NOT_AN_ADDRESS,

    // the community's keys
    NOT_A_MAPPING,
    NOT_A_LIST,
    NOT_SINGLE,
    MISSING_KEY,
    UNKNOWN_KEY,
    DUPLICATE_KEY,
    DUPLICATE_MEMBER,
    DUPLICATE_PRICES,
    TO_BEFORE_FROM,
    OVERLAPPING_OWNERS,
    ROUNDING_MISPLACED,
    COEFFICIENTS_MISPLACED,
    COEFFICIENT_OF_UNKNOWN_METER,
    COEFFICIENTS_ABOVE_ONE,

    // its values
    NOT_AN_ID,
    RESERVED_ID,
    NOT_A_METER_ID,
    NOT_ONE_LINE,
    NOT_VERSION_ONE,
    NOT_A_ZONE,
    NOT_A_STEP,
    NOT_A_CURRENCY,
    NOT_A_PERIOD,
    NOT_A_FLAG,
    NOT_A_DAY,
    NOT_A_SHARING_KEY,
    NOT_A_ROUNDING,
    DECIMAL_MALFORMED,
    DECIMAL_TOO_PRECISE,
    DECIMAL_TOO_LARGE,
    PRICE_TOO_HIGH,
    RATE_ABOVE_ONE,
    COEFFICIENT_ABOVE_ONE,

    // a folder and what was settled in it
    FOLDER_BUSY,
    OTHER_COMMUNITY,
    PRICES_TOO_LATE,
    DAYS_REVISED,
    LEDGER_CUT_SHORT,
    LEDGER_ALTERED,
    COMMUNITY_NOT_FOUNDED,
    MEMBER_WITHOUT_KEYS,

    // files to be converted
    NO_TIME,
    NO_LOCAL_TIME,
    HOUR_SKIPPED,
    SECOND_ROW,
    SECOND_HOUR,
    SECOND_VALUE,
    NOT_AN_AMOUNT,
    NOT_A_CELL,
    ROW_OUT_OF_PLACE,
    PUBLISHED_COLUMN_MISSING,
    NO_REPORT,
    SURPLUS_ABOVE_GENERATION,
    NO_LOAD_CURVE,
    NO_VALUES,
    METER_NOT_NAMED,
    METER_MALFORMED,
    DIRECTION_GIVEN,
    REACTIVE_ENERGY,
    OTHER_UNIT,
    STEP_UNKNOWN,
    STEP_NOT_ALLOWED,
    STEPS_MIXED;

    /// The key under which its words stand: `.what`, `.remedy` and, where the import page has
    /// another remedy than the command line, `.remedy.page`.
    String key() {
        return "mistake." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
