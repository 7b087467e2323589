package io.minerops.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlockTest {
    private static final long HOUR = 1_795_827_600_000L;

    /** A poll of one miner, number 1. */
    private static Frame poll(int row, List<Column> columns) {
        List<Column> one = new ArrayList<>();
        one.add(Column.ofNumbers(ColumnIds.KEY, new long[] {1}));
        for (Column column : columns) {
            one.add(new Column(column.id(), column.scale(), new long[] {column.number(row)}));
        }
        return Frame.of(Frame.encode(one));
    }

    private static MinerSeries series(Column times, List<Column> columns) {
        MinerSeries series = new MinerSeries();
        for (int row = 0; row < times.rows(); row++) {
            series.add(times.number(row), poll(row, columns), 0);
        }
        return series;
    }

    private static byte[] any(long seed, int rows) {
        Random random = new Random(seed);
        return series(AnyColumns.keys(HOUR, rows, random), AnyColumns.values(rows, random))
                .encode();
    }

    private static Block block(int id, int decimals, double... values) {
        Column times = Column.ofNumbers(
                0,
                LongStream.range(0, values.length)
                        .map(row -> HOUR + row * 30_000)
                        .toArray());
        return Block.of(series(times, List.of(Column.of(id, decimals, values))).encode());
    }

    @Property(tries = 300)
    void an_hour_of_any_polls_comes_back_value_by_value(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int rows) {
        Random random = new Random(seed);
        Column times = AnyColumns.keys(HOUR, rows, random);
        List<Column> columns = AnyColumns.values(rows, random);

        Block block = Block.of(series(times, columns).encode());

        assertThat(block.times()).hasSize(rows);
        for (int row = 0; row < rows; row++) {
            assertThat(block.times()[row]).isEqualTo(times.number(row));
        }
        for (Column column : columns) {
            int found = block.find(column.id());
            assertThat(found >= 0).isEqualTo(!column.isEmpty());
            for (int row = 0; found >= 0 && row < rows; row++) {
                assertThat(block.values(found)[row]).isEqualTo(Double.valueOf(column.value(row)));
            }
        }
    }

    @Property(tries = 200)
    void polls_in_any_order_and_twice_give_the_same_block(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) {
        Random random = new Random(seed);
        Column times = AnyColumns.keys(HOUR, rows, random);
        List<Column> columns = AnyColumns.values(rows, random);
        TreeMap<Double, Integer> shuffled = new TreeMap<>();
        for (int row = 0; row < rows; row++) {
            shuffled.put(random.nextDouble(), row);
        }

        MinerSeries mixed = new MinerSeries();
        mixed.add(times.number(0), poll(rows - 1, columns), 0);
        for (int row : shuffled.values()) {
            mixed.add(times.number(row), poll(row, columns), 0);
        }
        MinerSeries again = new MinerSeries();
        again.add(Block.of(mixed.encode()));
        again.add(times.number(0), poll(0, columns), 0);

        assertValuesEqual(
                Block.of(mixed.encode()), Block.of(series(times, columns).encode()));
        assertValuesEqual(Block.of(again.encode()), Block.of(mixed.encode()));
    }

    private static void assertValuesEqual(Block one, Block other) {
        assertThat(one.times()).isEqualTo(other.times());
        assertThat(one.columns()).isEqualTo(other.columns());
        for (int column = 0; column < one.columns(); column++) {
            assertThat(one.id(column)).isEqualTo(other.id(column));
            assertThat(one.values(column)).isEqualTo(other.values(column));
        }
    }

    @Property(tries = 20)
    void any_flipped_bit_and_any_missing_end_is_found(@ForAll long seed) {
        Damage.isFound(any(seed, 12), Block::of);
    }

    @Property(tries = 200)
    void bytes_under_a_checksum_that_fits_are_read_or_refused(@ForAll long seed) {
        Damage.isSurvived(any(seed, 20), 'B', seed, bytes -> {
            Block block = Block.of(bytes);
            for (int column = 0; column < block.columns(); column++) {
                block.values(column);
            }
        });
    }

    @Test
    void the_encoding_is_the_one_that_fits_what_the_column_holds() {
        double[] noise = new double[120];
        double[] clock = new double[120];
        double[] restarted = new double[120];
        double[] odd = new double[120];
        Random random = new Random(1);
        for (int row = 0; row < noise.length; row++) {
            noise[row] = 3_250 + random.nextInt(60);
            clock[row] = 100_000 + 30 * row + random.nextInt(2);
            restarted[row] = row < 60 ? clock[row] : 30 * (row - 60);
            odd[row] = 1e300 * random.nextDouble();
        }

        assertThat(block(16, 0, new double[120]).encoding(1)).isEqualTo(Encoding.RUNS);
        assertThat(block(16, 0, noise).encoding(1)).isEqualTo(Encoding.PACKED);
        assertThat(block(16, 0, clock).encoding(1)).isEqualTo(Encoding.PACKED_DELTAS);
        assertThat(block(16, 0, restarted).encoding(1)).isEqualTo(Encoding.PACKED_DELTAS);
        assertThat(block(16, 0, odd).encoding(1)).isEqualTo(Encoding.XOR);
    }

    @Test
    void a_restart_and_missing_polls_do_not_widen_the_other_deltas() {
        double[] clock = new double[120];
        double[] restarted = new double[120];
        for (int row = 0; row < clock.length; row++) {
            clock[row] = 100_000 + 30 * row;
            restarted[row] = row < 60 ? clock[row] : 30 * (row - 60) + (row < 90 ? 0 : 90);
        }

        assertThat(block(16, 0, restarted).size(1))
                .isLessThan(block(16, 0, clock).size(1) + 10);
        assertThat(block(16, 0, restarted).values(1)).isEqualTo(restarted);
    }

    @Test
    void decimals_that_only_another_miner_of_the_poll_needed_are_left_out() {
        Column times = Column.ofNumbers(0, new long[] {HOUR, HOUR + 1});
        Column wide = new Column(16, 5, new long[] {325_000_000, 325_100_000});

        Block block = Block.of(series(times, List.of(wide)).encode());

        assertThat(block.scale(1)).isZero();
        assertThat(block.values(1)).containsExactly(3_250, 3_251);
    }

    @Test
    void a_reading_that_this_program_does_not_know_is_carried() {
        Block block = block(ColumnIds.LAST_READING, 0, 1, 2, 3);

        assertThat(block.values(block.find(ColumnIds.LAST_READING))).containsExactly(1, 2, 3);
    }

    @Test
    void more_rows_than_an_hour_can_have_are_refused_before_any_room_is_made_for_them() {
        byte[] bytes = any(1, 3);
        Checks.close(bytes, 'B', Checks.columns(bytes), Block.MAX_ROWS + 1);

        assertThatExceptionOfType(DamagedBytesException.class)
                .isThrownBy(() -> Block.of(bytes))
                .withMessage("block claims 65537 rows; 1 to 65536 are accepted");
    }
}
