package mitoyen.ledger.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateEntries;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.machine.StoredState;
import mitoyen.ledger.machine.TrafficLimits;
import mitoyen.ledger.proof.StoredInMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// LE-95: what is expired, replayed, unauthorised, underfunded or over a limit costs less than what
/// is valid, and no asset changes. What it costs is counted and not timed: signatures and keys
/// checked, bytes of the state read, things that happen, entries of the state changed, bytes kept.
final class RefusedByStateCostTest {
    /// Each refused line is held against the accepted one above it. `again` is a transaction of
    /// [#begin()], sent once more byte for byte.
    private static final String REQUESTS =
            """
            ana transfers 5 TOKEN to bea                                         | accepted
            ana transfers 5 TOKEN to bea / expires=11:00 height=90               | EXPIRED
            ana transfers 5 TOKEN to bea / height=1                              | EXPIRED
            ana transfers 5 TOKEN to bea / expires=14:00                         | EXPIRY_TOO_FAR
            ana transfers 5 TOKEN to bea / height=999                            | EXPIRY_TOO_FAR
            ana transfers 5 TOKEN to bea / number=9223372036854775807            | NUMBER_TOO_FAR
            again accepted                                                       | exists
            ana transfers 5 TOKEN to bea / id=accepted                           | ID_TAKEN
            again refused                                                        | ID_BURNT
            nobody transfers 5 TOKEN to bea                                      | SENDER_UNKNOWN
            ana transfers 5 TOKEN to bea signed by bea                           | NOT_SIGNED_BY_SENDER
            ana transfers 5 TOKEN to bea signed by nobody                        | NOT_SIGNED_BY_SENDER
            ana transfers 5 TOKEN to bea / number=0                              | LANE_PASSED
            ana transfers 5 TOKEN to bea / lane=2                                | TOO_MANY_LANES
            cyr transfers 5 TOKEN to bea                                         | BUCKET_FULL
            ana transfers 5 TOKEN to ghost                                       | ACCOUNT_NOT_FOUND at step 0
            ana transfers 5 NONE to bea                                          | ASSET_NOT_FOUND at step 0
            ana transfers 5 TOKEN from bea to ana                                | NOT_AUTHORISED at step 0
            ana transfers 5 TOKEN to dan signed by car                           | BEYOND_DELEGATION at step 0
            ana transfers 5 TOKEN to bea signed by car                           | DELEGATION_EXHAUSTED at step 0
            bea transfers 5 TOKEN to ana                                         | ONLY_RECEIVES at step 0
            ana transfers 301 TOKEN to bea                                       | FUNDS_INSUFFICIENT at step 0
            ana transfers 5 TOKEN to bea signed by ana,b,c,d,e,f,g,h             | accepted
            ana transfers 5 TOKEN to bea signed by a,b,c,d,e,f,g,h               | NOT_SIGNED_BY_SENDER
            ana transfers 1 TOKEN to bea; transfers 1 TOKEN to bea               | accepted
            ana transfers 1 TOKEN to bea; transfers 300 TOKEN to bea             | FUNDS_INSUFFICIENT at step 1
            founder mints 5 TOKEN to ana                                         | accepted
            founder mints 999 TOKEN to ana                                       | CAP_EXCEEDED at step 0
            ana reserves 5 TOKEN to bea until=13:00                              | accepted
            dan reserves 5 TOKEN to bea until=13:00                              | TOO_MANY_PENDING at step 0
            ana reserves 5 TOKEN to bea until=11:00                              | EXPIRY_OUT_OF_RANGE at step 0
            founder opens new                                                    | accepted
            founder opens bea                                                    | ACCOUNT_EXISTS at step 0
            ana opens new                                                        | NOT_AUTHORISED at step 0
            """;

    /// A bucket that two large transactions fill.
    private static final Parameters FULL_SOON =
            AccountScript.SMALL.with(new TrafficLimits(4, 2, 3_600_000, 100, 8, 60_000, 3));

    private final AccountScript ledger = new AccountScript(FULL_SOON);
    private final Map<String, SignedTransaction> sent = new TreeMap<>();
    private final CountedSignatures counted = new CountedSignatures();
    private final BlockExecution execution = new BlockExecution(ledger.genesis, counted);

