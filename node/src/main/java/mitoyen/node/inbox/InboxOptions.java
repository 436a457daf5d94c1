package mitoyen.node.inbox;

/// What is unusual about the files of an inbox, since nobody is there to be asked.
///
/// @param gapsZero whether a missing reading counts as 0
/// @param partial whether the first and the last local day may be cut
/// @param correct whether days settled with other readings are settled anew
/// @param maxKw the most that a meter can carry, in either direction [kW]
public record InboxOptions(boolean gapsZero, boolean partial, boolean correct, int maxKw) {
    /// As `settle` does without options.
    public static final InboxOptions STANDARD = new InboxOptions(false, false, false, 250);
}
