package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyEvent.DayDissented;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Three settlers on a real network of four, of whom two must agree: all honest, one who lies about
/// readings, one who lies about their sharing, one who is killed half way (LE-181 to LE-189).
class SettlersTest {
    private static final LocalDate FIRST = LocalDate.of(2025, 10, 29);
    private static final LocalDate END = LocalDate.of(2025, 10, 31);
    private static final LocalDate ALTERED = LocalDate.of(2025, 11, 1);
    private static final LocalDate OTHERWISE = LocalDate.of(2025, 11, 2);
    private static final LocalDate HALFWAY = LocalDate.of(2025, 11, 3);
    private static final int CARLA = 500_000;
    private static final int LIAR = 3;

    @TempDir private Path folder;

    @Test
    void aQuorumSettlesWhateverOneOfThemSaysAndWheneverOneIsKilled() throws Exception {
        try (SettlersStage stage = SettlersStage.begin(folder)) {
            allAreHonest(stage);
            oneLiesAboutReadings(stage);
            oneLiesAboutTheirSharing(stage);
            oneIsKilledHalfWay(stage);
            stage.network().stop();
            theLedgersAgree(stage);
            theDissentsAreThere(stage);
            theTotalsAreThoseOfOneWhoSettlesAlone(stage);
            theLiarCatchesUp(stage);
        }
    }

    private static void allAreHonest(SettlersStage stage) throws Exception {
        for (int number = 1; number <= SettlersStage.SETTLERS; number++) {
            stage.drop(number, "october.csv", SettlersStage.readings(FIRST, END, CARLA));
        }
        for (LocalDate day = FIRST; !day.isAfter(END); day = day.plusDays(1)) {
            stage.awaitSettled(day);
        }
        String account =
                stage.network().await(1, "communities/lilas").path("communityAccount").asString();
        Network.until(
                "October is claimed",
                () -> stage.network().get(1, "accounts/" + account),
                found -> found.isPresent() && found.get().path("balances").size() == 1);
        Scenario.awaitCurrent(stage.network(), 4);
        assertThat(
                        SettlersStage.run(
                                "settlers",
                                "status",
                                "lilas",
                                "--node",
                                stage.network().member(4).address()))
                .contains("3 settlers, 2 must agree")
                .contains("nothing waits");
    }

    /// The liar is heard first, so that the others have something to dissent from.
    private static void oneLiesAboutReadings(SettlersStage stage) throws Exception {
        stage.drop(LIAR, "a.csv", SettlersStage.readings(ALTERED, ALTERED, CARLA + 50_000));
        stage.awaitProposed(ALTERED, LIAR, 1);
        stage.drop(1, "a.csv", SettlersStage.readings(ALTERED, ALTERED, CARLA));
        stage.drop(2, "a.csv", SettlersStage.readings(ALTERED, ALTERED, CARLA));
        stage.awaitSettled(ALTERED);
        Path shown =
                stage.network()
                        .member(1)
                        .data()
                        .resolve("differences")
                        .resolve(ALTERED + "-readings-" + stage.settler(LIAR) + ".csv");
        Network.until("what differs is shown", () -> Files.exists(shown), found -> found);
        assertThat(Files.readAllLines(shown))
                .hasSize(25)
                .startsWith(
                        "meter,start,quantity,here_kwh,there_kwh",
                        "C-METER-7711,2025-10-31T23:00:00Z,consumption,0.500000,0.550000");
    }

    private static void oneLiesAboutTheirSharing(SettlersStage stage) throws Exception {
        String readings = SettlersStage.readings(OTHERWISE, OTHERWISE, CARLA);
        String terms =
                SettlersStage.TERMS.replace(
                        "key: {type: pro-rata}",
                        "key: {type: static, coefficients: {C-METER-7711: \"0.9\"}}");
        stage.drop(LIAR, "community.yaml", terms);
        stage.drop(LIAR, "b.csv", readings);
        stage.awaitProposed(OTHERWISE, LIAR, 1);
        stage.drop(1, "b.csv", readings);
        stage.drop(2, "b.csv", readings);
        stage.awaitSettled(OTHERWISE);
    }

    /// One attests the readings alone and is killed; when he comes back another has done the same
    /// and waits for him.
    private static void oneIsKilledHalfWay(SettlersStage stage) throws Exception {
        String readings = SettlersStage.readings(HALFWAY, HALFWAY, CARLA);
        stage.drop(2, "c.csv", readings);
        stage.awaitProposed(HALFWAY, 2, 1);
        stage.network().kill(2);
        stage.drop(1, "c.csv", readings);
        stage.awaitProposed(HALFWAY, 2, 2);
        assertThat(stage.day(HALFWAY).has("settled")).isFalse();
        stage.network().start(2);
        stage.awaitSettled(HALFWAY);
        for (int number = 2; number <= stage.network().size(); number++) {
            Scenario.awaitCurrent(stage.network(), number);
        }
    }

