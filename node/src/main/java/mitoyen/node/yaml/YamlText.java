package mitoyen.node.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import mitoyen.node.input.Fault;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.MistakeLog;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Parses one YAML 1.2 document into a tree of text, without the parts of YAML that surprise:
/// anchors, aliases, tags, several documents, keys that are not plain text, deep nesting.
public final class YamlText {
    private static final int DEPTH_LIMIT = 9;

    private final String file;
    private final MistakeLog mistakes;
    private final Iterator<Event> events;

    private YamlText(String file, String text, MistakeLog mistakes) {
        this.file = file;
        this.mistakes = mistakes;
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /// The root of the document, or nothing if the text is not such a document.
    ///
    /// @param file the name of the file in mistakes
    /// @param empty what to say of a text without a document
    /// @param mistakes receives what is wrong
    public static Optional<Yaml> parse(String file, String text, Fault empty, MistakeLog mistakes) {
        try {
            return new YamlText(file, text, mistakes).document(empty);
        } catch (Unreadable unreadable) {
            mistakes.add(unreadable.mistake);
        } catch (MarkedYamlEngineException problem) {
            mistakes.add(Malformed.describe(file, problem));
        } catch (YamlEngineException problem) {
            mistakes.add(
                    file,
                    problem instanceof ReaderException at ? lineAt(text, at.getPosition()) : 0,
                    Fault.YAML_UNREADABLE);
        }
        return Optional.empty();
    }

    private static int lineAt(String text, int position) {
        return 1 + (int) text.codePoints().limit(position).filter(c -> c == '\n').count();
    }

    private Optional<Yaml> document(Fault empty) throws Unreadable {
        events.next(); // start of the stream
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            throw new Unreadable(0, empty);
        }
        Yaml root = value(events.next(), 1);
        events.next(); // end of the document
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw new Unreadable(line(end), Fault.YAML_SECOND_DOCUMENT);
        }
        return Optional.of(root);
    }

    private Yaml value(Event event, int depth) throws Unreadable {
        if (depth > DEPTH_LIMIT) {
            throw new Unreadable(line(event), Fault.YAML_TOO_DEEP);
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseTag(scalar, scalar.getTag());
                yield new Yaml.Text(line(scalar), scalar.getValue());
            }
            case CollectionStartEvent start -> {
                refuseTag(start, start.getTag());
                yield start.getEventId() == Event.ID.SequenceStart
                        ? items(line(start), depth)
                        : entries(line(start), depth);
            }
            case AliasEvent alias -> throw new Unreadable(line(alias), Fault.YAML_ALIAS);
            default -> throw new Unreadable(line(event), Fault.YAML_NO_VALUE);
        };
    }

    private Yaml.Items items(int line, int depth) throws Unreadable {
        List<Yaml> items = new ArrayList<>();
        for (Event next = events.next();
                next.getEventId() != Event.ID.SequenceEnd;
                next = events.next()) {
            items.add(value(next, depth + 1));
        }
        return new Yaml.Items(line, items);
    }

    private Yaml.Entries entries(int line, int depth) throws Unreadable {
        SequencedMap<String, Yaml.Entry> entries = new LinkedHashMap<>();
        for (Event next = events.next();
                next.getEventId() != Event.ID.MappingEnd;
                next = events.next()) {
            int keyLine = line(next);
            if (!(value(next, depth + 1) instanceof Yaml.Text(int _, String key))) {
                throw new Unreadable(keyLine, Fault.YAML_KEY_NOT_TEXT);
            }
            Yaml.Entry entry = new Yaml.Entry(keyLine, value(events.next(), depth + 1));
            Yaml.Entry earlier = entries.putIfAbsent(key, entry);
            if (earlier != null) {
                mistakes.add(file, keyLine, Fault.DUPLICATE_KEY, key, earlier.line());
            }
        }
        return new Yaml.Entries(line, entries);
    }

    private void refuseTag(NodeEvent event, Optional<String> tag) throws Unreadable {
        Optional<Anchor> anchor = event.getAnchor();
        if (anchor.isPresent()) {
            throw new Unreadable(line(event), Fault.YAML_ANCHOR, anchor.get());
        }
        if (tag.isPresent()) {
            throw new Unreadable(line(event), Fault.YAML_TAG, tag.get());
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    private final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Mistake mistake;

        Unreadable(int line, Fault fault, Object... values) {
            super(fault.name());
            this.mistake = new Mistake(file, line, fault, values);
        }
    }
}
