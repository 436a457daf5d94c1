package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.input.Refused;
import mitoyen.node.readings.Progress;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementRequest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Three honest settlers and one who is not, given their readings in any order and stopped at any
/// moment, come to what one comes to who settles alone (LE-181 to LE-189).
class SettlersTogetherTest {
    private static final int LIAR = 4;
    private static final LocalDate FIRST = LocalDate.of(2025, 6, 24);
    private static final LocalDate LAST = LocalDate.of(2025, 6, 30);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theHonestComeToWhatOneComesToAlone(long seed) throws Exception {
        Random random = new Random(seed);
        try (SettlersRound round = new SettlersRound(folder)) {
            for (int settler = 1; settler <= SettlersRound.SETTLERS; settler++) {
                round.start(settler);
            }
            days(round, random);
            claims(round);
            correction(round);
            assertThat(differentWords(round)).isEmpty();
        }
        alone("0.5");
        for (int settler = 1; settler < LIAR; settler++) {
            assertThat(SettlersRound.verified(folder, settler)).contains("settlements=recomputed");
            assertThat(summary(folder.resolve("settler" + settler)))
                    .isEqualTo(summary(folder.resolve("alone")));
        }
        assertThatThrownBy(() -> SettlersRound.verified(folder, LIAR))
                .hasMessageContaining("the readings in the vault are not those on the ledger");
    }

    /// Each settler has the days in an order of his own; whoever it is may be stopped in between.
    private static void days(SettlersRound round, Random random) throws Exception {
        List<int[]> deliveries = new ArrayList<>();
        for (int settler = 1; settler <= SettlersRound.SETTLERS; settler++) {
            for (int day = 0; day < 7; day++) {
                deliveries.add(new int[] {settler, day});
            }
        }
        Collections.shuffle(deliveries, random);
        for (int[] each : deliveries) {
            String kwh = each[0] == LIAR && each[1] == 2 ? "1.7" : "1.5";
            LocalDate day = FIRST.plusDays(each[1]);
            round.give(each[0], InboxFolder.readings(day.toString(), kwh), false);
            if (random.nextInt(4) == 0) {
                int settler = 1 + random.nextInt(SettlersRound.SETTLERS);
                round.stop(settler);
                round.start(settler);
            }
        }
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            LocalDate each = day;
            round.await(each + " is settled", () -> isSettled(round, each));
        }
    }

    private static boolean isSettled(SettlersRound round, LocalDate day) {
        return round.energy().findDay("rue", day).isPresent();
    }

    /// The month is claimed once, whatever the liar claims.
    private static void claims(SettlersRound round) throws Exception {
        long through = round.last().height();
        AccountId account = round.energy().findCommunity("rue").orElseThrow().communityAccount();
        List<Claim> nonsense =
                new ArrayList<>(
                        List.of(
                                new Claim(account, new Money(7_000_000)),
                                new Claim(SettlersRound.account(LIAR), new Money(-7_000_000))));
        nonsense.sort(Comparator.comparing(Claim::account));
        round.say(LIAR, new ClaimMonth("rue", "2025-06", 1, through, nonsense));
        round.await("June is claimed by one who is honest", () -> isAttested(round));
        // Time passes at once here, and what nobody objected to by then would be posted (LE-186).
        round.await("the nonsense is dropped", () -> !isClaimedByLiar(round));
        round.pass(2);
        round.await("June is posted", () -> number(round) == 1);
    }

    private static boolean isAttested(SettlersRound round) {
        return open(round).stream()
                .anyMatch(claim ->
                        !claim.proposer().equals(SettlersRound.account(LIAR))
                                && claim.attested().size() >= 3);
    }

    private static boolean isClaimedByLiar(SettlersRound round) {
        return open(round).stream()
                .anyMatch(claim -> claim.proposer().equals(SettlersRound.account(LIAR)));
    }

    private static List<OpenClaim> open(SettlersRound round) {
        return round.energy()
                .listOpenClaims(round.energy().findCommunity("rue").orElseThrow(), "2025-06");
    }

    private static int number(SettlersRound round) {
        return round.energy().findMonth("rue", "2025-06").orElseThrow().number();
    }

    /// Other readings of a settled day are refused unless a correction is asked for, and settle it
    /// anew once a quorum has them.
    private static void correction(SettlersRound round) throws Exception {
        String corrected = InboxFolder.readings(FIRST.toString(), "0.5");
        assertThatThrownBy(() -> round.give(1, corrected, false))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(FIRST.toString());
        var before = round.energy().findDay("rue", FIRST);
        for (int settler = 1; settler < LIAR; settler++) {
            assertThat(round.give(settler, corrected, true).corrected()).isEqualTo(1);
        }
        round.await(
                FIRST + " is settled anew",
                () -> !round.energy().findDay("rue", FIRST).equals(before));
        round.await("the difference is claimed", () -> isAttested(round));
        round.pass(2);
        round.await("the difference is posted", () -> number(round) == 2);
    }

    /// What one settler proposed of a day or a month in two ways, but for the day that was
    /// corrected and the nonsense.
    private static List<String> differentWords(SettlersRound round) throws Exception {
        SortedMap<String, EnergyTransaction> said = new TreeMap<>();
        List<String> different = new ArrayList<>();
        for (CommittedBlock block : round.blocks()) {
            for (CommittedBlock.Entry entry : block.entries()) {
                Transaction sent =
                        TransactionCodec.decode(
                                SignedTransaction.decode(
                                                entry.bytes().toBytes(),
                                                round.genesis().parameters())
                                        .body()
                                        .toBytes(),
                                round.genesis().parameters());
                String sender = ((Transaction.Version2) sent).sender().toString();
                for (Step step : sent.steps()) {
                    if (step instanceof Step.Energy(SettleDay day)) {
                        String key = sender + day.day() + day.supersedes();
                        if (said.put(key, day) instanceof SettleDay other && !other.equals(day)) {
                            different.add(key);
                        }
                    }
                }
            }
        }
        return different;
    }

    private void alone(String kwhOfFirst) throws Exception {
        List<Path> files = new ArrayList<>();
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            String kwh = day.equals(FIRST) ? kwhOfFirst : "1.5";
            files.add(
                    Files.writeString(
                            folder.resolve(day + ".csv"),
                            InboxFolder.readings(day.toString(), kwh)));
        }
        Settlement.run(
                new SettlementRequest(
                        folder.resolve("community.yaml"),
                        files,
                        folder.resolve("alone"),
                        false,
                        false,
                        false,
                        250),
                new RealDisk(),
                new SecureRandom(),
                Progress.NONE);
    }

    private static JsonNode summary(Path folder) throws IOException {
        ObjectNode summary =
                (ObjectNode)
                        JsonMapper.shared()
                                .readTree(Files.readAllBytes(folder.resolve("summary.json")));
        summary.remove("ledger");
        summary.remove("corrections");
        return summary;
    }
}
