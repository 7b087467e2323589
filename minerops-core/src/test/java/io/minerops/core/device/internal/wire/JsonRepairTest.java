package io.minerops.core.device.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRepairTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "missing comma between objects | [{\"a\":1}{\"b\":2}] | [{\"a\":1},{\"b\":2}] | 1",
                "missing comma before a key | {\"a\":\"0\"\"b\":\"30\"} | {\"a\":\"0\",\"b\":\"30\"} | 1",
                "missing comma after a number | {\"a\":1 \"b\":2} | {\"a\":1,\"b\":2} | 1",
                "leading comma in an array | [,{\"a\":1}] | [{\"a\":1}] | 1",
                "leading comma in an object | {,\"a\":1} | {\"a\":1} | 1",
                "trailing comma in an object | {\"a\":1,} | {\"a\":1} | 1",
                "trailing comma in an array | [1,2,] | [1,2] | 1",
                "doubled comma | [1,,2] | [1,2] | 1",
                "lost first brace | ,\"a\":1} | {\"a\":1} | 1",
                "bare nan | {\"a\":nan} | {\"a\":null} | 1",
                "bare NaN | {\"a\":NaN} | {\"a\":null} | 1",
                "bare -inf | {\"a\":-inf,\"b\":1} | {\"a\":null,\"b\":1} | 1",
                "bare Infinity | [Infinity] | [null] | 1",
                "value left out | {\"a\":,\"b\":} | {\"a\":null,\"b\":null} | 2",
                "array of key and value | {\"e\":[\"7\":\"x\",\"8\":\"y\"]} | {\"e\":{\"7\":\"x\",\"8\":\"y\"}} | 1",
                "array inside such an array | [\"a\":[1]] | {\"a\":[1]} | 1",
                "escape that JSON does not know | {\"a\":\"\\'x\\'\"} | {\"a\":\"'x'\"} | 2",
                "unicode escape cut short | {\"a\":\"\\u12\"} | {\"a\":\"u12\"} | 1",
                "garbage after the value | {\"a\":1}\"} | {\"a\":1} | 1",
                "several at once | [,{\"a\":nan,}{\"b\":1}] | [{\"a\":null},{\"b\":1}] | 4",
                "nothing to repair | {\"a\":[1,true,null,\"x\\n\\u00e9\"]} | {\"a\":[1,true,null,\"x\\n\\u00e9\"]} | 0",
                "braces in a string | {\"a\":\"}{,][,{,}\"} | {\"a\":\"}{,][,{,}\"} | 0",
                "nan in a name | {\"u\":\"poolbinance\",\"v\":\"nano3\"} | {\"u\":\"poolbinance\",\"v\":\"nano3\"} | 0",
            })
    void repairs_it(String fault, String text, String repaired, int repairs) {
        assertThat(JsonRepair.repair(text)).as(fault).isEqualTo(new JsonRepair.Repaired(repaired, repairs));
    }

    @Test
    void keeps_raw_control_characters_of_strings_as_escapes() {
        assertThat(JsonRepair.repair("{\"a\":\"x\ny\tz\"}"))
                .isEqualTo(new JsonRepair.Repaired("{\"a\":\"x\\u000ay\\u0009z\"}", 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "{", "{\"a\":1", "[{\"a\":1}", "{\"a\":\"x", "{\"a\":\"x\\", "{\"a\":1,", ",", "[1,2"
            })
    void never_closes_what_was_cut_off(String text) {
        assertThat(JsonRepair.repair(text)).isEqualTo(new JsonRepair.Truncated());
    }

    @Test
    void takes_values_nested_to_the_limit_and_no_deeper() {
        assertThat(JsonRepair.repair(nested(JsonRepair.MAX_DEPTH))).isInstanceOf(JsonRepair.Repaired.class);
        assertThat(JsonRepair.repair(nested(JsonRepair.MAX_DEPTH + 1))).isEqualTo(new JsonRepair.TooDeep());
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }
}
