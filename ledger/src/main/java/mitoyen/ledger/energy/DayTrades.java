package mitoyen.ledger.energy;

/// Who bought how much from whom on one local day [mWh].
///
/// Sellers are the members by index and, last, the community's account, which sells where energy
/// was allocated although nobody sold any. Own energy, a member's from himself, is included: it has
/// no price but is part of what he was allocated.
public final class DayTrades {
    private final int members;
    private final long[] mWh;

    /// Takes over the array.
    ///
    /// @param members how many members the terms have
    /// @param mWh at `seller * members + buyer` [mWh]; `members + 1` sellers
    public DayTrades(int members, long[] mWh) {
        if (mWh.length != Math.multiplyExact(members + 1, members)) {
            throw new IllegalArgumentException("trades of another size than the members'");
        }
        this.members = members;
        this.mWh = mWh;
    }

    /// How many members the terms have; also the index of the community's account among sellers.
    public int members() {
        return members;
    }

    /// What a buyer received from a seller [mWh].
    ///
    /// @param seller an index of a member, or [#members()] for the community's account
    /// @param buyer an index of a member
    public long mWh(int seller, int buyer) {
        return mWh[seller * members + buyer];
    }
}
