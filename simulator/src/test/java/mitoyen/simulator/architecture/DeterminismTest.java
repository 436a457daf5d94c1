package mitoyen.simulator.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeterminismTest {
    private static final String BAD = DeterminismTest.class.getPackageName() + ".bad";
    private static final JavaClasses BAD_CLASSES = new ClassFileImporter().importPackages(BAD);

    @ParameterizedTest
    @MethodSource("rules")
    void the_ledger_has(Determinism rule) {
        rule.rule().apply("mitoyen.ledger..").check(Program.CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_bad_class_breaks_its_own_rule_and_no_other(Determinism bitten) {
        for (Determinism rule : rules()) {
            List<String> lines =
                    rule.rule().apply(BAD).evaluate(BAD_CLASSES).getFailureReport().getDetails();
            boolean bites =
                    lines.stream().anyMatch(line -> line.contains(BAD + "." + bitten.bad() + "."));

            assertThat(bites).as("%s in %s", rule, bitten.bad()).isEqualTo(rule.equals(bitten));
        }
    }

    private static List<Determinism> rules() {
        return RULES;
    }

    private static final List<Determinism> RULES = Determinism.rules();
}
