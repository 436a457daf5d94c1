package mitoyen.node.page;

import java.util.List;

/// What a browser needs to check one member's day without trusting whoever sent it. All bytes in
/// hexadecimal.
///
/// The leaf with its salt leads by `path` to the day's root; that root stands in the state after
/// the last block that the ledger's root covers, which is proved under it (LE-165). A transaction
/// that names the root would not do: it may have been refused. The state after an earlier block
/// would not either: the day may have been corrected since.
///
/// @param kind `readings` or `allocations`
/// @param meters the meters behind the values, in their order
/// @param startMillis the start of the first interval [ms since 1970]
/// @param stepMinutes the length of an interval [min]
/// @param zone of the local day
/// @param salt what keeps others from guessing the leaf
/// @param leaf the member's values in CBOR
/// @param index of the leaf in the day's tree
/// @param size how many leaves that tree has
/// @param path the hashes beside the leaf's way up
/// @param dayRoot the root of the day's tree
/// @param entry the proof of the day's entry in the state after the last of these blocks
/// @param blockCount how many blocks the ledger root covers
/// @param ledgerRoot the root over these blocks
public record DayProof(
        String kind,
        List<String> meters,
        long startMillis,
        int stepMinutes,
        String zone,
        String salt,
        String leaf,
        long index,
        long size,
        List<String> path,
        String dayRoot,
        String entry,
        long blockCount,
        String ledgerRoot) {
    public DayProof {
        meters = List.copyOf(meters);
        path = List.copyOf(path);
    }
}
