package mitoyen.ledger.energy;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The order of members on a list: as the terms list them, former members after them by id, and the
/// community's account last.
final class MemberOrder implements Comparator<String> {
    private final SortedMap<String, Integer> ranks = new TreeMap<>();

    MemberOrder(List<Member> members) {
        for (int member = 0; member < members.size(); member++) {
            ranks.put(members.get(member).id(), member);
        }
        ranks.put(Bills.COMMUNITY, Integer.MAX_VALUE);
    }

    @Override
    public int compare(String left, String right) {
        int byRank = Integer.compare(rank(left), rank(right));
        return byRank != 0 ? byRank : left.compareTo(right);
    }

    private int rank(String id) {
        return ranks.getOrDefault(id, Integer.MAX_VALUE - 1);
    }
}
