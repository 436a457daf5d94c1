/// The YAML that people write for us, read strictly: every mistake with its line.
@NullMarked
package mitoyen.node.yaml;

import org.jspecify.annotations.NullMarked;
