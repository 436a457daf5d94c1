package mitoyen.simulator.model;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.simulator.model.Use.Household;
import mitoyen.simulator.model.Use.School;

/// Buildings under one sky, from one seed.
///
/// @param seed everything random follows from it
/// @param zone whose clocks the people live by
/// @param stepMinutes the length of an interval [min]
/// @param sites the buildings, in the order of their meters
public record Neighbourhood(
        long seed, Place place, ZoneId zone, int stepMinutes, List<Site> sites) {
    private static final long MILLIWATT_HOURS = 1_000;
    private static final int HOMES = 1;
    private static final int WEATHER = 2;
    private static final int BUILT = 3;

    public Neighbourhood {
        sites = List.copyOf(sites);
    }

    /// A street in Lyon: a school with a large roof, five homes that produce, five that only
    /// consume.
    ///
    /// @param meters the ids of the eleven meters: the school, the producing homes, the others
    /// @throws IllegalArgumentException if there are not eleven meters
    public static Neighbourhood street(
            long seed, ZoneId zone, int stepMinutes, List<String> meters) {
        if (meters.size() != 11) {
            throw new IllegalArgumentException("a street has eleven meters, not " + meters.size());
        }
        Iterator<String> meter = meters.iterator();
        List<Site> sites =
                List.of(
                        new Site(
                                "school",
                                "École",
                                meter.next(),
                                new School(110),
                                roof(36_000, 15, 10)),
                        home(1, meter.next(), new Household(4, false, false), roof(6_000, 30, 0)),
                        home(2, meter.next(), new Household(2, true, false), roof(3_000, 35, 45)),
                        home(3, meter.next(), new Household(3, false, true), roof(4_500, 30, 20)),
                        home(4, meter.next(), new Household(5, false, false), roof(5_400, 25, -60)),
                        home(5, meter.next(), new Household(2, false, false), roof(3_600, 20, 90)),
                        home(6, meter.next(), new Household(1, true, false), Optional.empty()),
                        home(7, meter.next(), new Household(4, false, false), Optional.empty()),
                        home(8, meter.next(), new Household(3, true, false), Optional.empty()),
                        home(9, meter.next(), new Household(2, false, true), Optional.empty()),
                        home(10, meter.next(), new Household(5, false, false), Optional.empty()));
        return new Neighbourhood(seed, Place.LYON, zone, stepMinutes, sites);
    }

    /// A town of homes drawn by lot, the first of which produce.
    ///
    /// @param homes how many, at least `producing`; their meters are `0001`, `0002` and so on
    public static Neighbourhood town(
            long seed, ZoneId zone, int stepMinutes, int homes, int producing) {
        List<Site> sites =
                IntStream.rangeClosed(1, homes)
                        .mapToObj(number -> builtAtRandom(seed, number, number <= producing))
                        .toList();
        return new Neighbourhood(seed, Place.LYON, zone, stepMinutes, sites);
    }

    /// The intervals of a day.
    public DayGrid grid(LocalDate day) {
        return new DayGrid(day, zone, stepMinutes);
    }

    /// What the meters count on a day, in whole watt-hours.
    public DayReadings day(LocalDate day) {
        DayGrid grid = grid(day);
        Weather weather = new Weather(Chance.of(seed, WEATHER).next());
        int intervals = grid.intervals();
        long[] consumption = new long[intervals * sites.size()];
        long[] production = new long[intervals * sites.size()];
        for (int meter = 0; meter < sites.size(); meter++) {
            Chance chance = Chance.of(seed, HOMES, meter, day.toEpochDay());
            DayLoad load = sites.get(meter).use().day(grid, weather, chance);
            for (int interval = 0; interval < intervals; interval++) {
                consumption[interval * sites.size() + meter] =
                        MILLIWATT_HOURS * load.wattHours(interval);
            }
        }
        shine(grid, weather, production);
        return new DayReadings(intervals, sites.size(), consumption, production, Optional.empty());
    }

    private void shine(DayGrid grid, Weather weather, long[] production) {
        for (int interval = 0; interval < grid.intervals(); interval++) {
            long minute = grid.epochMinuteInside(interval);
            Sun sun = Sun.at(place, 60 * minute);
            double cover = weather.cover(minute);
            for (int meter = 0; meter < sites.size(); meter++) {
                Optional<Roof> roof = sites.get(meter).roof();
                if (roof.isPresent()) {
                    double watts = roof.get().watts(sun, cover);
                    production[interval * sites.size() + meter] =
                            MILLIWATT_HOURS * Math.round(watts * stepMinutes / 60);
                }
            }
        }
    }

    private static Site builtAtRandom(long seed, int number, boolean produces) {
        Chance chance = Chance.of(seed, BUILT, number);
        Household household =
                new Household(1 + chance.below(5), chance.happens(1, 3), chance.happens(1, 5));
        Optional<Roof> roof =
                roof(3_000 + 500 * chance.below(7), 15 + chance.below(30), chance.below(121) - 60);
        return home(
                number, "%04d".formatted(number), household, produces ? roof : Optional.empty());
    }

    private static Site home(int number, String meter, Use use, Optional<Roof> roof) {
        return new Site("home-" + number, "Maison " + number, meter, use, roof);
    }

    private static Optional<Roof> roof(int peakWatts, int tilt, int azimuth) {
        return Optional.of(new Roof(peakWatts, tilt, azimuth));
    }
}
