package mitoyen.node.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.Phrase;
import mitoyen.node.input.Refused;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import mitoyen.node.settlement.SettlementRequest;

/// Has the files of an inbox taken in: all of them together, as `settle` would, or none.
///
/// What was taken in is moved to `settled/`, with a note of what came of it; a file that changed
/// meanwhile is looked at again. What was refused stays, with a note beside each file that says
/// what is wrong and how to mend it; the note goes when the file does or is settled.
final class InboxDesk {
    private static final Logger LOG = Logger.getLogger(InboxDesk.class.getName());
    private static final String NOTE = ".txt";
    private static final String SETTLED = "settled";

    private final Path inbox;
    private final Path folder;
    private final Disk disk;
    private final Treatment treatment;
    private final InboxOptions options;

    InboxDesk(Path inbox, Path folder, Disk disk, Treatment treatment, InboxOptions options) {
        this.inbox = inbox;
        this.folder = folder;
        this.disk = disk;
        this.treatment = treatment;
        this.options = options;
    }

    /// Settles what arrived.
    ///
    /// @throws IOException if something cannot be read or written; what was settled stays so, and
    ///   the same files go on from there
    void take(Arrivals arrived) throws IOException {
        clearNotes(arrived);
        Messages words = Messages.in(Language.EN);
        try {
            Optional<Community> community = findCommunity(arrived);
            if (community.isEmpty()) {
                noteAll(arrived, words.text("import.error.community"));
                return;
            }
            words = Messages.in(Language.ofZone(community.get().terms().zone()));
            if (arrived.readings().isEmpty()) {
                noteAll(arrived, words.text("inbox.waits"));
                return;
            }
            Treatment.Outcome outcome = treatment.take(community.get(), request(arrived));
            put(arrived, outcome, words);
            LOG.log(
                    Level.INFO,
                    "took {0} files of the inbox in, at block {1}",
                    new Object[] {arrived.files().size(), outcome.anchor().height()});
        } catch (InputMistakes mistakes) {
            note(arrived, mistakes, words);
        } catch (Refused refused) {
            note(arrived, refused, words);
        }
    }

    private Optional<Community> findCommunity(Arrivals arrived)
            throws InputMistakes, Refused, IOException {
        Optional<Path> file = findCommunityFile(arrived);
        return file.isPresent()
                ? Optional.of(CommunityFile.read(file.get()))
                : treatment.findCommunity();
    }

    private static Optional<Path> findCommunityFile(Arrivals arrived) {
        return arrived.files().stream().filter(Arrivals::isCommunity).reduce((_, last) -> last);
    }

    private SettlementRequest request(Arrivals arrived) {
        return new SettlementRequest(
                findCommunityFile(arrived).orElse(Path.of("community.yaml")),
                arrived.readings(),
                folder,
                options.gapsZero(),
                options.partial(),
                options.correct(),
                options.maxKw());
    }

    /// Moves what was settled out of the way, under a name that says when. A file that was replaced
    /// or written to meanwhile stays: what it holds now is yet to be read. Where that happened just
    /// before the move, it comes back under the name that says when: its own may be taken again.
    private void put(Arrivals arrived, Treatment.Outcome outcome, Messages words)
            throws IOException {
        Path settled = inbox.resolve(SETTLED);
        disk.createDirectories(settled);
        String time = Instant.now().toString().replace(':', '-');
        String note =
                String.join(
                        "\n",
                        words.count(
                                outcome.settled() ? "inbox.days" : "inbox.kept", outcome.fresh()),
                        words.count(
                                outcome.settled() ? "inbox.corrected" : "inbox.kept-anew",
                                outcome.corrected()),
                        words.count("inbox.unchanged", outcome.unchanged()),
                        words.text(
                                "inbox.anchor",
                                outcome.anchor().height(),
                                outcome.anchor().root()));
        for (Path file : arrived.files()) {
            if (!arrived.isStill(file)) {
                continue;
            }
            Path moved = settled.resolve(time + " " + file.getFileName());
            write(noteOf(moved), note);
            Files.move(file, moved, StandardCopyOption.ATOMIC_MOVE);
            if (!arrived.isStill(file, moved)) {
                Files.move(
                        moved, inbox.resolve(moved.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                disk.delete(noteOf(moved));
            }
        }
    }

    private void note(Arrivals arrived, InputMistakes refusal, Messages words) throws IOException {
        for (Path file : arrived.files()) {
            List<String> lines = new ArrayList<>();
            for (Mistake mistake : refusal.mistakes()) {
                if (mistake.file().equals(file.toString())) {
                    lines.add(line(mistake, words));
                }
            }
            for (Map.Entry<String, Long> more : refusal.hidden().entrySet()) {
                if (more.getKey().equals(file.toString())) {
                    lines.add(words.count("import.more", more.getValue()));
                }
            }
            write(
                    noteOf(file),
                    lines.isEmpty() ? words.text("inbox.other-files") : String.join("\n", lines));
        }
        List<String> elsewhere =
                refusal.mistakes().stream()
                        .filter(mistake ->
                                arrived.files().stream()
                                        .noneMatch(each -> each.toString().equals(mistake.file())))
                        .map(mistake -> line(mistake, words))
                        .toList();
        if (!elsewhere.isEmpty()) {
            noteAll(arrived, String.join("\n", elsewhere));
        }
    }

    private void note(Arrivals arrived, Refused refused, Messages words) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(line(refused.reason(), words));
        for (Phrase detail : refused.details()) {
            lines.add("  " + detail.in(words));
        }
        noteAll(arrived, String.join("\n", lines));
    }

    private static String line(Mistake mistake, Messages words) {
        String place = mistake.line() == 0 ? "" : words.text("inbox.line", mistake.line()) + " ";
        return place + mistake.what(words) + "; " + mistake.remedy(words);
    }

    private void noteAll(Arrivals arrived, String text) throws IOException {
        for (Path file : arrived.files()) {
            write(noteOf(file), text);
        }
    }

    /// Removes the notes of files that are tried again, and of those that are gone.
    private void clearNotes(Arrivals arrived) throws IOException {
        try (Stream<Path> all = Files.list(inbox)) {
            for (Path note : all.filter(InboxDesk::isNote).toList()) {
                String name = note.getFileName().toString();
                Path file = inbox.resolve(name.substring(0, name.length() - NOTE.length()));
                if (Arrivals.isOurs(file)
                        && (arrived.files().contains(file) || Files.notExists(file))) {
                    disk.delete(note);
                }
            }
        }
    }

    private static boolean isNote(Path file) {
        return file.toString().endsWith(NOTE)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path noteOf(Path file) {
        return file.resolveSibling(file.getFileName() + NOTE);
    }

    /// Where a folder has the name of a note, there is none: what it is about goes its way.
    private void write(Path note, String text) throws IOException {
        if (Files.isDirectory(note, LinkOption.NOFOLLOW_LINKS)) {
            LOG.log(Level.WARNING, "a folder in the inbox has the name of a note; remove it");
            return;
        }
        disk.replacePrivate(note, out -> out.write((text + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
