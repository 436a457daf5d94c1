/// The benchmarks of `./mitoyen bench`, each beside its limit in the same run.
@NullMarked
package mitoyen.simulator.bench;

import org.jspecify.annotations.NullMarked;
