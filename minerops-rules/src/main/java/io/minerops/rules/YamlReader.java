package io.minerops.rules;

import io.minerops.rules.DocumentNode.Field;
import io.minerops.rules.DocumentNode.Fields;
import io.minerops.rules.DocumentNode.Items;
import io.minerops.rules.DocumentNode.Kind;
import io.minerops.rules.DocumentNode.Scalar;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML 1.2 document, of which JSON is a part, into nodes with their location. Anchors, aliases and tags are
 * refused: a file of rules needs none, and they are what makes a small file large.
 */
public final class YamlReader {
    /** The largest file that is read, bytes and characters. */
    static final int MAX_SIZE = 1024 * 1024;

    /** How deep a document may be nested. */
    private static final int MAX_DEPTH = 16;

    private static final ScalarResolver CORE = new CoreScalarResolver(false);

    private final Problems problems;
    private final Iterator<Event> events;

    private YamlReader(String text, Problems problems) {
        this.problems = problems;
        LoadSettings settings = LoadSettings.builder().build();
        events = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** The text of a file; null, with the problem noted, where it cannot be read. */
    public static @Nullable String text(Path file, Problems problems) {
        try {
            if (Files.size(file) > MAX_SIZE) {
                problems.add(0, 0, tooLarge(Files.size(file)));
                return null;
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            problems.add(0, 0, "is not UTF-8 text");
        } catch (IOException e) {
            problems.add(0, 0, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return null;
    }

    /** The document; null, with the problem noted, where it is not one or is empty. */
    public static @Nullable DocumentNode read(String text, Problems problems) {
        if (text.length() > MAX_SIZE) {
            problems.add(0, 0, tooLarge(text.length()));
            return null;
        }
        try {
            return new YamlReader(text, problems).document();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(0);
            problems.add(line, column, "is not YAML at column " + column + ": " + e.getProblem());
        } catch (ReaderException e) {
            String before = text.substring(0, Math.min(text.length(), Math.max(0, e.getPosition())));
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            int column = before.length() - before.lastIndexOf('\n');
            problems.add(
                    line,
                    column,
                    "is not YAML at column " + column + ": the character " + String.format("U+%04X", e.getCodePoint())
                            + " is not allowed");
        } catch (YamlEngineException e) {
            problems.add(0, 0, "is not YAML: " + e.getMessage());
        }
        return null;
    }

    private static String tooLarge(long size) {
        return "is larger than " + MAX_SIZE + " bytes: " + size;
    }

    private @Nullable DocumentNode document() {
        DocumentNode document = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (!(event instanceof NodeEvent node)) {
                continue;
            }
            if (document != null) {
                problems.add(line(node), column(node), "is a second document; accepted: one in a file");
                return document;
            }
            document = node(node, 1);
        }
        if (document == null) {
            problems.add(0, 0, "is empty");
        }
        return document;
    }

    private DocumentNode node(NodeEvent event, int depth) {
        refuseWhatIsNotPlain(event);
        if (depth > MAX_DEPTH) {
            problems.add(line(event), column(event), "is nested deeper than " + MAX_DEPTH + " levels");
            problems.throwIfAny();
        }
        if (event instanceof SequenceStartEvent start) {
            return items(start, depth);
        } else if (event instanceof MappingStartEvent start) {
            return fields(start, depth);
        } else if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        return new Scalar(Kind.NOTHING, "", line(event), column(event));
    }

    private void refuseWhatIsNotPlain(NodeEvent event) {
        if (event instanceof AliasEvent alias) {
            problems.add(line(event), column(event), "alias *" + alias.getAlias() + " is not accepted; write it out");
        } else if (event.getAnchor().isPresent()) {
            String anchor = event.getAnchor().get().toString();
            problems.add(line(event), column(event), "anchor &" + anchor + " is not accepted; write it out");
        }
        String tag = event instanceof ScalarEvent scalar
                ? scalar.getTag().orElse(null)
                : event instanceof MappingStartEvent mapping
                        ? mapping.getTag().orElse(null)
                        : event instanceof SequenceStartEvent list
                                ? list.getTag().orElse(null)
                                : null;
        if (tag != null) {
            problems.add(line(event), column(event), "tag " + tag + " is not accepted; leave it out");
        }
    }

    private Items items(SequenceStartEvent start, int depth) {
        List<DocumentNode> items = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(node((NodeEvent) event, depth + 1));
        }
        return new Items(items, line(start), column(start));
    }

    private Fields fields(MappingStartEvent start, int depth) {
        List<Field> fields = new ArrayList<>();
        Map<String, Scalar> seen = new HashMap<>();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            DocumentNode key = node((NodeEvent) event, depth + 1);
            DocumentNode value = node((NodeEvent) events.next(), depth + 1);
            if (!(key instanceof Scalar name)) {
                problems.add(key, "a key must be a text, not " + key.shown());
                continue;
            }
            Scalar first = seen.putIfAbsent(name.text(), name);
            if (first == null) {
                fields.add(new Field(name, value));
            } else {
                problems.add(name, name.text() + " is given a second time, first in line " + first.line());
            }
        }
        return new Fields(fields, line(start), column(start));
    }

    private static Scalar scalar(ScalarEvent event) {
        Tag tag = event.isPlain() ? CORE.resolve(event.getValue(), true) : Tag.STR;
        Kind kind = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
                ? Kind.NUMBER
                : tag.equals(Tag.BOOL) ? Kind.FLAG : tag.equals(Tag.NULL) ? Kind.NOTHING : Kind.TEXT;
        return new Scalar(kind, event.getValue(), line(event), column(event));
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    private static int column(Event event) {
        return event.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
    }
}
