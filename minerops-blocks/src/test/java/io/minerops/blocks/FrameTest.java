package io.minerops.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static List<Column> any(int rows, long seed) {
        Random random = new Random(seed);
        List<Column> columns = new ArrayList<>();
        columns.add(AnyColumns.keys(0, rows, random));
        columns.addAll(AnyColumns.values(rows, random));
        return columns;
    }

    @Property(tries = 300)
    void any_poll_comes_back_number_by_number(@ForAll long seed, @ForAll @IntRange(max = 300) int rows) {
        List<Column> columns = any(rows, seed);

        Frame frame = Frame.of(Frame.encode(columns));

        assertThat(frame.rows()).isEqualTo(rows);
        for (Column column : columns) {
            int found = frame.find(column.id());
            assertThat(found >= 0).isEqualTo(column.id() == ColumnIds.KEY || !column.isEmpty());
            for (int row = 0; found >= 0 && row < rows; row++) {
                assertThat(frame.number(found, row)).isEqualTo(column.number(row));
                assertThat(frame.value(found, row)).isEqualTo(Double.valueOf(column.value(row)));
            }
        }
    }

    @Property(tries = 200)
    void two_frames_merged_have_the_rows_of_both_and_those_of_the_newer_where_both_have_one(
            @ForAll long seed, @ForAll @IntRange(max = 60) int rows) {
        Frame older = Frame.of(Frame.encode(any(rows, seed)));
        Frame newer = Frame.of(Frame.encode(any(rows, seed + 1)));

        Frame merged = Frame.of(Frame.merge(older, newer));

        for (int row = 0; row < merged.rows(); row++) {
            long key = merged.number(0, row);
            Frame from = newer.row(key) >= 0 ? newer : older;
            for (int column = 0; column < merged.columns(); column++) {
                int there = from.find(merged.id(column));
                assertThat(merged.value(column, row)).isEqualTo(Double.valueOf(from.value(there, from.row(key))));
            }
        }
        for (int row = 0; row < rows; row++) {
            assertThat(merged.row(older.number(0, row))).isNotNegative();
            assertThat(merged.row(newer.number(0, row))).isNotNegative();
        }
    }

    @Property(tries = 100)
    void a_row_is_found_by_its_key_and_no_other_is(@ForAll long seed, @ForAll @IntRange(max = 100) int rows) {
        Column keys = AnyColumns.keys(0, rows, new Random(seed));
        Frame frame = Frame.of(Frame.encode(List.of(keys)));

        int row = 0;
        for (long key = 0; rows > 0 && key <= keys.number(rows - 1) + 1; key++) {
            boolean there = row < rows && keys.number(row) == key;
            assertThat(frame.row(key)).isEqualTo(there ? row : -1);
            row += there ? 1 : 0;
        }
    }

    @Property(tries = 20)
    void any_flipped_bit_and_any_missing_end_is_found(@ForAll long seed) {
        Damage.isFound(Frame.encode(any(9, seed)), Frame::of);
    }

    @Property(tries = 200)
    void bytes_under_a_checksum_that_fits_are_read_or_refused(@ForAll long seed) {
        Damage.isSurvived(Frame.encode(any(9, seed)), 'F', seed, bytes -> {
            Frame frame = Frame.of(bytes);
            for (int column = 0; column < frame.columns(); column++) {
                for (int row = 0; row < Math.min(frame.rows(), 100); row++) {
                    frame.value(column, row);
                }
            }
            frame.row(7);
        });
    }

    @Test
    void a_reading_that_is_the_same_of_every_miner_costs_its_entry_in_the_directory_alone() {
        Column keys = Column.ofNumbers(ColumnIds.KEY, new long[] {1, 2, 3});
        Column boards = Column.of(20, 0, new double[] {3, 3, 3});

        assertThat(Frame.encode(List.of(keys, boards)).length - Frame.encode(List.of(keys)).length)
                .isEqualTo(16);
    }

    @Test
    void a_newer_version_is_refused_with_both_versions() {
        byte[] bytes = Frame.encode(List.of(Column.ofNumbers(ColumnIds.KEY, new long[] {1})));
        bytes[1] = 9;

        assertThatExceptionOfType(DamagedBytesException.class)
                .isThrownBy(() -> Frame.of(bytes))
                .withMessage("frame has format version 9, and this program reads version 1");
    }
}
