package io.minerops.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ColumnTest {
    /** What the stores promise of a reading, relative. */
    private static final double PROMISE = 1e-3;

    @Property
    void any_value_stays_within_the_promise_and_an_absent_one_absent(
            @ForAll long seed, @ForAll @IntRange(max = 4) int decimals, @ForAll @IntRange(max = 7) int kind) {
        double[] values = AnyColumns.values(100, kind, new Random(seed));

        Column column = Column.of(16, decimals, values);

        for (int row = 0; row < values.length; row++) {
            if (Double.isNaN(values[row])) {
                assertThat(column.value(row)).isNaN();
            } else if (Double.isInfinite(values[row])) {
                assertThat(column.value(row)).isEqualTo(values[row]);
            } else {
                assertThat(column.value(row)).isEqualTo(values[row], within(Math.abs(values[row]) * PROMISE));
            }
        }
    }

    @Property
    void a_value_is_rounded_alone_as_it_is_in_its_column(
            @ForAll long seed, @ForAll @IntRange(max = 4) int decimals, @ForAll @IntRange(max = 7) int kind) {
        double[] values = AnyColumns.values(100, kind, new Random(seed));

        Column column = Column.of(16, decimals, values);

        for (int row = 0; row < values.length && column.scale() != Column.DOUBLES; row++) {
            assertThat(Column.rounded(decimals, values[row])).isEqualTo(Double.valueOf(column.value(row)));
        }
    }

    @Test
    void a_value_with_no_more_decimals_than_asked_for_is_the_same_to_the_last_bit() {
        Column column = Column.of(16, 3, new double[] {110.125, 0.001, -40, 1e12 + 0.125, 0});

        assertThat(column.scale()).isEqualTo(3);
        assertThat(column.value(0)).isEqualTo(110.125);
        assertThat(column.value(1)).isEqualTo(0.001);
        assertThat(column.value(2)).isEqualTo(-40);
        assertThat(column.value(3)).isEqualTo(1e12 + 0.125);
        assertThat(column.value(4)).isZero();
    }

    @Test
    void a_small_value_gets_the_decimals_that_it_needs_and_the_others_stay_what_they_are() {
        Column column = Column.of(16, 0, new double[] {0.000_05, 3_250, 26.5});

        assertThat(column.scale()).isEqualTo(5);
        assertThat(column.number(0)).isEqualTo(5);
        assertThat(column.value(1)).isEqualTo(3_250);
        assertThat(column.value(2)).isEqualTo(26.5);
    }

    @Test
    void counts_up_to_the_largest_whole_number_of_a_double_are_exact() {
        assertThat(Column.of(16, 0, new double[] {9_007_199_254_740_991.0, 1}).value(0))
                .isEqualTo(9_007_199_254_740_991.0);
    }

    @Test
    void what_whole_numbers_cannot_hold_is_kept_as_doubles() {
        Column column = Column.of(16, 0, new double[] {1e300, 0.1, -0.0, Double.NaN});

        assertThat(column.scale()).isEqualTo(Column.DOUBLES);
        assertThat(column.value(0)).isEqualTo(1e300);
        assertThat(column.value(1)).isEqualTo(0.1);
        assertThat(column.value(2)).isZero();
        assertThat(column.value(3)).isNaN();
    }
}
