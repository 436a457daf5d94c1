package mitoyen.consensus.abci;

/// Limits of an [AbciServer], and who may reach it.
///
/// @param frameBytes the longest request [bytes]; a longer one closes the connection. CometBFT
///   sends blocks of up to 100 MiB and parts of snapshots of up to 16 MiB, if so configured
/// @param pipelined how many requests of a connection may await their answers; the next one waits
/// @param loopbackOnly whether to listen on nothing that other machines or users can reach
public record AbciOptions(int frameBytes, int pipelined, boolean loopbackOnly) {
    /// 128 MiB, 1,024 requests, this machine only.
    public static final AbciOptions DEFAULT = new AbciOptions(128 << 20, 1_024, true);

    public AbciOptions {
        if (frameBytes < 1 || pipelined < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
