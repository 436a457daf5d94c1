package mitoyen.simulator.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.DayTrades;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.energy.Sharing;
import mitoyen.ledger.energy.Terms;
import mitoyen.ledger.energy.Trading;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.page.LiveFeed;
import mitoyen.node.page.Use;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementReport;
import mitoyen.node.settlement.SettlementRequest;
import mitoyen.simulator.files.CommunityYaml;
import mitoyen.simulator.files.ReadingsCsv;
import mitoyen.simulator.model.DayGrid;
import mitoyen.simulator.model.Neighbourhood;
import mitoyen.simulator.model.Site;

/// A street of the model on disk: its community's file, its readings day by day, and the folder
/// into which they are settled by the same code as anybody's.
final class SimulatedStreet {
    static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    private static final int STEP_MINUTES = 30;
    private static final int METERS = 11;
    private static final int MAX_KW = 250;

    private final Neighbourhood street;
    private final Path community;
    private final Path readings;
    private final Path settled;
    private final Terms terms;

    /// A street from a seed, kept in a folder.
    SimulatedStreet(long seed, Path base) throws IOException, InputMistakes {
        List<String> meters = IntStream.rangeClosed(1, METERS).mapToObj("%04d"::formatted).toList();
        this.street = Neighbourhood.street(seed, ZONE, STEP_MINUTES, meters);
        this.community = base.resolve("community.yaml");
        this.readings = base.resolve("readings");
        this.settled = base.resolve("settled");
        String terms = CommunityYaml.of("demo", street);
        requireOwn(base, terms);
        Files.createDirectories(base);
        Files.writeString(community, terms);
        Files.createDirectories(readings);
        this.terms = CommunityFile.read(community).terms();
    }

    /// A folder that somebody uses for something else may have a community's file and readings
    /// under the same names.
    private void requireOwn(Path base, String terms) throws IOException {
        boolean own = Files.exists(community) && Files.readString(community).equals(terms);
        if (!own && Stream.of(community, readings, settled).anyMatch(Files::exists)) {
            throw new IOException(
                    base
                            + ": holds another community's files; name a folder that is not there"
                            + " yet with --dir");
        }
    }

    /// The folder of the ledger and all that was settled.
    Path settled() {
        return settled;
    }

    /// Settles some days with the real pipeline: readings to CSV, and the CSV imported.
    SettlementReport settle(LocalDate first, int days) throws IOException, InputMistakes, Refused {
        List<Path> files = new ArrayList<>();
        for (int number = 0; number < days; number++) {
            files.add(write(first.plusDays(number)));
        }
        return Settlement.run(
                new SettlementRequest(community, files, settled, false, false, false, MAX_KW),
                new RealDisk(),
                new SecureRandom(),
                Progress.NONE);
    }

    /// What every member does in each interval of a day.
    List<LiveFeed.Interval> intervals(LocalDate day) {
        DayGrid grid = street.grid(day);
        DayReadings read = street.day(day);
        Roster roster = terms.rosterOn(day);
        DayAllocation allocation = Sharing.allocate(terms.key(), roster, read);
        return IntStream.range(0, grid.intervals())
                .mapToObj(interval ->
                        new LiveFeed.Interval(
                                grid.startOf(interval),
                                Duration.ofMinutes(STEP_MINUTES),
                                members(interval, roster, read, allocation)))
                .toList();
    }

    private List<LiveFeed.MemberInterval> members(
            int interval, Roster roster, DayReadings read, DayAllocation allocation) {
        int from = interval * METERS;
        DayAllocation now =
                new DayAllocation(
                        Arrays.copyOfRange(allocation.allocated(), from, from + METERS),
                        Arrays.copyOfRange(allocation.sold(), from, from + METERS));
        DayTrades trades = Trading.trade(roster, now, 1);
        List<LiveFeed.MemberInterval> members = new ArrayList<>();
        for (int meter = 0; meter < METERS; meter++) {
            int member = roster.ownerOf(meter);
            Use use =
                    new Use(
                            read.consumption()[from + meter],
                            read.production()[from + meter],
                            now.allocated()[meter],
                            now.sold()[meter],
                            trades.mWh(member, member));
            members.add(new LiveFeed.MemberInterval(terms.members().get(member).id(), use));
        }
        return members;
    }

    private Path write(LocalDate day) throws IOException {
        Path file = readings.resolve(day + ".csv");
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(ReadingsCsv.HEADER);
            new ReadingsCsv(street.sites().stream().map(Site::meter).toList())
                    .append(street.grid(day), street.day(day), out);
        }
        return file;
    }
}
