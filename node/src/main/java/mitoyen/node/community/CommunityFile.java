package mitoyen.node.community;

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

/// The file `community.yaml`, documented in `docs/community.md`.
public final class CommunityFile {
    private static final int BYTE_LIMIT = 1 << 20;

    private CommunityFile() {}

    /// Reads a community.
    ///
    /// @throws InputMistakes with everything that is wrong in the file, or that there is none
    /// @throws IOException if the disk fails
    public static Community read(Path file) throws InputMistakes, IOException {
        String name = file.toString();
        MistakeLog mistakes = new MistakeLog();
        Optional<Yaml> root = YamlText.parse(name, text(file), mistakes);
        Optional<Community> community =
                root.flatMap(yaml -> CommunityReader.read(name, yaml, mistakes));
        mistakes.throwIfAny();
        return community.orElseThrow();
    }

    private static String text(Path file) throws InputMistakes, IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw refusal(file, Fault.NO_COMMUNITY_FILE);
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTE_LIMIT + 1);
        } catch (NoSuchFileException vanished) {
            throw refusal(file, Fault.NO_COMMUNITY_FILE);
        }
        if (bytes.length > BYTE_LIMIT) {
            throw refusal(file, Fault.COMMUNITY_TOO_LARGE);
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
