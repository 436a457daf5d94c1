package mitoyen.ledger.machine;

import java.util.Arrays;
import java.util.Optional;

/// The parts of the state, in the order in which they are written down (LE-156).
public enum StatePart {
    /// What accounts hold.
    ACCOUNTS("accounts"),
    /// Communities.
    COMMUNITIES("energy/communities"),
    /// The last settlement of each day.
    DAYS("energy/days"),
    /// What was claimed for each month.
    MONTHS("energy/months"),
    /// The ids of transactions of version 1.
    TRANSACTIONS("transactions"),
    /// Who stands behind accounts.
    HOLDERS("account/holders"),
    /// Assets.
    ASSETS("account/assets"),
    /// What accounts may do with assets.
    LIMITS("account/limits"),
    /// What is reserved.
    PENDING("account/pending"),
    /// Lanes and buckets.
    SENDERS("senders"),
    /// The ids of transactions of version 2. The key of an entry is the window in 8 bytes, the
    /// sender and the id; entries come window by window.
    IDS("ids"),
    /// Timers.
    TIMERS("timers"),
    /// Which rules were activated: one entry with an empty key, or none.
    ACTIVATION("activation"),
    /// Who orders the ledger, where several nodes share it.
    VALIDATORS("governance/validators"),
    /// What settlers proposed for days.
    PROPOSALS("energy/proposals"),
    /// Claims that wait for objections.
    OPEN_CLAIMS("energy/claims");

    private final String title;

    StatePart(String title) {
        this.title = title;
    }

    /// The part with a name.
    public static Optional<StatePart> find(String title) {
        return Arrays.stream(values()).filter(part -> part.title.equals(title)).findFirst();
    }

    /// Whether the part is one map, of whose entries each is proved.
    public boolean hasEntries() {
        return this != IDS && this != ACTIVATION;
    }

    /// The name of the part in the state's root (LE-56, LE-104, LE-176, LE-182).
    @Override
    public String toString() {
        return title;
    }
}
