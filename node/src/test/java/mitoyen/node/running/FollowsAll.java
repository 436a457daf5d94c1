package mitoyen.node.running;

/// Has everything that is durable, at once and for good.
final class FollowsAll implements Follower {
    @Override
    public long durableHeight() {
        return Long.MAX_VALUE;
    }

    @Override
    public void secure(long height) {}

    @Override
    public void pruned(long firstHeight) {}
}
