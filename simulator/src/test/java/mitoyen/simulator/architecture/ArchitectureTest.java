package mitoyen.simulator.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may see whom: section 3 of the design, a line a rule.
class ArchitectureTest {
    private static final Set<String> PLAIN_PACKAGES =
            Set.of("quantity", "cbor", "account", "light", "machine", "proof", "signature", "wire");

    @ParameterizedTest
    @CsvSource({
        // whoever lives here, must not see, because
        "ledger..,            node..,             what must come out the same knows no program",
        "ledger..,            consensus..,        and no order",
        "ledger..,            simulator..,        and no model",
        "consensus..,         ledger..,           an engine orders bytes",
        "consensus..,         node..,             for anyone",
        "consensus..,         simulator..,        even for a simulator",
        "node..,              simulator..,        nobody sees the simulator",
        "ledger.quantity..,   ledger.cbor..,      numbers are the bottom",
        "ledger.quantity..,   ledger.account..,   and know nothing above",
        "ledger.quantity..,   ledger.energy..,    nor any domain",
        "ledger.quantity..,   ledger.machine..,   nor the machine",
        "ledger.quantity..,   ledger.proof..,     nor proofs",
        "ledger.quantity..,   ledger.wire..,      nor the wire",
        "ledger.cbor..,       ledger.proof..,     a form of bytes is not hashed here",
        "ledger.cbor..,       ledger.account..,   it knows no meaning",
        "ledger.cbor..,       ledger.energy..,    of any domain",
        "ledger.cbor..,       ledger.machine..,   or machine",
        "ledger.cbor..,       ledger.wire..,      or transaction",
        "ledger.signature..,  ledger.quantity..,  a signature is of bytes",
        "ledger.signature..,  ledger.account..,   by a key of bytes",
        "ledger.signature..,  ledger.proof..,     over a hash of bytes",
        "ledger.signature..,  ledger.energy..,    whatever they ask for",
        "ledger.signature..,  ledger.machine..,   whoever executes them",
        "ledger.signature..,  ledger.wire..,      and however they are sent",
        "ledger.account..,    ledger.signature.., accounts name signers and check none",
        "ledger.energy..,     ledger.signature.., what is decided is verified already",
        "ledger.machine..,    ledger.signature.., also for the machine",
        "ledger.account..,    ledger.energy..,    accounts serve every domain",
        "ledger.account..,    ledger.machine..,   and know no machine",
        "ledger.account..,    ledger.wire..,      nor the wire",
        "ledger.governance.., ledger.signature.., nor does whoever is voted for",
        "ledger.governance.., ledger.machine..,   decides without the machine",
        "ledger.governance.., ledger.wire..,      and without the wire",
        "ledger.account..,    ledger.governance.., and name no validator",
        "ledger.energy..,     ledger.machine..,   a domain decides without the machine",
        "ledger.energy..,     ledger.wire..,      and without the wire",
        "ledger.proof..,      ledger.account..,   a tree knows no account",
        "ledger.proof..,      ledger.energy..,    and no leaves",
        "ledger.proof..,      ledger.machine..,   and no machine",
        "ledger.proof..,      ledger.wire..,      and no wire",
        "ledger.machine..,    ledger.wire..,      the machine takes what is verified",
        "node.page..,         ledger.machine..,   views see events and never state",
        "node.statement..,    ledger.machine..,   nor does a statement",
        "node.output..,       ledger.machine..,   nor a file that goes out",
        "consensus.journal.., consensus.embedded.., a journal knows no engine",
        "consensus.disk..,    consensus.journal..,  and a disk no journal",
    })
    void the_first_does_not_see_the_second(String here, String there, String because)
            throws IOException {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("mitoyen." + here)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("mitoyen." + there)
                        .because(because)
                        .allowEmptyShould(false);

        rule.check(Program.CLASSES);
        assertThat(classesIn(there)).as("classes in %s", there).isNotEmpty();
        JavaClasses bad =
                Trespass.from("mitoyen." + here.replace("..", ""), classesIn(there).getFirst());
        assertThat(rule.evaluate(bad).hasViolation()).as("the rule bites").isTrue();
    }

    @Test
    void a_domain_sees_no_other_domain() {
        for (String domain : domains()) {
            for (String other : domains()) {
                if (!domain.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage(domain)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(other)
                            .allowEmptyShould(false)
                            .check(Program.CLASSES);
                }
            }
        }
    }

    @Test
    void every_domain_has_the_same_names() {
        assertThat(domains()).contains("mitoyen.ledger.energy");
        for (String domain : domains()) {
            String name = domain.substring(domain.lastIndexOf('.') + 1);
            String prefix = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            assertThat(Program.CLASSES.getPackage(domain).getClasses())
                    .extracting(JavaClass::getSimpleName)
                    .contains(
                            prefix + "Transaction",
                            prefix + "Event",
                            prefix + "Rejection",
                            prefix + "State",
                            prefix + "Contract",
                            "package-info");
            assertThat(Program.CLASSES.get(domain + "." + prefix + "Rejection").isEnum()).isTrue();
            assertThat(isSealed(domain + "." + prefix + "Transaction")).isTrue();
            assertThat(isSealed(domain + "." + prefix + "Event")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mitoyen.(*)..", "mitoyen.(*).(*)..", "mitoyen.(*).(*).(*).."})
    void there_are_no_cycles(String slices) {
        slices().matching(slices)
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(Program.CLASSES);
    }

    @Test
    void a_verified_transaction_is_made_by_the_wire_alone() {
        assertThat(
                        Program.CLASSES
                                .get("mitoyen.ledger.machine.VerifiedTransaction")
                                .getSubclasses())
                .isNotEmpty()
                .allMatch(type -> type.getPackageName().equals("mitoyen.ledger.wire"));
    }

    @Test
    void the_program_verifies_signatures_under_the_ledgers_own_rule() {
        noClasses()
                .that()
                .resideOutsideOfPackages("mitoyen.simulator..", "mitoyen.ledger.wire")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("mitoyen.ledger.wire.SignatureRule")
                .check(Program.CLASSES);
    }

    @Test
    void every_package_says_what_it_is_and_that_nothing_in_it_is_null() {
        List<String> unmarked = new ArrayList<>();
        Stream<JavaPackage> packages =
                Program.CLASSES.stream()
                        .filter(type -> !type.getSimpleName().equals("module-info"))
                        .map(JavaClass::getPackage)
                        .distinct();
        packages.filter(seen -> !seen.isAnnotatedWith(NullMarked.class))
                .forEach(seen -> unmarked.add(seen.getName()));

        assertThat(unmarked).isEmpty();
    }

    private static Set<String> domains() {
        return Program.CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.matches("mitoyen\\.ledger\\.[a-z]+"))
                .filter(name ->
                        !PLAIN_PACKAGES.contains(name.substring("mitoyen.ledger.".length())))
                .collect(toSet());
    }

    private static List<JavaClass> classesIn(String packages) {
        return Program.CLASSES.stream()
                .filter(type -> resideInAPackage("mitoyen." + packages).test(type))
                .filter(type -> !type.getSimpleName().endsWith("-info"))
                .toList();
    }

    private static boolean isSealed(String type) {
        return Program.CLASSES.get(type).reflect().isSealed();
    }
}