    /// Somebody for each way to be refused. No map of the state holds more than one piece of stored
    /// entries, so that what is read does not depend on where a key happens to lie.
    @BeforeEach
    void begin() {
        play("at 9:00 founder opens ana; opens bea; opens cyr; opens dan", "accepted");
        play("at 9:10 founder creates TOKEN; mints 300 TOKEN to ana", "accepted");
        play("at 9:20 founder mints 300 TOKEN to dan; limits bea TOKEN receives", "accepted");
        play("ana delegates car assets=TOKEN:1 counterparties=bea until=2d9:00", "accepted");
        play("dan reserves 1 TOKEN to bea; reserves 1 TOKEN to bea", "accepted");
        play("dan reserves 1 TOKEN to bea", "accepted");
        play("at 12:29 founder tick", "");
        send("accepted", "at 12:30 ana transfers 1 TOKEN to bea / lane=1 id=accepted");
        send("refused", "ana transfers 9999 TOKEN to bea / lane=1");
        String four = "transfers 1 EUR to bea; ".repeat(3) + "transfers 1 EUR to bea";
        play("cyr " + four, "AMOUNT_NOT_WHOLE at step 0");
        play("cyr " + four, "AMOUNT_NOT_WHOLE at step 0");
    }

    @Test
    void aRefusalCostsLessThanWhatIsValidAndChangesNoAsset() throws CborException {
        Moment moment = ledger.begin("");
        Map<String, Long> valid = Map.of();
        for (String row : REQUESTS.lines().toList()) {
            String line = AccountScript.line(row);
            SignedTransaction request =
                    line.startsWith("again ")
                            ? requireNonNull(sent.get(line.substring("again ".length())))
                            : ledger.signed(line, moment);
            Measured measured = measured(moment, request);
            assertThat(AccountScript.answered(row, measured.answer())).isEqualTo(row);
            if (measured.answer().equals("accepted")) {
                valid = measured.cost();
                continue;
            }
            assertThat(measured.totals()).as(row).isEqualTo(ledger.state().accounts().listTotals());
            assertThat(measured.changed())
                    .as(row)
                    .isSubsetOf(
                            row.contains(" at step ")
                                    ? EnumSet.of(StatePart.SENDERS, StatePart.IDS)
                                    : EnumSet.noneOf(StatePart.class));
            Map<String, Long> cost = measured.cost();
            valid.forEach((what, most) ->
                    assertThat(cost.get(what)).as("%s: %s", row, what).isLessThanOrEqualTo(most));
            for (String what : List.of("happened", "entries changed", "bytes kept")) {
                assertThat(cost.get(what)).as("%s: %s", row, what).isLessThan(valid.get(what));
            }
        }
    }

    /// What comes of a request as the only one of a block on top of the state, which lies stored
    /// and is read as it is needed.
    private Measured measured(Moment moment, SignedTransaction request) throws CborException {
        StoredInMemory.Sink sink = new StoredInMemory.Sink();
        StoredState.write(ledger.state(), sink);
        StoredInMemory stored = new StoredInMemory(sink.toBytes());
        State before = StoredState.open(stored);
        long opened = stored.readBytes();
        counted.reset();
        Draft.Sealed sealed = execution.execute(before, moment, List.of(bundle(request)));
        Map<String, Long> cost = new TreeMap<>();
        cost.put("signatures", (long) counted.signatures());
        cost.put("keys", (long) counted.keys());
        cost.put("bytes read", stored.readBytes() - opened);
        cost.put("happened", (long) sealed.events().size());
        Set<Entry> added = entries(sealed.state());
        Set<Entry> gone = entries(ledger.state());
        added.removeAll(entries(ledger.state()));
        gone.removeAll(entries(sealed.state()));
        cost.put("entries changed", (long) added.size() + gone.size());
        cost.put(
                "bytes kept",
                Stream.concat(
                                added.stream().map(Entry::bytes),
                                sealed.outcomes().stream().map(Draft.Outcome::bytes))
                        .mapToLong(ByteString::length)
                        .sum());
        Set<StatePart> changed =
                Stream.concat(added.stream(), gone.stream())
                        .map(Entry::part)
                        .collect(Collectors.toSet());
        return new Measured(
                ledger.answer(sealed), cost, changed, sealed.state().accounts().listTotals());
    }

    private void play(String line, String answer) {
        assertThat(ledger.run(line)).as(line).isEqualTo(answer);
    }

    private void send(String name, String line) {
        Moment moment = ledger.begin(line);
        sent.put(name, ledger.signed(line, moment));
        ledger.execute(moment, List.of(bundle(requireNonNull(sent.get(name)))));
    }

    private static byte[] bundle(SignedTransaction request) {
        return Bundle.of(List.of(request)).toBytes();
    }

    private static Set<Entry> entries(State state) {
        Set<Entry> entries = new HashSet<>();
        StateEntries.forEach(
                state,
                (part, key, value) -> entries.add(new Entry(part, key, ByteString.of(value))));
        return entries;
    }

    /// An entry of the state.
    private record Entry(StatePart part, ByteString key, ByteString bytes) {}

    /// What came of a request.
    ///
    /// @param cost by what is counted
    /// @param changed the parts of the state that have other entries than before
    /// @param totals of each asset, after it
    private record Measured(
            String answer,
            Map<String, Long> cost,
            Set<StatePart> changed,
            SortedMap<Asset, Accounts.Totals> totals) {}
}
