package mitoyen.node.community;

import java.util.Optional;

/// What a statement says of a member and the ledger never does.
///
/// @param name his name as he wants to read it
/// @param vatNote why no tax is charged, in the words of the law
public record MemberDetails(String name, Optional<String> vatNote) {}
