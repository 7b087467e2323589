package io.minerops.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NumbersByNameTest {
    private static final Map<String, Double> FIVE =
            Map.of("temp_c", 80.0, "avg_temp_c", 85.5, "clear_c", 76.0, "a", Double.NaN, "zone", -0.0);

    @Test
    void is_equal_to_any_other_map_of_the_same_numbers() {
        NumbersByName numbers = NumbersByName.copyOf(FIVE);

        assertThat(numbers).isEqualTo(FIVE).hasSameHashCodeAs(FIVE).hasSize(5);
        assertThat(FIVE).isEqualTo(numbers);
        assertThat(numbers).isNotEqualTo(Map.of("temp_c", 80.0));
    }

    @Test
    void is_ordered_by_name_whatever_the_order_it_was_given() {
        assertThat(NumbersByName.copyOf(FIVE).keySet()).containsExactly("a", "avg_temp_c", "clear_c", "temp_c", "zone");
        assertThat(NumbersByName.copyOf(new TreeMap<>(FIVE).descendingMap())).hasToString(new TreeMap<>(FIVE) + "");
    }

    @Test
    void knows_what_it_has_and_what_it_has_not() {
        NumbersByName numbers = NumbersByName.copyOf(FIVE);

        assertThat(numbers.get("temp_c")).isEqualTo(80.0);
        assertThat(numbers.get("zone")).isEqualTo(-0.0);
        assertThat(numbers.containsKey("a")).isTrue();
        assertThat(numbers.get("b")).isNull();
        assertThat(numbers.containsKey(null)).isFalse();
        assertThat(NumbersByName.copyOf(Map.of())).isEmpty();
    }

    @Test
    void does_not_change_with_what_it_was_copied_from_nor_by_itself() {
        Map<String, Double> source = new HashMap<>(FIVE);
        NumbersByName numbers = NumbersByName.copyOf(source);
        source.put("temp_c", 0.0);
        source.put("new", 1.0);

        assertThat(numbers).isEqualTo(FIVE);
        assertThat(NumbersByName.copyOf(numbers)).isSameAs(numbers);
        assertThatThrownBy(() -> numbers.put("temp_c", 0.0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> numbers.entrySet().iterator().next().setValue(0.0))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(numbers::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
