package io.minerops.core.device.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of boards are added up, and a total is not: the first row is never taken for the whole. */
class RateRowsTest {
    private static final List<String> SECTIONS = List.of("STATS", "DEVS");
    private static final List<Reading> SUMS = List.of(
            Reading.HASHRATE_THS, Reading.HASHRATE_AVG_THS, Reading.ACCEPTED, Reading.REJECTED, Reading.HW_ERRORS);

    private static MetricSample sample(Map<String, String> replies) {
        MinerReading reading = Replies.readSingly(replies);
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return ((MinerReading.Ok) reading).sample();
    }

    private static String board(int number, double ths) {
        return "{\"STATS\":" + number + ",\"ASC\":" + number + ",\"ID\":\"C12" + number + "\",\"Name\":\"C12\""
                + ",\"Status\":\"Alive\",\"MHS av\":" + ths * 1e6 + ",\"MHS 5s\":" + ths * 1e6 + ",\"Accepted\":5}";
    }

    private static String boards(int count, double ths) {
        return Stream.iterate(0, number -> number + 1)
                .limit(count)
                .map(number -> board(number, ths))
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
    }

    @Property
    void without_a_total_the_boards_are_added_up(
            @ForAll @IntRange(min = 1, max = 8) int count,
            @ForAll @DoubleRange(min = 1, max = 60) double ths,
            @ForAll boolean inStatistics) {
        MetricSample sample = sample(Map.of(
                "pools",
                Replies.pools(),
                "stats",
                Replies.section("STATS", inStatistics ? boards(count, ths) : "{\"ID\":\"C120\"}"),
                "edevs",
                Replies.section("DEVS", boards(count, ths))));

        Statistics.label("boards")
                .collect(count == 1 ? "one" : "more")
                .coverage(coverage -> coverage.check("more").percentage(share -> share > 40));
        assertThat(sample.value(Reading.HASHRATE_THS)).isEqualTo(count * ths, within(1e-6));
        assertThat(sample.value(Reading.HASHRATE_AVG_THS)).isEqualTo(count * ths, within(1e-6));
    }

    @Property
    void a_total_is_taken_whatever_the_boards_add_up_to(
            @ForAll @IntRange(min = 1, max = 8) int count, @ForAll @DoubleRange(min = 1, max = 60) double ths) {
        double total = count * ths * 0.97;
        MetricSample sample = sample(Map.of(
                "pools",
                Replies.pools(),
                "stats",
                Replies.section("STATS", boards(count, ths)),
                "summary",
                Replies.section("SUMMARY", "{\"MHS 5s\":" + total * 1e6 + ",\"MHS av\":" + total * 1e6 + "}")));

        Statistics.label("boards")
                .collect(count == 1 ? "one" : "more")
                .coverage(coverage -> coverage.check("more").percentage(share -> share > 40));
        assertThat(sample.value(Reading.HASHRATE_THS)).isEqualTo(total, within(1e-6));
        assertThat(sample.value(Reading.HASHRATE_AVG_THS)).isEqualTo(total, within(1e-6));
    }

    static Stream<Path> captures() throws IOException {
        Path root = Path.of(System.getenv("MINEROPS_FIXTURES"));
        return Stream.of(root.resolve("devices"), root.resolve("field"))
                .flatMap(RateRowsTest::list)
                .filter(Files::isDirectory);
    }

    @ParameterizedTest
    @MethodSource("captures")
    @EnabledIfEnvironmentVariable(named = "MINEROPS_FIXTURES", matches = ".+")
    void twice_the_rows_of_a_capture_are_twice_the_figure_or_the_same(Path device) {
        Map<String, String> replies = replies(device);
        Map<String, String> doubled = new HashMap<>(replies);
        doubled.replaceAll((name, reply) -> doubled(reply));
        if (!(Replies.readSingly(replies) instanceof MinerReading.Ok once)) {
            return;
        }
        MetricSample twice = sample(doubled);
        for (Reading reading : SUMS) {
            double figure = once.sample().value(reading);
            double other = twice.value(reading);
            // the summary's total, which then goes first, is of another moment
            double distance = Math.min(Math.abs(other - figure), Math.abs(other - 2 * figure));
            assertThat(Double.isNaN(figure) ? Double.isNaN(other) : distance <= Math.abs(figure) / 1e3)
                    .as("%s: %s, of twice the rows %s", reading.key(), figure, other)
                    .isTrue();
        }
    }

    private static String doubled(String reply) {
        if (!(ReplyReader.read(Replies.bytes(reply)) instanceof Reply.Value value)) {
            return reply;
        }
        JsonNode root = value.root().deepCopy();
        for (String section : SECTIONS) {
            if (root.path(section) instanceof ArrayNode rows) {
                rows.addAll(rows.deepCopy());
            }
        }
        return root.toString();
    }

    /** By the name of the command; a file is called after it, some after the port too. */
    private static Map<String, String> replies(Path device) {
        Map<String, String> replies = new TreeMap<>();
        list(device)
                .filter(file -> Files.isRegularFile(file))
                .filter(file -> file.getFileName().toString().matches("(4028~)?[a-z]+\\.(json|txt)"))
                .forEach(file ->
                        replies.put(file.getFileName().toString().replaceAll("^4028~|\\.(json|txt)$", ""), text(file)));
        return replies;
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
