package mitoyen.simulator.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The classes of the whole program, read once: without its tests, and without the pages that are
/// compiled from templates, which are one with the package that shows them.
final class Program {
    static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("/mitoyen/node/templates/"))
                    .importPackages("mitoyen");

    private Program() {}
}
