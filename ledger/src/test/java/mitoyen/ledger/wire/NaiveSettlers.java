package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The settlers of one community and one month, written another way than the ledger does (LE-180 to
/// LE-188): by names and the words of lines, with one list of votes in which the last word of each
/// settler is looked for.
final class NaiveSettlers {
    final Map<String, String> settled = new HashMap<>();
    final Map<String, Map<String, Matter>> days = new HashMap<>();
    final Map<String, Matter> claims = new HashMap<>();
    final Map<String, Long> euros = new HashMap<>();
    int number;
    private final List<String> settlers;
    private final int quorum;
    private final long wait;
    private long through;

    NaiveSettlers(List<String> settlers, int quorum, long wait) {
        this.settlers = settlers;
        this.quorum = quorum;
        this.wait = wait;
    }

    String settle(String who, String day, String content, String allocations, String replaces) {
        if (!settlers.contains(who)) {
            return "NOT_SIGNED_BY_SETTLER";
        }
        String current = settled.getOrDefault(day, "");
        if (!replaces.equals(current)) {
            return replaces.isEmpty()
                    ? "DAY_ALREADY_SETTLED"
                    : current.isEmpty() ? "DAY_NOT_SETTLED" : "SUPERSEDES_ANOTHER";
        }
        Map<String, Matter> open = days.computeIfAbsent(day, _ -> new HashMap<>());
        if (open.containsKey(who) && open.get(who).content.equals(content)) {
            return "PROPOSED_ALREADY";
        }
        open.put(who, new Matter(content, allocations, 0, 0));
        return "accepted";
    }

    String attest(String who, String day, String of, String content, String kind) {
        if (!settlers.contains(who)) {
            return "NOT_SIGNED_BY_SETTLER";
        }
        Matter matter = days.getOrDefault(day, Map.of()).get(of);
        if (matter == null || !matter.content.equals(content)) {
            return "PROPOSAL_NOT_FOUND";
        }
        if (kind.equals("allocations") && matter.count("+readings") < quorum) {
            return "READINGS_NOT_ATTESTED";
        }
        if (matter.says(who, "+" + kind)) {
            return "ATTESTED_ALREADY";
        }
        matter.votes.add(new String[] {who, "+" + kind});
        if (kind.equals("allocations") && matter.count("+allocations") >= quorum) {
            settled.put(day, matter.allocations);
            days.remove(day);
        }
        return "accepted";
    }

    /// @param agrees whether the root that is named is the proposal's
    String dissent(String who, String day, String of, String content, String kind, boolean agrees) {
        if (!settlers.contains(who)) {
            return "NOT_SIGNED_BY_SETTLER";
        }
        Matter matter = days.getOrDefault(day, Map.of()).get(of);
        if (matter == null || !matter.content.equals(content)) {
            return "PROPOSAL_NOT_FOUND";
        }
        if (agrees) {
            return "DISSENT_AGREES";
        }
        matter.votes.add(new String[] {who, "-" + kind});
        return "accepted";
    }

    /// @param next the claims' number
    /// @param last through which block they reach
    /// @param euro what bea owes ana by them
    String claim(
            String who, String content, int next, long last, long euro, long height, long now) {
        if (!settlers.contains(who)) {
            return "NOT_SIGNED_BY_SETTLER";
        }
        if (settled.isEmpty()) {
            return "MONTH_NOT_SETTLED";
        }
        if (next != number + 1) {
            return "CLAIM_OUT_OF_TURN";
        }
        if (last <= through || last >= height) {
            return "THROUGH_OUT_OF_RANGE";
        }
        if (claims.containsKey(who) && claims.get(who).content.equals(content)) {
            return "PROPOSED_ALREADY";
        }
        Matter matter = new Matter(content, "", now + wait, euro);
        matter.through = last;
        claims.put(who, matter);
        return "accepted";
    }

    String confirm(String who, String of, String content) {
        if (!settlers.contains(who)) {
            return "NOT_SIGNED_BY_SETTLER";
        }
        Matter matter = claims.get(of);
        if (matter == null || !matter.content.equals(content)) {
            return "PROPOSAL_NOT_FOUND";
        }
        if (matter.says(who, "+")) {
            return "ATTESTED_ALREADY";
        }
        matter.votes.add(new String[] {who, "+"});
        if (matter.over) {
            postIfClear(matter);
        }
        return "accepted";
    }

    String dispute(String who, String of, String content, boolean agrees) {
        if (!settlers.contains(who)) {
            return "NOT_SIGNED_BY_SETTLER";
        }
        Matter matter = claims.get(of);
        if (matter == null || !matter.content.equals(content)) {
            return "PROPOSAL_NOT_FOUND";
        }
        if (agrees) {
            return "DISSENT_AGREES";
        }
        matter.votes.add(new String[] {who, "-"});
        if (settlers.size() - matter.count("-") < quorum) {
            claims.remove(of);
        }
        return "accepted";
    }

    /// How many timers fire.
    int pass(long now) {
        List<Matter> due =
                claims.values().stream()
                        .filter(each -> !each.over && each.due <= now)
                        .sorted((one, other) -> Long.compare(one.due, other.due))
                        .toList();
        int fired = 0;
        for (Matter each : due) {
            if (claims.containsValue(each)) {
                each.over = true;
                fired++;
                postIfClear(each);
            }
        }
        return fired;
    }

    private void postIfClear(Matter matter) {
        if (matter.count("-") > 0 && matter.count("+") < quorum) {
            return;
        }
        number++;
        through = matter.through;
        euros.merge("ana", matter.euro, Long::sum);
        euros.merge("bea", -matter.euro, Long::sum);
        claims.clear();
    }

    /// Something that settlers vote on.
    static final class Matter {
        final String content;
        final String allocations;
        final long due;
        final long euro;
        final List<String[]> votes = new ArrayList<>();
        long through;
        boolean over;

        Matter(String content, String allocations, long due, long euro) {
            this.content = content;
            this.allocations = allocations;
            this.due = due;
            this.euro = euro;
        }

        int count(String what) {
            Set<String> all = new HashSet<>();
            votes.forEach(vote -> all.add(vote[0]));
            all.removeIf(who -> !says(who, what));
            return all.size();
        }

        /// Whether it is a settler's last word on it, which another word may have taken back.
        boolean says(String who, String what) {
            boolean says = false;
            for (String[] vote : votes) {
                if (vote[0].equals(who)) {
                    says = vote[1].equals(what) || (says && !takesBack(vote[1], what));
                }
            }
            return says;
        }

        private static boolean takesBack(String later, String earlier) {
            return switch (earlier) {
                case "+readings" -> later.equals("-readings");
                case "+allocations" -> later.startsWith("-");
                case "+" -> later.equals("-");
                case "-" -> later.equals("+");
                default -> throw new IllegalArgumentException(earlier);
            };
        }
    }
}
