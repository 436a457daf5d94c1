package mitoyen.node.yaml;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.node.input.Fault;
import mitoyen.node.input.Mistake;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/// Text that is no YAML, told in words that somebody knows who never read how YAML is parsed. The
/// library's own are about its tokens, and in English; the mistakes that people make are known by
/// them. What is left has no more than its line.
final class Malformed {
    private static final Pattern NO_START =
            Pattern.compile("found character '(.)' that cannot start any token.*", Pattern.DOTALL);

    private static final Pattern MISALIGNED =
            Pattern.compile(
                    "expected '?<(block end|document start)>'?, but found"
                            + " '(<block (mapping|sequence) start>|\\?|-)'");

    private static final Pattern TRAILING =
            Pattern.compile("expected <block end>, but found '(<scalar>|\\}|\\])'");

    private final String context;
    private final String problem;
    private final int began;
    private final int line;

    private Malformed(MarkedYamlEngineException failure) {
        this.context = String.valueOf(failure.getContext());
        this.problem = String.valueOf(failure.getProblem());
        this.line = line(failure.getProblemMark());
        this.began = failure.getContextMark().isPresent() ? line(failure.getContextMark()) : line;
    }

    /// What is wrong, and where it is to be mended.
    ///
    /// @param file the name of the file
    static Mistake describe(String file, MarkedYamlEngineException failure) {
        return new Malformed(failure).describe(file);
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(-1) + 1;
    }

    private Mistake describe(String file) {
        if (problem.startsWith("found character '\\t(TAB)'")) {
            return new Mistake(file, line, Fault.YAML_TAB);
        }
        Matcher noStart = NO_START.matcher(problem);
        if (noStart.matches()) {
            return new Mistake(file, line, Fault.YAML_RESERVED_CHARACTER, noStart.group(1));
        }
        if (problem.equals("mapping values are not allowed here")) {
            return new Mistake(file, line, Fault.YAML_STRAY_COLON);
        }
        if (MISALIGNED.matcher(problem).matches()) {
            return new Mistake(file, line, Fault.YAML_MISALIGNED);
        }
        if (TRAILING.matcher(problem).matches()) {
            return new Mistake(file, line, Fault.YAML_TRAILING);
        }
        return switch (context) {
            case "while scanning a quoted scalar" ->
                    new Mistake(file, began, Fault.YAML_QUOTE_NOT_CLOSED);
            case "while scanning a double-quoted scalar" ->
                    new Mistake(file, line, Fault.YAML_BACKSLASH);
            case "while scanning a simple key" -> new Mistake(file, began, Fault.YAML_NO_COLON);
            case "while parsing a flow sequence" ->
                    new Mistake(file, line, Fault.YAML_LIST_NOT_CLOSED, List.of("]", began));
            case "while parsing a flow mapping" ->
                    new Mistake(file, line, Fault.YAML_LIST_NOT_CLOSED, List.of("}", began));
            default -> new Mistake(file, line, Fault.YAML_MALFORMED);
        };
    }
}
