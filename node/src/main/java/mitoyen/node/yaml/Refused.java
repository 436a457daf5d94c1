package mitoyen.node.yaml;

import java.util.List;
import java.util.stream.Stream;
import mitoyen.node.input.Fault;
import mitoyen.node.input.Mistake;

/// A value of a YAML file that does not read as what it should be.
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final Fault fault;
    private final transient List<Object> values;

    /// @param fault what is wrong; in its words the name of the key stands first
    /// @param values what stands in the places after the first
    public Refused(Fault fault, Object... values) {
        super(fault.name());
        this.fault = fault;
        this.values = List.of(values);
    }

    /// The mistake on a line.
    ///
    /// @param key what is called by the value: a key, or a term for it
    public Mistake at(String file, int line, Object key) {
        return new Mistake(
                file, line, fault, Stream.concat(Stream.of(key), values.stream()).toList());
    }
}
