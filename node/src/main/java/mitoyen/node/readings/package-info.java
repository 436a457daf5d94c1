/// Readings of meters: CSV files checked row by row, kept in little memory by local day, and handed
/// out a day at a time. The format is described in `docs/readings.md`.
@NullMarked
package mitoyen.node.readings;

import org.jspecify.annotations.NullMarked;
