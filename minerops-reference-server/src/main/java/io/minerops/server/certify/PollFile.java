package io.minerops.server.certify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.internal.PrivateFiles;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.certify.CertificateCriteria;
import io.minerops.core.certify.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file of a watch under way: a line of JSON with the miner and the criteria, and a line for each poll, on the disk
 * before the next poll. A last line without its end, as after a crash, is left out.
 */
final class PollFile implements AutoCloseable {
    private static final String FORMAT = "minerops_burn_in";
    private static final int VERSION = 1;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final long MAX_BYTES = 512L * 1024 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final MinerAddress miner;
    private final CertificateCriteria criteria;
    private final List<Observation> observations;

    private PollFile(
            Path path,
            FileChannel channel,
            MinerAddress miner,
            CertificateCriteria criteria,
            List<Observation> observations) {
        this.path = path;
        this.channel = channel;
        this.miner = miner;
        this.criteria = criteria;
        this.observations = observations;
    }

    /**
     * Begins a file where nothing is.
     *
     * @throws UncheckedIOException if there is something, or it cannot be written
     */
    static PollFile create(Path path, MinerAddress miner, CertificateCriteria criteria) {
        try {
            if (!PrivateFiles.create(path)) {
                throw new IOException("it exists already; --resume goes on with it, --out names another");
            }
            PollFile file = new PollFile(path, lock(path), miner, criteria, List.of());
            ObjectNode head =
                    JsonNodeFactory.instance.objectNode().put(FORMAT, VERSION).put("miner_ip", miner.toString());
            head.set("criteria", CertificateJson.criteria(criteria));
            file.line(head);
            return file;
        } catch (IOException e) {
            throw failed("write", path, e);
        }
    }

    /**
     * Opens a file to go on with it.
     *
     * @throws UncheckedIOException if it cannot be read, is damaged, or another process goes on with it
     */
    static PollFile resume(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new NoSuchFileException(path.toString(), null, "there is no such file");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw new IOException("it is too large");
            }
            FileChannel channel = lock(path);
            try {
                return read(path, channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw failed("resume", path, e);
        }
    }

    private static UncheckedIOException failed(String what, Path path, IOException e) {
        return new UncheckedIOException("cannot " + what + " " + path + ": " + e.getMessage(), e);
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // this process has it
        }
        channel.close();
        throw new IOException("another certify command uses it");
    }

    private static PollFile read(Path path, FileChannel channel) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        channel.truncate(whole);
        channel.position(whole);
        String[] lines = new String(bytes, 0, whole, StandardCharsets.UTF_8).split("\n", -1);
        JsonNode head = json(lines[0], 1);
        JsonNode version = head.path(FORMAT);
        if (!version.isInt()) {
            throw new IOException("it is not a file of polls of minerops certify");
        } else if (version.intValue() != VERSION) {
            throw new IOException(
                    "it has version " + version.intValue() + ", and this program knows version " + VERSION);
        }
        try {
            MinerAddress miner = MinerAddress.parse(head.path("miner_ip").asText());
            CertificateCriteria criteria = criteria(head.path("criteria"));
            List<Observation> observations = new ArrayList<>();
            for (int line = 1; line < lines.length - 1; line++) {
                observations.add(observation(lines[line], line + 1, miner));
            }
            return new PollFile(path, channel, miner, criteria, observations);
        } catch (IllegalArgumentException e) {
            throw new IOException("line 1 is damaged: " + e.getMessage(), e);
        }
    }

    private static Observation observation(String line, int number, MinerAddress miner) throws IOException {
        JsonNode json = json(line, number);
        try {
            return PollJson.read(json, miner);
        } catch (RuntimeException e) {
            throw new IOException("line " + number + " is damaged: " + e.getMessage(), e);
        }
    }

    private static JsonNode json(String line, int number) throws IOException {
        try {
            return CanonicalJson.read(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException("line " + number + " is damaged: " + e.getMessage(), e);
        }
    }

    private static CertificateCriteria criteria(JsonNode json) {
        double jPerTh = PollJson.number(json, "nominal_j_per_th");
        return CertificateCriteria.builder(
                        PollJson.number(json, "nominal_ths"),
                        json.path("nominal_source").asText(),
                        Duration.ofMillis(Math.round(PollJson.number(json, "hours") * MILLIS_PER_HOUR)))
                .nominalJPerTh(Double.isNaN(jPerTh) || jPerTh == 0 ? null : jPerTh)
                .tolerance(PollJson.number(json, "tolerance"))
                .efficiencyTolerance(PollJson.number(json, "efficiency_tolerance"))
                .confidence(PollJson.number(json, "confidence"))
                .maxTempC(PollJson.number(json, "max_temp_c"))
                .boards(PollJson.whole(json.path("boards")))
                .chips(PollJson.whole(json.path("chips")))
                .maxRestarts(json.path("max_restarts").asInt(-1))
                .interval(Duration.ofMillis(Math.round(PollJson.number(json, "interval_s") * MILLIS_PER_SECOND)))
                .minCovered(PollJson.number(json, "min_covered"))
                .minAnswered(PollJson.number(json, "min_answered"))
                .build();
    }

    Path path() {
        return path;
    }

    MinerAddress miner() {
        return miner;
    }

    CertificateCriteria criteria() {
        return criteria;
    }

    /** The polls that it had when it was opened. */
    List<Observation> observations() {
        return observations;
    }

    /** Adds a poll; it is on the disk when this returns. */
    void append(Observation observation) {
        try {
            line(PollJson.of(observation));
        } catch (IOException e) {
            throw failed("write", path, e);
        }
    }

    private void line(ObjectNode json) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
    }

    /** The SHA-256 of its content, in hex. */
    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw failed("read", path, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed("close", path, e);
        }
    }

    /** A path beside it with another end of the name. */
    static Path beside(Path base, String end) {
        return base.resolveSibling(base.getFileName() + end);
    }

    /** The name without an end that it may have; null where it has another. */
    static @Nullable Path without(Path path, String end) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(end) && name.length() > end.length()
                ? path.resolveSibling(name.substring(0, name.length() - end.length()))
                : null;
    }
}
