package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.energy.EnergyState.SettledDay;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.settlement.Archive;
import mitoyen.node.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of readings that a settler takes in twice, or takes back.
class SettlersReadingsTest {
    private static final LocalDate DAY = LocalDate.of(2025, 6, 24);

    @TempDir private Path folder;

    /// A correction that nobody else agrees on would be proposed for ever.
    @Test
    void aWrongCorrectionIsTakenBackByWhatWasAgreedOn() throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            settle(round, 1);
            Optional<SettledDay> agreed = settled(round);
            round.give(1, readings("1.6"), true);
            assertThat(keptRevision()).isEqualTo(1);
            round.give(1, readings("1.5"), false);
            assertThat(keptRevision()).as("only by a correction").isEqualTo(1);
            assertThat(round.give(1, readings("1.5"), true).unchanged()).isEqualTo(1);
            assertThat(keptRevision()).isZero();

            for (int settler : List.of(2, 3, 4)) {
                round.give(settler, readings("1.7"), true);
            }
            round.await("the right correction is settled", () -> !settled(round).equals(agreed));
            round.give(1, readings("1.7"), false);
            assertThat(keptRevision()).isEqualTo(1);
        }
    }

    /// The terms are the same, and so is what they are kept under.
    @Test
    void aNameThatWasCorrectedAloneIsTheNameFromThenOn() throws Exception {
        Path renamed = folder.resolve("renamed.yaml");
        Path dearer = folder.resolve("dearer.yaml");
        String names = InboxFolder.COMMUNITY.replace("name: Ana", "name: Anaïs");
        Files.writeString(renamed, names);
        Files.writeString(dearer, names.replace("local: \"0.14\"", "local: \"0.15\""));
        try (SettlersRound round = new SettlersRound(folder)) {
            settle(round, 2);
            round.start(1);
            assertThat(names(round.community(1))).containsExactly("Ana", "Bea");
            String next = InboxFolder.readings(DAY.plusDays(1).toString(), "1.5");
            round.give(1, CommunityFile.read(renamed), next, false);
            assertThat(names(round.community(1))).containsExactly("Anaïs", "Bea");

            // Of the settled day the terms before are kept again.
            round.give(1, CommunityFile.read(dearer), readings("1.5"), false);
            round.stop(1);
            round.start(1);
            assertThat(names(round.community(1))).containsExactly("Anaïs", "Bea");
        }
    }

    /// @param first of the settlers who have the day
    private static void settle(SettlersRound round, int first) throws Exception {
        for (int settler = first; settler <= SettlersRound.SETTLERS; settler++) {
            round.start(settler);
            round.give(settler, readings("1.5"), false);
        }
        round.await("the day is settled", () -> settled(round).isPresent());
    }

    private int keptRevision() throws IOException {
        Path vault = Archive.vault(folder.resolve("settler1"));
        try (Vault found = Vault.find(vault, new RealDisk()).orElseThrow()) {
            return found.listDays().get(DAY);
        }
    }

    private static List<String> names(Community community) {
        return community.details().values().stream().map(each -> each.name()).toList();
    }

    private static Optional<SettledDay> settled(SettlersRound round) {
        return round.energy().findDay("rue", DAY);
    }

    private static String readings(String kwh) {
        return InboxFolder.readings(DAY.toString(), kwh);
    }
}
