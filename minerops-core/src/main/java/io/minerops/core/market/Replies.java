package io.minerops.core.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;

/** Reads values out of replies. What is not a plausible value is NaN; nothing is guessed. */
final class Replies {
    /** A number has no more characters than this, not even one with all the digits that a service likes to give. */
    private static final int MAX_NUMBER_CHARACTERS = 64;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Replies() {}

    /** The reply as JSON; a missing node where it is none. */
    static JsonNode json(String reply) {
        try {
            return JSON.readTree(reply);
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }

    /** The number, or the text that holds one; NaN where it is neither, or not above 0. */
    static double positive(JsonNode value) {
        if (value.isNumber()) {
            return positive(value.doubleValue());
        }
        return value.isTextual() ? positive(value.textValue()) : Double.NaN;
    }

    /** The same, or 0 where it is 0. */
    static double atLeastZero(JsonNode value) {
        boolean zero = value.isNumber()
                ? value.doubleValue() == 0
                : value.isTextual() && value.textValue().equals("0");
        return zero ? 0 : positive(value);
    }

    /** The decimal number that a text holds; NaN where it holds none, or one that is not above 0. */
    static double positive(String text) {
        String number = text.trim();
        if (number.isEmpty() || number.length() > MAX_NUMBER_CHARACTERS) {
            return Double.NaN;
        }
        try {
            return positive(new BigDecimal(number).doubleValue());
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    private static double positive(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY ? value : Double.NaN;
    }
}
