package mitoyen.node.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of text that is no YAML: in words of ours, with the line, in both languages.
final class YamlTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    a:#>b: 1                 | 2 | a tab at the start of the line; indent it with spaces
                    a: 1#  b: 2              | 2 | a colon where no key can stand; align the line with its neighbours, put a blank after the colon of each key, and quotes around a text with a colon
                    a: b: c                  | 1 | a colon where no key can stand; align the line with its neighbours, put a blank after the colon of each key, and quotes around a text with a colon
                    a:#    b: 1#  c: 2       | 3 | the line is aligned with none above it; begin it where the line that it goes with begins
                    a:#  - b: 1#   c: 2      | 3 | the line is aligned with none above it; begin it where the line that it goes with begins
                    - a#b: 1                 | 2 | the line is aligned with none above it; begin it where the line that it goes with begins
                    a: 1#- b                 | 2 | the line is aligned with none above it; begin it where the line that it goes with begins
                    ~ a: 1#b: 2~             | 2 | the line is aligned with none above it; begin it where the line that it goes with begins
                    c: 1#a: 'b#d: 1          | 2 | a quotation mark opens here and none closes; close it
                    a: "b#---#c"             | 1 | a quotation mark opens here and none closes; close it
                    a: [1, 2#b: 3            | 2 | a comma or the ] of the list that begins on line 1 is missing; add it
                    c: 1#a: {b: 1            | 3 | a comma or the } of the list that begins on line 2 is missing; add it
                    a: 1#b#c: 1              | 2 | a line without a colon; write a key, a colon, a blank and the value
                    a: @x                    | 1 | a value begins with @; put it into quotes
                    a: `x                    | 1 | a value begins with `; put it into quotes
                    a: "C:\\q"               | 1 | a backslash in double quotes that means nothing; write it twice, or take single quotes
                    a: "\\xZZ"               | 1 | a backslash in double quotes that means nothing; write it twice, or take single quotes
                    a: "x" y                 | 1 | something stands behind the end of a value; remove it, or put all of the value into one pair of quotes
                    a: 'it's'                | 1 | something stands behind the end of a value; remove it, or put all of the value into one pair of quotes
                    a: {b: 1}}               | 1 | something stands behind the end of a value; remove it, or put all of the value into one pair of quotes
                    a: - b                   | 1 | not valid YAML; mend the line or the one before it
                    a: !<x                   | 1 | not valid YAML; mend the line or the one before it
                    """)
    void whatIsNoYamlIsSaidInAWordOfOurs(String text, int line, String what) {
        String file = text.replace('#', '\n').replace('>', '\t') + "\n";
        assertThat(mistakes(file)).hasSize(1);
        assertThat(mistakes(file).getFirst()).hasToString("node.yaml:" + line + ": " + what);
    }

    @Test
    void noWordOfTheLibraryIsLeftInFrench() {
        Messages french = Messages.in(Language.FR);
        Mistake mistake = mistakes("a: [1, 2\nb: 3\n").getFirst();
        assertThat(mistake.what(french))
                .isEqualTo("il manque une virgule, ou le ] de la liste qui commence à la ligne 1");
        assertThat(mistake.remedyOnPage(french)).isEqualTo("ajoutez ce qui manque");
        assertThat(mistakes("a: @x\n").getFirst().what(french))
                .isEqualTo("une valeur commence par @");
        assertThat(mistakes("%YAML 3.0\n---\na: 1\n").getFirst())
                .hasToString(
                        "node.yaml: not plain text of YAML 1.2; save the file as plain UTF-8 text");
    }

    private static List<Mistake> mistakes(String text) {
        MistakeLog log = new MistakeLog();
        assertThat(YamlText.parse("node.yaml", text, Fault.NODE_EMPTY, log)).isEmpty();
        return catchThrowableOfType(InputMistakes.class, log::throwIfAny).mistakes();
    }
}
