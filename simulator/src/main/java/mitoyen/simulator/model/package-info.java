/// A seeded model of a neighbourhood: sun, clouds, roofs, homes and a school, in whole watt-hours.
///
/// Everything it yields is a function of the seed, the place and the day, so that any day can be
/// had without those before it. Floats are allowed here and `StrictMath` alone touches them: the
/// same seed gives the same readings on every machine.
@NullMarked
package mitoyen.simulator.model;

import org.jspecify.annotations.NullMarked;
