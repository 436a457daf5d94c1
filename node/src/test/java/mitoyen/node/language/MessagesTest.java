package mitoyen.node.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
    private static final Messages EN = Messages.in(Language.EN);
    private static final Messages FR = Messages.in(Language.FR);

    @Test
    void everyKeyExistsInBothLanguages() {
        assertThat(FR.keys()).isEqualTo(EN.keys());
    }

    @Test
    void bothLanguagesFillTheSamePlaces() {
        for (String key : EN.keys()) {
            assertThat(places(FR.text(key))).as(key).isEqualTo(places(EN.text(key)));
        }
    }

    @Test
    void noSentenceIsLeftEmpty() {
        assertThat(EN.keys()).allSatisfy(key -> assertThat(EN.text(key)).isNotBlank());
        assertThat(FR.keys()).allSatisfy(key -> assertThat(FR.text(key)).isNotBlank());
    }

    @Test
    void inFrenchNoLineBreaksBeforeAColonOrInsideQuotationMarks() {
        for (String key : FR.keys()) {
            String unquoted = FR.text(key).replaceAll("«\u00a0[^»]*\u00a0»", "");
            assertThat(unquoted).as(key).doesNotContainPattern("[^\u00a0][:;?!»]|«[^\u00a0]");
        }
    }

    @Test
    void aValueThatLooksLikeAPlaceIsNotFilledAgain() {
        assertThat(EN.text("statement.lead.produced", "{1}", "x"))
                .isEqualTo("You produced {1}, of which neighbours used x.");
    }

    @Test
    void aMissingSentenceIsAnError() {
        assertThatThrownBy(() -> EN.text("no.such.key"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fr-FR,fr;q=0.9,en;q=0.8 | FR",
                "en-GB,en;q=0.9 | EN",
                "de-AT,de;q=0.9,fr;q=0.5 | FR",
                "de | EN",
                "* | EN",
                "'' | EN",
                "FR | FR"
            })
    void theFirstLanguageOfABrowserThatIsOursIsSpoken(String header, Language language) {
        assertThat(Language.preferred(header)).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource({"Europe/Paris,FR", "Indian/Reunion,FR", "Europe/Vienna,EN", "Europe/Brussels,EN"})
    void statementsSpeakFrenchWhereTheClocksAreThoseOfFrance(String zone, Language language) {
        assertThat(Language.ofZone(zone)).isEqualTo(language);
    }

    private static Object places(String sentence) {
        return Pattern.compile("\\{\\d\\}")
                .matcher(sentence)
                .results()
                .map(match -> match.group())
                .sorted()
                .distinct()
                .toList();
    }
}
