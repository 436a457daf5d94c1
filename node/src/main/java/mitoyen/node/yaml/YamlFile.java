package mitoyen.node.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.MistakeLog;

/// A YAML file that somebody wrote for us.
public final class YamlFile {
    private static final int BYTE_LIMIT = 1 << 20;

    private YamlFile() {}

    /// What to say where there is no such file, or no document in it.
    public record Faults(Fault missing, Fault tooLarge, Fault empty) {}

    /// The root of its document, or nothing if the text is not such a document.
    ///
    /// @param mistakes receives what is wrong in it
    /// @throws InputMistakes if it is no file of text
    /// @throws IOException if the disk fails
    public static Optional<Yaml> parse(Path file, Faults faults, MistakeLog mistakes)
            throws InputMistakes, IOException {
        return YamlText.parse(file.toString(), text(file, faults), faults.empty(), mistakes);
    }

    private static String text(Path file, Faults faults) throws InputMistakes, IOException {
        if (Files.isDirectory(file)) {
            throw refusal(file, Fault.A_FOLDER);
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw refusal(file, faults.missing());
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTE_LIMIT + 1);
        } catch (NoSuchFileException vanished) {
            throw refusal(file, faults.missing());
        }
        if (bytes.length > BYTE_LIMIT) {
            throw refusal(file, faults.tooLarge());
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException binary) {
            throw refusal(file, Fault.COMMUNITY_NOT_UTF8);
        }
    }

    private static InputMistakes refusal(Path file, Fault fault) {
        return new InputMistakes(new Mistake(file.toString(), 0, fault));
    }
}
