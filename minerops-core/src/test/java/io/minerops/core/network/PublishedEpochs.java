package io.minerops.core.network;

import io.minerops.api.profit.Epoch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The published figures that the library's epoch table is generated from ({@code epochs.txt}, which names its sources), and
 * the generator: {@code java io.minerops.core.network.PublishedEpochs FILE} writes the table.
 */
final class PublishedEpochs {
    /** One line of the figures; an absent time is "-". */
    record Line(int number, double difficulty, String time) {}

    private PublishedEpochs() {}

    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[0]), table());
    }

    static byte[] table() {
        List<Epoch> epochs = new ArrayList<>();
        for (Line line : lines()) {
            int bits = CompactBits.ofDifficulty(line.difficulty());
            boolean timed = !line.time().equals("-");
            epochs.add(new Epoch(
                    line.number(),
                    bits,
                    timed ? Instant.ofEpochSecond(Long.parseLong(line.time())) : Instant.MAX,
                    !timed));
        }
        return EpochCodec.encode(epochs);
    }

    static List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (String text : text().lines().filter(line -> !line.startsWith("#")).toList()) {
            String[] fields = text.split(" ", -1);
            lines.add(new Line(lines.size(), Double.parseDouble(fields[0]), fields[1]));
        }
        return lines;
    }

    private static String text() {
        try (InputStream in = PublishedEpochs.class.getResourceAsStream("epochs.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
