package mitoyen.simulator.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;

/// A class that sees what it must not: compiled on the spot, to show that a rule about real ones
/// bites.
final class Trespass {
    private Trespass() {}

    /// A class in one package with a field of a type of another.
    static JavaClasses from(String here, JavaClass seen) throws IOException {
        Path file = Files.createTempFile("Trespass", ".class");
        try {
            ClassFile.of()
                    .buildTo(
                            file,
                            ClassDesc.of(here, "Trespass"),
                            type -> type.withField("seen", ClassDesc.of(seen.getName()), 0));
            return new ClassFileImporter().importPath(file);
        } finally {
            Files.delete(file);
        }
    }
}
