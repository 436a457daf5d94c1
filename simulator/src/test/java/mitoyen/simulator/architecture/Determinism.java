package mitoyen.simulator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What `ledger` may not use, because replicas would come to different results: one rule each, and
/// the deliberately bad class on which it must bite.
///
/// @param name as in "no clock"
/// @param rule given the packages it is held against
/// @param bad a class that breaks it and no other
record Determinism(String name, Function<String, ArchRule> rule, String bad) {
    private static final Set<String> FLOATS = Set.of("float", "double");

    /// Chooses a library by what this machine has. It may, since the libraries answer the same.
    private static final String CHOOSER = "mitoyen.ledger.signature.SignatureLibrary";

    private static final Set<String> TIME_VALUES =
            Set.of(
                    "java.time.LocalDate",
                    "java.time.YearMonth",
                    "java.time.DateTimeException",
                    "java.time.format.DateTimeParseException");

    static List<Determinism> rules() {
        return List.of(
                new Determinism("no floating point", Determinism::noFloats, "FloatingPoint"),
                depends("no hash order", "HashOrder", "java.util.(Weak|Identity|)Hash.*"),
                calls(
                        "no salted order",
                        "SaltedOrder",
                        "java.util.(Set|Map).(of|ofEntries|copyOf|entry)",
                        "java.util.stream.Collectors.to(Unmodifiable|)(Set|Map)",
                        "java.util.stream.Collectors.(groupingBy|partitioningBy).*"),
                calls(
                        "no clock",
                        "Clocks",
                        "java.time..*.now",
                        "java.lang.System.(currentTimeMillis|nanoTime)"),
                new Determinism("no time but values", Determinism::noTime, "TimeZones"),
                depends(
                        "no chance",
                        "Chances",
                        "java.util.(Random|SplittableRandom|UUID)",
                        "java.util.random..*",
                        "java.security.SecureRandom",
                        "java.util.concurrent.ThreadLocalRandom"),
                calls(
                        "no chance by method",
                        "ChanceByMethod",
                        "java.lang.Math.random",
                        "java.lang.System.identityHashCode",
                        "java.util.Collections.shuffle"),
                depends(
                        "no threads",
                        "Threads",
                        "java.lang.Thread.*",
                        "java.lang.(InheritableThreadLocal|ScopedValue).*",
                        "java.util.concurrent..*",
                        "java.util.Timer.*"),
                calls("no parallel streams", "ParallelStreams", ".*.(parallel|parallelStream)"),
                depends(
                        "no files and no network",
                        "FilesAndNetwork",
                        "java.io..*",
                        "java.nio.(file|channels)..*",
                        "java.net..*"),
                depends("no JSON", "Json", "tools.jackson..*", "com.fasterxml..*"),
                calls(
                        "no surroundings",
                        "Surroundings",
                        "java.lang.System.(getenv|getProperty)",
                        "java.lang.(Boolean.getBoolean|Integer.getInteger|Long.getLong)",
                        "java.util.Locale.getDefault",
                        "java.lang.Runtime[.].*"));
    }

    private static Determinism depends(String name, String bad, String... classes) {
        String pattern = Stream.of(classes).collect(joining("|", "(", ")"));
        return new Determinism(
                name,
                packages ->
                        noClasses()
                                .that()
                                .resideInAPackage(packages)
                                .should()
                                .dependOnClassesThat()
                                .haveNameMatching(pattern)
                                .allowEmptyShould(false),
                bad);
    }

    private static Determinism calls(String name, String bad, String... methods) {
        String pattern = Stream.of(methods).collect(joining("|", "(", ")"));
        return new Determinism(
                name,
                packages ->
                        noClasses()
                                .that()
                                .resideInAPackage(packages)
                                .and()
                                .doNotHaveFullyQualifiedName(CHOOSER)
                                .should()
                                .accessTargetWhere(
                                        describe(
                                                pattern,
                                                (JavaAccess<?> access) ->
                                                        (access.getTargetOwner().getName()
                                                                        + "."
                                                                        + access.getTarget()
                                                                                .getName())
                                                                .matches(pattern)))
                                .allowEmptyShould(false),
                bad);
    }

    private static ArchRule noTime(String packages) {
        DescribedPredicate<JavaClass> time =
                describe(
                        "of java.time other than the values LocalDate and YearMonth",
                        seen ->
                                seen.getPackageName().startsWith("java.time")
                                        && !TIME_VALUES.contains(seen.getName()));
        return noClasses()
                .that()
                .resideInAPackage(packages)
                .should()
                .dependOnClassesThat(time)
                .allowEmptyShould(false);
    }

    private static ArchRule noFloats(String packages) {
        return classes()
                .that()
                .resideInAPackage(packages)
                .should(
                        new ArchCondition<>("compute without floats") {
                            @Override
                            public void check(JavaClass type, ConditionEvents events) {
                                findFloats(type)
                                        .map(line -> SimpleConditionEvent.violated(type, line))
                                        .forEach(events::add);
                            }
                        })
                .allowEmptyShould(false);
    }

    private static Stream<String> findFloats(JavaClass type) {
        Stream<String> fields =
                type.getFields().stream()
                        .filter(field -> isFloat(field.getRawType()))
                        .map(field -> field.getFullName() + " is a float");
        Stream<String> methods =
                type.getCodeUnits().stream()
                        .filter(unit ->
                                isFloat(unit.getRawReturnType())
                                        || unit.getRawParameterTypes().stream()
                                                .anyMatch(Determinism::isFloat))
                        .map(unit -> unit.getFullName() + " takes or returns a float");
        Stream<String> calls =
                type.getMethodCallsFromSelf().stream()
                        .filter(call ->
                                isFloat(call.getTarget().getRawReturnType())
                                        || call.getTarget().getRawParameterTypes().stream()
                                                .anyMatch(Determinism::isFloat))
                        .map(call -> call.getDescription());
        return Stream.of(fields, methods, calls, FloatInstructions.find(type))
                .flatMap(lines -> lines);
    }

    private static boolean isFloat(JavaClass type) {
        return FLOATS.contains(type.getBaseComponentType().getName());
    }

    @Override
    public String toString() {
        return name;
    }
}
