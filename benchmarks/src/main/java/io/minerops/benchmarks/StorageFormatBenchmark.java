package io.minerops.benchmarks;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.blocks.Block;
import io.minerops.blocks.Column;
import io.minerops.blocks.ColumnIds;
import io.minerops.blocks.Frame;
import io.minerops.blocks.MinerSeries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The stored form of samples: time per sample to write and read it, beside a line of text and doubles as they are. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class StorageFormatBenchmark {
    private static final int MINERS = 500;
    private static final int POLLS = 120;
    private static final int POLL_SECONDS = 30;
    private static final long POLL_MS = POLL_SECONDS * 1_000L;
    private static final Instant HOUR = Instant.parse("2026-11-20T12:00:00Z");
    /** Samples of the hour; one in a hundred is missing. */
    private static final int SAMPLES = MINERS * POLLS * 99 / 100;

    private final List<Poll> polls = new ArrayList<>();
    private final List<Frame> ticks = new ArrayList<>();
    private final List<byte[]> blocks = new ArrayList<>();
    private final List<byte[]> lines = new ArrayList<>();

    /** An hour of the fleet in each form. */
    @Setup
    public void fill() {
        FleetDay day = new FleetDay(MINERS, 1);
        for (int poll = 0; poll < POLLS; poll++) {
            polls.add(day.next(HOUR.plusSeconds((long) poll * POLL_SECONDS), POLL_SECONDS));
        }
        ticks.addAll(encodedPolls().stream().map(Frame::of).toList());
        blocks.addAll(sealedHour());
        for (Poll poll : polls) {
            for (MetricSample sample : poll.samples()) {
                lines.add(line(sample));
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public List<byte[]> encodePolls() {
        return encodedPolls();
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public List<byte[]> sealHour() {
        return sealedHour();
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public double readOneReadingOfBlocks() {
        double sum = 0;
        for (byte[] bytes : blocks) {
            Block block = Block.of(bytes);
            for (double value : block.values(block.find(id(Reading.POWER_W)))) {
                sum += value;
            }
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public double readAllReadingsOfBlocks() {
        double sum = 0;
        for (byte[] bytes : blocks) {
            Block block = Block.of(bytes);
            for (int column = 0; column < block.columns(); column++) {
                sum += block.values(column)[0];
            }
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public List<byte[]> naiveWriteLines() {
        List<byte[]> written = new ArrayList<>(SAMPLES);
        for (Poll poll : polls) {
            for (MetricSample sample : poll.samples()) {
                written.add(line(sample));
            }
        }
        return written;
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLES)
    public double naiveReadOneReadingOfLines() {
        double sum = 0;
        for (byte[] line : lines) {
            String[] fields = new String(line, StandardCharsets.US_ASCII).split(",", -1);
            sum += Double.parseDouble(fields[2 + Reading.POWER_W.column()]);
        }
        return sum;
    }

    private List<byte[]> encodedPolls() {
        return polls.stream().map(poll -> Frame.encode(columns(poll))).toList();
    }

    private static List<Column> columns(Poll poll) {
        List<MetricSample> samples = List.copyOf(poll.samples());
        List<Column> columns = new ArrayList<>();
        long[] numbers = samples.stream()
                .mapToLong(sample -> number(sample.miner().toString()))
                .toArray();
        columns.add(Column.ofNumbers(ColumnIds.KEY, numbers));
        columns.add(Column.ofNumbers(
                ColumnIds.READ_AFTER_MS,
                samples.stream()
                        .mapToLong(sample ->
                                sample.readAt().toEpochMilli() - poll.at().toEpochMilli())
                        .toArray()));
        columns.add(Column.ofNumbers(ColumnIds.POWER_ESTIMATED, new long[numbers.length]));
        long[] pools = new long[numbers.length];
        Arrays.fill(pools, 1);
        columns.add(Column.ofNumbers(ColumnIds.POOL, pools));
        for (Reading reading : Reading.all()) {
            double[] values = new double[numbers.length];
            for (int row = 0; row < values.length; row++) {
                values[row] = samples.get(row).value(reading);
            }
            columns.add(Column.of(id(reading), ColumnIds.decimals(reading), values));
        }
        return columns;
    }

    private static long number(String address) {
        String[] parts = address.split("\\.", -1);
        return 1 + (Long.parseLong(parts[2]) << Byte.SIZE) + Long.parseLong(parts[3]);
    }

    private static int id(Reading reading) {
        return ColumnIds.FIRST_READING + reading.column();
    }

    private List<byte[]> sealedHour() {
        List<byte[]> sealed = new ArrayList<>(MINERS);
        for (int number = 1; number <= MINERS; number++) {
            MinerSeries series = new MinerSeries();
            for (int poll = 0; poll < POLLS; poll++) {
                Frame tick = ticks.get(poll);
                int row = tick.row(number);
                if (row >= 0) {
                    series.add(HOUR.toEpochMilli() + poll * POLL_MS, tick, row);
                }
            }
            sealed.add(series.encode());
        }
        return sealed;
    }

    private static byte[] line(MetricSample sample) {
        StringBuilder line = new StringBuilder();
        line.append(sample.miner()).append(',').append(sample.readAt().toEpochMilli());
        for (Reading reading : Reading.all()) {
            line.append(',').append(sample.value(reading));
        }
        return line.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Prints the bytes of a sample in each form. */
    public static void main(String[] args) throws IOException {
        StorageFormatBenchmark hour = new StorageFormatBenchmark();
        hour.fill();
        long samples = hour.lines.size();
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            for (byte[] line : hour.lines) {
                gzip.write(line);
                gzip.write('\n');
            }
        }
        print(
                "lines of text",
                hour.lines.stream().mapToLong(line -> line.length + 1).sum(),
                samples);
        print("lines of text, gzip over the whole hour", zipped.size(), samples);
        print("doubles as they are", samples * (Reading.count() + 2) * Double.BYTES, samples);
        print(
                "frames of polls",
                hour.encodedPolls().stream().mapToLong(bytes -> bytes.length).sum(),
                samples);
        print("blocks", hour.blocks.stream().mapToLong(bytes -> bytes.length).sum(), samples);
        printColumns(hour.blocks, samples);
    }

    private static void print(String form, long bytes, long samples) {
        System.out.printf(Locale.ROOT, "%-42s %8.2f B/sample%n", form, (double) bytes / samples);
    }

    private static void printColumns(List<byte[]> blocks, long samples) {
        long[] sizes = new long[ColumnIds.FIRST_READING + Reading.count()];
        for (byte[] bytes : blocks) {
            Block block = Block.of(bytes);
            for (int column = 0; column < block.columns(); column++) {
                sizes[block.id(column)] += block.size(column);
            }
        }
        for (int id = 0; id < sizes.length; id++) {
            String name = id < ColumnIds.FIRST_READING
                    ? "id " + id
                    : Reading.all().get(id - ColumnIds.FIRST_READING).key();
            if (sizes[id] > 0) {
                print("  " + name, sizes[id], samples);
            }
        }
    }
}
