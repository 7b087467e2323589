package io.minerops.rules;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** Writes scalars so that they read back as what they were. */
final class YamlText {
    private static final ScalarResolver CORE = new CoreScalarResolver(false);
    /** Words that need no quotes wherever they stand. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./%+-]*( [A-Za-z0-9_./%+<>°-]+)*");

    private static final double MAX_EXACT = 1e15;

    private YamlText() {}

    static String number(double value) {
        // -0.0 is a number of its own, which a long cannot say
        boolean whole =
                value == Math.rint(value) && Math.abs(value) < MAX_EXACT && 1 / value != Double.NEGATIVE_INFINITY;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    static String text(String value) {
        boolean plain =
                PLAIN.matcher(value).matches() && CORE.resolve(value, true).equals(Tag.STR);
        return plain ? value : quoted(value);
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isShown(c)) {
                        quoted.append(c);
                    } else {
                        quoted.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** Whether a character may stand in a YAML text, and is one that people see. */
    private static boolean isShown(char c) {
        return Character.isSurrogate(c)
                || (c >= 0x20 && c < 0x7f)
                || (c > 0xa0 && c != 0x2028 && c != 0x2029 && c != 0xfeff && c < 0xfffe);
    }
}
