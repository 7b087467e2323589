package io.minerops.server.certify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * JSON in the canonical form of RFC 8785: members in the order of their names, no white space, one way to write each text
 * and number. Numbers have at most 15 significant digits and lie in the range that the form writes without an exponent, so
 * that every program reads and writes the same.
 */
final class CanonicalJson {
    private static final int MAX_DIGITS = 15;
    private static final int MAX_DECIMALS = 6;
    private static final int MAX_WHOLE_DIGITS = 21;

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    private CanonicalJson() {}

    /** A figure as it may be written: 15 significant digits, 6 decimals. */
    static BigDecimal number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
        return rounded.scale() > MAX_DECIMALS ? rounded.setScale(MAX_DECIMALS, RoundingMode.HALF_EVEN) : rounded;
    }

    /**
     * Reads JSON in any form.
     *
     * @throws IOException if it is none
     */
    static JsonNode read(byte[] json) throws IOException {
        try {
            return READER.readTree(json);
        } catch (JsonProcessingException e) {
            // its own message repeats what it read
            throw new IOException("it is not JSON", e);
        }
    }

    /**
     * The canonical form in UTF-8.
     *
     * @throws IllegalArgumentException if a number has no form here
     */
    static byte[] bytes(JsonNode node) {
        StringBuilder text = new StringBuilder();
        write(node, text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonNode node, StringBuilder text) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, text);
            case ARRAY -> {
                String separator = "";
                text.append('[');
                for (JsonNode item : node) {
                    text.append(separator);
                    write(item, text);
                    separator = ",";
                }
                text.append(']');
            }
            case STRING -> writeText(node.textValue(), text);
            case NUMBER -> writeNumber(node.decimalValue(), text);
            case BOOLEAN -> text.append(node.booleanValue());
            case NULL -> text.append("null");
            default -> throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
        }
    }

    private static void writeObject(JsonNode node, StringBuilder text) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> all = node.fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        // by UTF-16 code units, as the form wants them
        names.sort(null);
        String separator = "";
        text.append('{');
        for (String name : names) {
            text.append(separator);
            writeText(name, text);
            text.append(':');
            write(node.path(name), text);
            separator = ",";
        }
        text.append('}');
    }

    private static void writeNumber(BigDecimal value, StringBuilder text) {
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        boolean writable = shortest.precision() <= MAX_DIGITS
                && shortest.scale() <= MAX_DECIMALS
                && (long) shortest.precision() - shortest.scale() <= MAX_WHOLE_DIGITS;
        if (!writable) {
            throw new IllegalArgumentException("a number has more than 15 digits or 6 decimals");
        }
        text.append(shortest.toPlainString());
    }

    private static void writeText(String value, StringBuilder text) {
        text.append('"');
        for (int index = 0; index < value.length(); index++) {
            char next = value.charAt(index);
            switch (next) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (next < ' ') {
                        text.append("\\u00")
                                .append(Character.forDigit(next >> 4, 16))
                                .append(Character.forDigit(next & 15, 16));
                    } else {
                        text.append(next);
                    }
                }
            }
        }
        text.append('"');
    }
}
