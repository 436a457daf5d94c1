package mitoyen.node.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That both languages have all words alike is a matter of every sentence, and of its test.
class FaultTest {
    private static final Pattern OPTION = Pattern.compile("--[a-z]|mitoyen ");
    private static final Pattern QUOTED = Pattern.compile("[“«]\u00a0?(.*?)\u00a0?[”»]");
    private static final EnumSet<Fault> OF_COMMANDS =
            EnumSet.range(Fault.NO_TIME, Fault.STEPS_MIXED);

    static {
        OF_COMMANDS.addAll(
                EnumSet.range(Fault.BLOCK_OF_ANOTHER_PROGRAM, Fault.LEDGER_AHEAD_OF_COMETBFT));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyFaultAndEveryTermHasWordsAndNoWordsAreLeftOver(Language language) {
        Set<String> wanted = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            wanted.add(fault.key() + ".what");
            wanted.add(fault.key() + ".remedy");
        }
        Arrays.stream(Term.values()).map(Term::key).forEach(wanted::add);

        assertThat(Messages.in(language).keys())
                .filteredOn(key -> key.startsWith("mistake.") || key.startsWith("term."))
                .filteredOn(key -> !key.endsWith(".remedy.page"))
                .containsExactlyElementsOf(wanted);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void thePageNamesNoOptionOfTheCommandLine(Language language) {
        Messages words = Messages.in(language);
        for (Fault fault : EnumSet.complementOf(OF_COMMANDS)) {
            Mistake mistake = new Mistake("a.csv", 1, fault, List.of());
            assertThat(mistake.remedyOnPage(words)).as(fault.name()).doesNotContainPattern(OPTION);
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void whereThePageHasARemedyOfItsOwnItNamesABoxThatIsThere(Language language) {
        Messages words = Messages.in(language);
        Set<String> boxes =
                Stream.of("import.gaps-zero", "import.partial", "import.correct")
                        .map(words::text)
                        .collect(Collectors.toSet());
        Set<String> named =
                words.keys().stream()
                        .filter(key -> key.endsWith(".remedy.page"))
                        .flatMap(key -> QUOTED.matcher(words.text(key)).results())
                        .map((MatchResult quoted) -> quoted.group(1))
                        .collect(Collectors.toSet());

        assertThat(named).isEqualTo(boxes);
    }

    @Test
    void theCommandLineSaysAMistakeInEnglishAndThePageInItsReadersLanguage() {
        Mistake mistake = new Mistake("a.csv", 0, Fault.GAP, "A1", "00:00", "01:00", 2L);

        assertThat(mistake)
                .hasToString(
                        "a.csv: no reading of meter A1 from 00:00 to 01:00 (2 intervals); add the"
                                + " rows, or pass --gaps zero to count 0");
        assertThat(mistake.what(Messages.in(Language.FR)))
                .isEqualTo("aucune mesure du compteur A1 de 00:00 à 01:00 (2\u00a0intervalles)");
        assertThat(mistake.remedyOnPage(Messages.in(Language.FR)))
                .isEqualTo(
                        "ajoutez les lignes, ou cochez «\u00a0Compter 0 pour les mesures"
                                + " manquantes\u00a0»");
    }

    @Test
    void aTermInsideAMistakeIsInTheSameLanguage() {
        Mistake mistake = new Mistake("c.yaml", 4, Fault.MISSING_KEY, Term.A_MEMBER, "name");

        assertThat(mistake).hasToString("c.yaml:4: a member has no name; add the key name");
        assertThat(mistake.what(Messages.in(Language.FR)))
                .isEqualTo("un membre n’a pas de clé name");
    }

    @Test
    void aMistakeIsOneLineWhateverTheInputHeld() {
        assertThat(new Mistake("a\nb.csv", 2, Fault.UNKNOWN_METER, "x\u2028y"))
                .hasToString(
                        "a\uFFFDb.csv:2: unknown meter x\uFFFDy; add it to a member of the"
                                + " community file or remove its rows");
    }
}
