package mitoyen.simulator.faults;

/// How often a disk fails: a fault comes once in so many operations that it can befall; 0 is never.
///
/// @param shortWrite a write that fails and leaves a beginning
/// @param failedSync a sync that fails
/// @param full a write at which the disk begins to be full
/// @param misdirectedWrite a write that goes elsewhere and says nothing
/// @param flippedWrite a write with one wrong bit that says nothing
public record DiskOdds(
        int shortWrite, int failedSync, int full, int misdirectedWrite, int flippedWrite) {
    /// A disk that keeps what it was given.
    public static final DiskOdds SOUND = new DiskOdds(0, 0, 0, 0, 0);
}
