package io.minerops.blocks.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineCodecTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "two words", "line\nfeed", "\\", "\\n", "\\\\n", "\n", "ends with \\"})
    void a_list_comes_back_as_it_was_whatever_is_in_it(String item) {
        List<String> items = List.of("before", item, "after");

        assertThat(LineCodec.list(LineCodec.of(items))).isEqualTo(items);
    }

    @Test
    void an_empty_list_is_empty() {
        assertThat(LineCodec.list(LineCodec.of(List.of()))).isEmpty();
    }

    @Test
    void numbers_come_back_to_the_last_digit() {
        Map<String, Double> numbers = Map.of("a b", 1.0 / 3, "c\nd", -0.0, "e", 1e300);

        assertThat(LineCodec.numbers(LineCodec.of(numbers))).isEqualTo(numbers);
    }
}
