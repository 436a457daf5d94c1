package mitoyen.simulator.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Floats that no signature shows: a local variable, a cast, a division on the way.
final class FloatInstructions {
    private static final Pattern FLOAT =
            Pattern.compile(
                    "[DF](CONST|LOAD|STORE|ALOAD|ASTORE|ADD|SUB|MUL|DIV|REM|NEG|CMP|RETURN).*"
                            + "|[IL]2[DF]|[DF]2[DFIL]");

    private FloatInstructions() {}

    /// A line for each method of a class that computes with floats.
    static Stream<String> find(JavaClass type) {
        return read(type).methods().stream()
                .filter(method -> method.code().stream().anyMatch(FloatInstructions::hasFloat))
                .map(method -> describe(type, method));
    }

    private static boolean hasFloat(CodeModel code) {
        return code.elementStream()
                .anyMatch(element ->
                        element instanceof Instruction instruction
                                && FLOAT.matcher(instruction.opcode().name()).matches());
    }

    private static String describe(JavaClass type, MethodModel method) {
        return type.getName() + "." + method.methodName().stringValue() + " computes with floats";
    }

    private static ClassModel read(JavaClass type) {
        try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
