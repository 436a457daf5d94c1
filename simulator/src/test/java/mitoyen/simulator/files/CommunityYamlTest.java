package mitoyen.simulator.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.Terms;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.InputMistakes;
import mitoyen.simulator.model.Neighbourhood;
import mitoyen.simulator.model.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommunityYamlTest {
    @Test
    void the_program_reads_what_the_simulator_writes(@TempDir Path folder)
            throws IOException, InputMistakes {
        Neighbourhood town = Neighbourhood.town(5, ZoneId.of("Europe/Vienna"), 15, 7, 2);
        Path file = folder.resolve("community.yaml");
        Files.writeString(file, CommunityYaml.of("town", town));

        Terms terms = CommunityFile.read(file).terms();

        assertThat(terms.community()).isEqualTo("town");
        assertThat(terms.zone()).isEqualTo("Europe/Vienna");
        assertThat(terms.stepMinutes()).isEqualTo(15);
        assertThat(terms.members())
                .extracting(member -> member.meters().getFirst().meter())
                .isEqualTo(town.sites().stream().map(Site::meter).toList());
        List<Member> producers =
                terms.members().stream().filter(member -> member.vat().isPresent()).toList();
        assertThat(producers).hasSize(2);
    }
}
