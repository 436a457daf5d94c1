package mitoyen.simulator.model;

import java.util.Optional;

/// A building with one meter.
///
/// @param id `[a-z0-9-]`
/// @param name what people call it
/// @param meter the meter's id
/// @param use what it uses electricity for
/// @param roof its panels, if it has any
public record Site(String id, String name, String meter, Use use, Optional<Roof> roof) {}
