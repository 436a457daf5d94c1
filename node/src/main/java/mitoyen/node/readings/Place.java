package mitoyen.node.readings;

/// Where a row stands.
///
/// @param file the file as the user named it
/// @param line its line there
/// @param millis the instant it begins with [ms since 1970-01-01T00:00Z]
record Place(String file, int line, long millis) {}
