package mitoyen.node.command;

import java.util.List;

/// Commands that another module brings, found by the service loader: the simulator's demo and
/// benchmarks, which the node does without.
public interface Commands {
    /// New picocli command objects.
    List<Object> list();
}
