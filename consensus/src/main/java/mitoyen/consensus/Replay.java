package mitoyen.consensus;

/// Kept blocks, executed again: how a restart finds its state, and how an auditor finds a lie.
public final class Replay {
    private Replay() {}

    /// Executes the next block and commits it if it gives what it says it gave (`JO-12`).
    ///
    /// @throws ReplayException if the application comes to another hash; nothing is committed then
    public static void execute(Application application, Block block) throws ReplayException {
        Application.BlockResult result =
                application.finalizeBlock(block.height(), block.timeMillis(), block.bundles());
        check(block.height(), "state hash", block.appHash(), result.appHash());
        check(block.height(), "results hash", block.resultsHash(), result.resultsHash());
        application.commit();
    }

    private static void check(long height, String what, Hash kept, Hash computed)
            throws ReplayException {
        if (!kept.equals(computed)) {
            throw new ReplayException(height, what, kept, computed);
        }
    }
}
