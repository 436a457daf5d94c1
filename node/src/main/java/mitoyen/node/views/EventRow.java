package mitoyen.node.views;

/// An event as tables and streams have it.
///
/// @param position where it stands
/// @param type what happened, such as `account.transferred`
/// @param json what it says, as one line of JSON
public record EventRow(EventPosition position, String type, String json) {}
