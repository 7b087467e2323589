package io.minerops.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Files of version 1 stay readable for ever: their bytes were written by hand, after the document and not by this code. */
class GoldenTest {
    private static final long HOUR = 1_795_827_600_000L;

    private static final Column TIMES = Column.ofNumbers(0, new long[] {HOUR, HOUR + 30_000, HOUR + 60_000});
    private static final Column TEMP = Column.of(19, 1, new double[] {61.5, Double.NaN, 61.7});

    private static byte[] golden(String section) throws IOException {
        String text;
        try (InputStream stream = Objects.requireNonNull(GoldenTest.class.getResourceAsStream("golden-1.hex"))) {
            text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        String lines = text.substring(text.indexOf("# " + section + "\n"));
        int end = lines.indexOf("\n# ", 1);
        String digits = (end < 0 ? lines : lines.substring(0, end))
                .lines()
                .map(line -> line.replaceAll("#.*| ", ""))
                .collect(Collectors.joining());
        return HexFormat.of().parseHex(digits);
    }

    @Test
    void a_frame_written_by_hand_is_read() throws IOException {
        Frame frame = Frame.of(golden("frame"));

        assertThat(frame.rows()).isEqualTo(2);
        assertThat(frame.row(9)).isEqualTo(1);
        assertThat(frame.value(frame.find(18), 1)).isEqualTo(3_252);
        assertThat(frame.value(frame.find(19), 0)).isEqualTo(61.5);
        assertThat(frame.value(frame.find(19), 1)).isNaN();
    }

    @Test
    void the_same_poll_is_written_in_the_same_bytes() throws IOException {
        byte[] bytes = Frame.encode(List.of(
                Column.ofNumbers(0, new long[] {5, 9}),
                Column.of(18, 0, new double[] {3_250, 3_251.6}),
                Column.of(19, 1, new double[] {61.5, Double.NaN})));

        assertThat(bytes).isEqualTo(golden("frame"));
    }

    @Test
    void a_block_written_by_hand_is_read() throws IOException {
        Block block = Block.of(golden("block"));

        assertThat(block.times()).containsExactly(HOUR, HOUR + 30_000, HOUR + 60_000);
        assertThat(block.values(block.find(18))).containsExactly(3_250, 3_250, 3_250);
        assertThat(block.values(block.find(19))).containsExactly(61.5, Double.NaN, 61.7);
    }

    @Test
    void the_same_hour_is_written_in_the_same_bytes() throws IOException {
        MinerSeries series = new MinerSeries();
        for (int row = 0; row < TIMES.rows(); row++) {
            Frame poll = Frame.of(Frame.encode(List.of(
                    Column.ofNumbers(0, new long[] {5}),
                    Column.of(18, 0, new double[] {3_250}),
                    new Column(19, 1, new long[] {TEMP.number(row)}))));
            series.add(TIMES.number(row), poll, 0);
        }

        assertThat(series.encode()).isEqualTo(golden("block"));
    }
}
