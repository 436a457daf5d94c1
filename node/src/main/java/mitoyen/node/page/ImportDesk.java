package mitoyen.node.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.Refused;
import mitoyen.node.page.Findings.FileFindings;
import mitoyen.node.page.Findings.Line;
import mitoyen.node.page.Findings.PlacedMistake;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.Archive;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementPlan;
import mitoyen.node.settlement.SettlementReport;
import mitoyen.node.settlement.SettlementRequest;

/// Checks what was dropped on the import page and settles it when asked: one thing at a time.
final class ImportDesk implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ImportDesk.class.getName());
    private static final long LIMIT_BYTES = 4L << 30;
    private static final int MAX_KW = 250;

    private final Path folder;
    private final Disk disk;
    private final ImportTray tray;

    /// A desk for a folder.
    ImportDesk(Path folder, Disk disk) throws IOException {
        this.folder = folder;
        this.disk = disk;
        this.tray = new ImportTray(LIMIT_BYTES);
    }

    /// What is unusual about the files.
    ///
    /// @param gapsZero whether a missing reading counts as 0
    /// @param partial whether the first and the last local day may be cut
    /// @param correct whether days settled with other readings are settled anew
    record Options(boolean gapsZero, boolean partial, boolean correct) {}

    /// Takes a dropped file.
    synchronized Optional<ImportTray.Refusal> add(String name, InputStream content)
            throws IOException {
        return tray.add(name, content);
    }

    /// The names of the files that were dropped and are neither settled nor thrown away. Waits for
    /// nobody: the page opens while the desk is busy.
    List<String> names() {
        return tray.names();
    }

    /// Throws the dropped files away.
    synchronized void discard() throws IOException {
        tray.clear();
    }

    /// Looks at everything and settles nothing.
    synchronized Findings check(Options options) throws IOException {
        return attempt(
                options,
                (community, request) -> {
                    SettlementPlan plan = Settlement.check(community, request, disk, Progress.NONE);
                    return plan.revised().isEmpty() || options.correct()
                            ? Findings.ready(plan)
                            : Findings.revised(plan.revised());
                });
    }

    /// Settles, and throws the files away when it is done.
    synchronized Findings settle(Options options) throws IOException {
        return attempt(
                options,
                (community, request) -> {
                    Optional<SettlementReport> report = run(community, request);
                    if (report.isEmpty()) {
                        return Findings.stopped();
                    }
                    tray.clear();
                    return Findings.settled(report.get());
                });
    }

    @Override
    public synchronized void close() throws IOException {
        tray.close();
    }

    /// Settles; nothing where it failed on its way, such as on a full disk, since nobody may then
    /// say that nothing was changed. What it was goes to the log by its class: its message may hold
    /// a name.
    private Optional<SettlementReport> run(Community community, SettlementRequest request)
            throws InputMistakes, Refused {
        try {
            return Optional.of(
                    Settlement.run(community, request, disk, new SecureRandom(), Progress.NONE));
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "settling stopped: {0}", failure.getClass().getName());
            return Optional.empty();
        }
    }

    private Findings attempt(Options options, Attempt attempt) throws IOException {
        if (tray.readings().isEmpty()) {
            return Findings.lacking("import.error.none");
        }
        try {
            Optional<Community> community = findCommunity();
            if (community.isEmpty()) {
                return Findings.lacking("import.error.community");
            }
            return attempt.make(community.get(), request(options));
        } catch (InputMistakes mistakes) {
            return Findings.mistakes(place(mistakes));
        } catch (Refused refused) {
            return Findings.refused(place(refused.reason()), refused.details());
        }
    }

    private SettlementRequest request(Options options) {
        return new SettlementRequest(
                tray.community().orElse(Path.of("community.yaml")),
                tray.readings(),
                folder,
                options.gapsZero(),
                options.partial(),
                options.correct(),
                MAX_KW);
    }

    /// The community that was dropped, or else the one that the folder was settled with last.
    private Optional<Community> findCommunity() throws InputMistakes, IOException {
        if (tray.community().isPresent()) {
            return Optional.of(CommunityFile.read(tray.community().get()));
        }
        return Archive.findLastCommunity(folder, disk);
    }

    /// What stands for itself: a folder, or a file in it.
    private static FileFindings place(Mistake reason) {
        PlacedMistake placed = new PlacedMistake(reason, List.of());
        return new FileFindings(lastPart(reason.file()), List.of(placed), 0);
    }

    /// Puts each mistake beside the lines that it is about, by file.
    private List<FileFindings> place(InputMistakes refusal) throws IOException {
        SequencedMap<String, List<Mistake>> byFile = new LinkedHashMap<>();
        for (Mistake mistake : refusal.mistakes()) {
            byFile.computeIfAbsent(mistake.file(), _ -> new ArrayList<>()).add(mistake);
        }
        List<FileFindings> files = new ArrayList<>();
        for (Map.Entry<String, List<Mistake>> file : byFile.entrySet()) {
            Optional<String> dropped = tray.findName(file.getKey());
            SortedMap<Integer, String> lines =
                    dropped.isPresent()
                            ? excerpt(Path.of(file.getKey()), file.getValue())
                            : new TreeMap<>();
            String name = dropped.orElseGet(() -> lastPart(file.getKey()));
            files.add(
                    new FileFindings(
                            name,
                            file.getValue().stream()
                                    .map(mistake -> place(named(mistake), lines))
                                    .toList(),
                            refusal.hidden().getOrDefault(file.getKey(), 0L)));
        }
        return files;
    }

    private static PlacedMistake place(Mistake mistake, SortedMap<Integer, String> lines) {
        List<Line> excerpt = new ArrayList<>();
        if (mistake.line() > 0) {
            lines.subMap(mistake.line() - 1, mistake.line() + 2)
                    .forEach((number, text) -> excerpt.add(new Line(number, text)));
        }
        return new PlacedMistake(mistake, excerpt);
    }

    /// The mistake, in which a file of the tray has the name under which it was dropped.
    private Mistake named(Mistake mistake) {
        List<Object> values = new ArrayList<>();
        for (Object value : mistake.values()) {
            Optional<String> dropped = tray.findName(value.toString());
            values.add(dropped.isPresent() ? dropped.get() : value);
        }
        return new Mistake(mistake.file(), mistake.line(), mistake.fault(), values);
    }

    /// The lines of the mistakes and those beside them. A file that cannot be shown has none: its
    /// mistakes say what is the matter with it.
    private static SortedMap<Integer, String> excerpt(Path file, List<Mistake> mistakes) {
        SortedSet<Integer> wanted = new TreeSet<>();
        for (Mistake mistake : mistakes) {
            if (mistake.line() > 0) {
                wanted.add(mistake.line() - 1);
                wanted.add(mistake.line());
                wanted.add(mistake.line() + 1);
            }
        }
        try {
            return Excerpts.read(file, wanted);
        } catch (IOException unreadable) {
            return new TreeMap<>();
        }
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// What is done with a community and a request.
    @FunctionalInterface
    private interface Attempt {
        Findings make(Community community, SettlementRequest request)
                throws InputMistakes, Refused, IOException;
    }
}
