package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import mitoyen.node.running.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemsTest {
    @ParameterizedTest
    @EnumSource(Language.class)
    void everyProblemHasASentenceAndNoSentenceIsLeftOver(Language language) {
        List<Refusal> all = RefusalList.all();

        assertThat(Messages.in(language).keys())
                .filteredOn(key -> key.startsWith("problem."))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream()
                                .map(each -> Problems.key(each.module(), each.name()))
                                .toList());
        assertThat(all)
                .extracting(each -> each.module() + " " + each.number())
                .doesNotHaveDuplicates();
    }
}
