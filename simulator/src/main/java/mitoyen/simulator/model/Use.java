package mitoyen.simulator.model;

import java.time.DayOfWeek;
import java.time.LocalTime;

/// What a building uses electricity for.
public sealed interface Use {
    /// Draws a day of it.
    ///
    /// @param chance the sequence of this building on this day
    DayLoad day(DayGrid grid, Weather weather, Chance chance);

    /// A home.
    ///
    /// @param people who live in it, at least 1
    /// @param waterTank whether water is heated at night by a resistor
    /// @param heatPump whether rooms are heated by electricity
    record Household(int people, boolean waterTank, boolean heatPump) implements Use {
        private static final int EVENINGS_WITH_COOKING = 9;
        private static final double HEATED_BELOW_DEGREES = 16;
        private static final double HEAT_PUMP_WATTS_A_DEGREE = 45;

        @Override
        public DayLoad day(DayGrid grid, Weather weather, Chance chance) {
            DayLoad load = new DayLoad(grid);
            load.always(chance.between(50, 80) + 12 * people);
            flicker(load, grid, chance);
            live(load, Holidays.isWeekend(grid.day()), chance);
            cook(load, Holidays.isWeekend(grid.day()), chance);
            wash(load, chance);
            if (waterTank) {
                load.from(
                        around(LocalTime.of(1, 15), chance),
                        20 + 20 * people + chance.below(20),
                        2_000);
            }
            if (heatPump) {
                heat(load, grid, weather);
            }
            return load;
        }

        /// A fridge, and whatever else goes on and off.
        private static void flicker(DayLoad load, DayGrid grid, Chance chance) {
            for (int interval = 0; interval < grid.intervals(); interval++) {
                load.during(interval, chance.between(0, 70));
            }
        }

        private void live(DayLoad load, boolean atHome, Chance chance) {
            double watts = 60 + 25 * people * chance.between(0.7, 1.3);
            load.between(LocalTime.of(6, 45), LocalTime.of(8, 15), watts);
            if (atHome || chance.happens(1, 4)) {
                load.between(LocalTime.of(9, 0), LocalTime.of(18, 0), watts * 0.7);
            }
            load.between(LocalTime.of(18, 0), LocalTime.of(22, 45), watts * 1.6);
        }

        private void cook(DayLoad load, boolean atHome, Chance chance) {
            load.from(around(LocalTime.of(7, 10), chance), 12, 900);
            if (atHome || chance.happens(1, 3)) {
                load.from(
                        around(LocalTime.of(12, 10), chance), 35, 1_100 * chance.between(0.6, 1.3));
            }
            if (chance.happens(EVENINGS_WITH_COOKING, 10)) {
                load.from(
                        around(LocalTime.of(19, 10), chance), 45, 1_500 * chance.between(0.6, 1.3));
            }
        }

        private void wash(DayLoad load, Chance chance) {
            if (chance.happens(1 + people, 8)) {
                load.from(LocalTime.of(9 + chance.below(10), 30), 100, 500);
            }
            if (chance.happens(1 + people, 7)) {
                load.from(LocalTime.of(chance.happens(1, 2) ? 13 : 20, 30), 110, 620);
            }
        }

        private void heat(DayLoad load, DayGrid grid, Weather weather) {
            for (int interval = 0; interval < grid.intervals(); interval++) {
                double missing =
                        HEATED_BELOW_DEGREES
                                - weather.temperature(grid.epochMinuteInside(interval));
                load.during(interval, HEAT_PUMP_WATTS_A_DEGREE * Math.max(0, missing));
            }
        }

        private static LocalTime around(LocalTime time, Chance chance) {
            return time.plusMinutes(chance.below(40) - 20L);
        }
    }

    /// A school that cooks for its pupils.
    ///
    /// @param pupils how many
    record School(int pupils) implements Use {
        @Override
        public DayLoad day(DayGrid grid, Weather weather, Chance chance) {
            DayLoad load = new DayLoad(grid);
            load.always(500 + pupils * chance.between(1.5, 2.0));
            if (Holidays.schoolIsClosedOn(grid.day())) {
                return load;
            }
            boolean morningOnly = grid.day().getDayOfWeek() == DayOfWeek.WEDNESDAY;
            LocalTime end = morningOnly ? LocalTime.of(12, 15) : LocalTime.of(17, 15);
            load.between(LocalTime.of(7, 30), end, pupils * chance.between(22, 30));
            if (!morningOnly) {
                load.between(
                        LocalTime.of(9, 30), LocalTime.of(13, 0), pupils * chance.between(28, 40));
            }
            load.between(LocalTime.of(17, 15), LocalTime.of(19, 0), pupils * 6);
            return load;
        }
    }
}
