package io.minerops.rules;

import io.minerops.api.internal.Check;
import java.util.List;

/**
 * A piece of a YAML or JSON document with the location where it begins, line and column from 1; 0 where the source has
 * no locations.
 */
public sealed interface DocumentNode {
    int line();

    int column();

    /** What it is, for a message that says what is there instead of what should be. */
    String shown();

    /** What a scalar is by the core schema of YAML 1.2. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        NOTHING
    }

    /** A text, a number, true or false, or nothing; {@code text} is as written. */
    record Scalar(Kind kind, String text, int line, int column) implements DocumentNode {
        @Override
        public String shown() {
            return switch (kind) {
                case TEXT -> "the text " + Check.quote(text);
                case NUMBER -> "the number " + text;
                case FLAG -> text;
                case NOTHING -> "nothing";
            };
        }
    }

    /** A list. */
    record Items(List<DocumentNode> items, int line, int column) implements DocumentNode {
        @Override
        public String shown() {
            return "a list";
        }
    }

    /** Keys with their values, in the order of the document. */
    record Fields(List<Field> fields, int line, int column) implements DocumentNode {
        @Override
        public String shown() {
            return "keys with values";
        }
    }

    /** One key and its value. */
    record Field(Scalar key, DocumentNode value) {
        public String name() {
            return key.text();
        }
    }
}
