package mitoyen.simulator.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.simulator.model.Chance;

/// Lines dealt to files, in a folder that is removed at the end.
final class Piles implements AutoCloseable {
    private final Path folder;
    private final List<BufferedWriter> piles = new ArrayList<>();

    Piles(Path folder, int count) throws IOException {
        this.folder = folder;
        for (int pile = 0; pile < count; pile++) {
            piles.add(Files.newBufferedWriter(file(pile)));
        }
    }

    /// Puts the line between two places of a text on a pile.
    void add(int pile, String text, int from, int to) throws IOException {
        piles.get(pile).write(text, from, to - from);
    }

    /// Appends a pile's lines to a file in random order, and removes the pile.
    void moveShuffled(int pile, Chance chance, Writer target) throws IOException {
        piles.get(pile).close();
        List<String> lines = Files.readAllLines(file(pile));
        Files.delete(file(pile));
        for (int left = lines.size(); left > 0; left--) {
            int drawn = chance.below(left);
            target.write(lines.set(drawn, lines.get(left - 1)));
            target.write('\n');
        }
    }

    @Override
    public void close() throws IOException {
        for (int pile = 0; pile < piles.size(); pile++) {
            piles.get(pile).close();
            Files.deleteIfExists(file(pile));
        }
        Files.delete(folder);
    }

    private Path file(int pile) {
        return folder.resolve("pile-" + pile);
    }
}
