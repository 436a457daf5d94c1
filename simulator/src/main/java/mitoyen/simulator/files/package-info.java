/// The model's readings and communities as the files that `./mitoyen settle` takes.
@NullMarked
package mitoyen.simulator.files;

import org.jspecify.annotations.NullMarked;