    private static void theLedgersAgree(SettlersStage stage) throws Exception {
        String replica = stage.network().verify(4);
        assertThat(replica).startsWith("0 OK ").contains("settlements=absent");
        String root = replica.substring(replica.indexOf("root="), replica.indexOf(" settlements"));
        for (int number : List.of(1, 2)) {
            assertThat(stage.network().verify(number))
                    .startsWith("0 OK ")
                    .contains(root, "settlements=recomputed");
        }
        assertThat(stage.network().verify(LIAR))
                .startsWith("1 ")
                .contains("settlement of " + ALTERED, "the readings in the vault are not those");
        for (Path file : stage.exchanged()) {
            assertThat(SettlersStage.holdsPlanted(file)).as(file.toString()).isFalse();
        }
        Path inbox = stage.network().member(1).folder().resolve("inbox/settled");
        try (var files = Files.list(inbox)) {
            assertThat(files.filter(file -> file.toString().endsWith(".csv")).toList())
                    .as("the search finds what it looks for where it is")
                    .allSatisfy(file -> assertThat(SettlersStage.holdsPlanted(file)).isTrue());
        }
    }

    /// With the first member-day that differs: the third home's.
    private static void theDissentsAreThere(SettlersStage stage) throws Exception {
        List<DayDissented> against =
                stage.events(4).stream()
                        .filter(DayDissented.class::isInstance)
                        .map(DayDissented.class::cast)
                        .filter(event -> event.proposer().equals(stage.settler(LIAR)))
                        .filter(event -> !event.dissent().settler().equals(stage.settler(LIAR)))
                        .toList();
        assertThat(against)
                .filteredOn(event -> event.day().equals(ALTERED))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.dissent().kind()).contains(SettledRoot.READINGS);
                    assertThat(event.dissent().index()).isEqualTo(OptionalInt.of(2));
                });
        assertThat(against)
                .filteredOn(event -> event.day().equals(OTHERWISE))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.dissent().kind()).contains(SettledRoot.ALLOCATIONS);
                    assertThat(event.dissent().index()).isEqualTo(OptionalInt.of(0));
                });
        assertThat(stage.events(4))
                .filteredOn(EnergyEvent.MonthClaimed.class::isInstance)
                .hasSize(1);
    }

    private void theTotalsAreThoseOfOneWhoSettlesAlone(SettlersStage stage) throws Exception {
        Path terms = folder.resolve("community.yaml");
        Path october = folder.resolve("october.csv");
        Files.writeString(october, SettlersStage.readings(FIRST, END, CARLA));
        List<Path> readings = new ArrayList<>(List.of(october));
        for (LocalDate day : List.of(ALTERED, OTHERWISE, HALFWAY)) {
            Path file = folder.resolve(day + ".csv");
            readings.add(Files.writeString(file, SettlersStage.readings(day, day, CARLA)));
        }
        Path alone = folder.resolve("alone");
        Settlement.run(
                new SettlementRequest(terms, readings, alone, false, false, false, 250),
                new RealDisk(),
                new SecureRandom(),
                Progress.NONE);
        JsonNode expected = summary(alone);
        for (int number : List.of(1, 2)) {
            assertThat(summary(stage.network().member(number).data())).isEqualTo(expected);
        }
    }

    private static JsonNode summary(Path folder) throws Exception {
        ObjectNode summary =
                (ObjectNode)
                        JsonMapper.shared()
                                .readTree(Files.readAllBytes(folder.resolve("summary.json")));
        summary.remove("ledger");
        return summary;
    }

    /// Given what the others have, he has it, and his documents.
    private static void theLiarCatchesUp(SettlersStage stage) throws Exception {
        stage.drop(LIAR, "community.yaml", SettlersStage.TERMS);
        stage.drop(LIAR, "right.csv", SettlersStage.readings(ALTERED, ALTERED, CARLA));
        stage.network().start();
        stage.awaitTaken(LIAR);
        stage.drop(LIAR, "b.csv", SettlersStage.readings(OTHERWISE, OTHERWISE, CARLA));
        stage.drop(LIAR, "c.csv", SettlersStage.readings(HALFWAY, HALFWAY, CARLA));
        stage.awaitTaken(LIAR);
        stage.network().stop();
        assertThat(stage.network().verify(LIAR)).startsWith("0 OK ").contains("recomputed");
    }
}
