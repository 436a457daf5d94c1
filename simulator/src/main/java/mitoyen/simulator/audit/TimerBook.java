package mitoyen.simulator.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;

/// What happens without anyone asking for it (LE-96): it follows from what else is in the books.
final class TimerBook {
    private static final int EXPIRY = 0;
    private static final int RECOVERY = 1;
    private static final int CLAIMS = 2;

    private final AccountBook accounts;
    private final SettlersBook settlers;

    TimerBook(AccountBook accounts, SettlersBook settlers) {
        this.accounts = accounts;
        this.settlers = settlers;
    }

    /// The first that are due fire, by time, kind and name. One of them that another took back does
    /// not, and uses up its place.
    ///
    /// @param timeMillis the time of the block [ms since 1970]
    /// @param most how many have a place in it
    /// @return what each receipt must say
    List<Verdict> fire(long timeMillis, int most) {
        List<Verdict> fired = new ArrayList<>();
        int left = most;
        for (Map.Entry<ByteString, BooleanSupplier> timer : due(timeMillis).entrySet()) {
            if (left-- > 0 && timer.getValue().getAsBoolean()) {
                fired.add(new Verdict(Answer.FIRED, timer.getKey(), OptionalInt.empty()));
            }
        }
        return fired;
    }

    /// What is due, by the name of its timer: each does it, and says whether there was still
    /// anything to do.
    private SortedMap<ByteString, BooleanSupplier> due(long timeMillis) {
        SortedMap<ByteString, BooleanSupplier> due = new TreeMap<>();
        accounts.holds()
                .forEach((id, hold) -> {
                    if (hold.expires() <= timeMillis) {
                        due.put(
                                name(hold.expires(), EXPIRY, id.bytes()),
                                () -> done(() -> accounts.expire(id)));
                    }
                });
        accounts.people()
                .forEach((id, person) -> {
                    if (person.recovery().isPresent() && person.recoveryDue() <= timeMillis) {
                        due.put(
                                name(person.recoveryDue(), RECOVERY, id.bytes()),
                                () -> done(() -> accounts.recovered(id)));
                    }
                });
        for (Matter<ClaimMonth> claim : settlers.claims().list()) {
            if (!claim.held() && claim.dueMillis() <= timeMillis) {
                String where = SettlersBook.where(claim.asked());
                due.put(
                        name(claim.dueMillis(), CLAIMS, SettlersBook.key(where, claim.proposer())),
                        () -> settlers.pass(where, claim.proposer()));
            }
        }
        return due;
    }

    private static boolean done(Runnable change) {
        change.run();
        return true;
    }

    private static ByteString name(long due, int kind, ByteString about) {
        ByteBuffer name = ByteBuffer.allocate(Long.BYTES + 1 + about.length());
        return ByteString.of(name.putLong(due).put((byte) kind).put(about.toBytes()).array());
    }
}
