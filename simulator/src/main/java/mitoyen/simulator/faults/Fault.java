package mitoyen.simulator.faults;

/// What goes wrong with a machine in a simulated run, by kind.
public enum Fault {
    /// The power goes while a file or a folder is created.
    CRASH_AT_CREATE,
    /// The power goes while bytes are written.
    CRASH_AT_WRITE,
    /// The power goes during a sync, which may have done its work.
    CRASH_AT_SYNC,
    /// The power goes while a file is cut.
    CRASH_AT_TRUNCATE,
    /// The power goes while a file is put in another's place.
    CRASH_AT_RENAME,
    /// The power goes while a file is removed.
    CRASH_AT_DELETE,
    /// A crash takes a part of what was written and not synced: an end, or sectors.
    TORN_FILE,
    /// A write fails and leaves a beginning.
    SHORT_WRITE,
    /// A sync fails: what was written may be there, may come later, or never.
    FAILED_SYNC,
    /// There is no space left, until there is again.
    FULL_DISK,
    /// A write is told to have succeeded and went elsewhere, over what was there.
    MISDIRECTED_WRITE,
    /// A write is told to have succeeded and has one bit wrong.
    FLIPPED_WRITE,
    /// A bit of what was written long ago turns.
    ROTTEN_BIT,
    /// The machine's clock jumps forwards.
    CLOCK_FORWARD,
    /// The machine's clock jumps back.
    CLOCK_BACK
}
