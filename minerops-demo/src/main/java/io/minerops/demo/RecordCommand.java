package io.minerops.demo;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.device.internal.redact.FixtureRedactor;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.http.JsonObject;
import io.minerops.testkit.fixture.RecordedDevice;
import io.minerops.testkit.fixture.RecordedReading;
import io.minerops.testkit.fixture.RecordedReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a device once and keeps every reply, masked, as a fixture that the simulator replays. */
@Command(
        name = "record",
        description =
                "Reads a device once and writes its responses, with secrets masked, as a fixture that the simulator"
                        + " replays. Only reads.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the fixture was written",
            "1:no response, or the fixture cannot be written",
            ExitCodes.UNUSABLE_WORDS
        })
public final class RecordCommand implements Runnable {
    private static final int MAX_SECONDS = 600;

    @Parameters(paramLabel = "IP", description = "the device: an address or a name, with :PORT if not 4028")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private String address;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "the folder to create; default: one named after the model in this folder. Nothing is"
                    + " overwritten.")
    private @Nullable Path out;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "timeout in seconds, 1 to 600; default: ${DEFAULT-VALUE}")
    private int timeoutS = 60;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            defaultValue = "80",
            description = "the device's web server; default: ${DEFAULT-VALUE}")
    private int webPort = 80;

    @Option(
            names = "--whatsminer-port",
            paramLabel = "PORT",
            defaultValue = "4433",
            description = "Whatsminer's third API; default: ${DEFAULT-VALUE}")
    private int whatsminerPort = 4433;

    @Option(
            names = "--auradine-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Auradine's second web server; default: ${DEFAULT-VALUE}")
    private int auradinePort = 8080;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    /**
     * Records.
     *
     * @throws InvalidArgumentException if an argument cannot be used, or the folder is there already
     * @throws UncheckedIOException if nothing came that could be kept, or the fixture cannot be written
     */
    @Override
    public void run() {
        MinerAddress miner = MinerAddress.parse(address);
        Check.between("--timeout", timeoutS, 1, MAX_SECONDS);
        if (out != null) {
            // checked before the device is read, so that a refusal is immediate
            checkFree(out);
        }
        Recording recording = new Recording(FixtureRedactor::cover);
        MinerReading reading = read(miner, recording);
        Path folder = out == null ? Path.of(slug(reading)) : out;
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        Optional<RecordedDevice> device = recording.device(name, Instant.now(), reading);
        if (device.isEmpty()) {
            throw new UncheckedIOException(new IOException(reading.describe() + "; there is nothing to record"));
        }
        device.get().write(folder);
        json.write(spec, object(folder, device.get(), reading), text(folder, device.get(), reading));
    }

    private static JsonObject object(Path folder, RecordedDevice device, MinerReading reading) {
        JsonObject object = JsonObject.ok()
                .text("folder", folder.toString())
                .text("description", reading.describe())
                .list(
                        "replies",
                        device.replies(),
                        reply -> JsonObject.object()
                                .text("door", reply.endpoint().key())
                                .text("command", reply.wireName())
                                .whole("bytes", reply.body().length)
                                .whole("status", reply.status() == 0 ? null : (long) reply.status()));
        RecordedReading read = device.reading();
        return read == null
                ? object
                : object.text("vendor", read.vendor())
                        .text("model", read.model())
                        .text("firmware_version", read.firmwareVersion())
                        .numbers("readings", new TreeMap<>(read.values()));
    }

    private MinerReading read(MinerAddress miner, Recording recording) {
        Duration timeout = Duration.ofSeconds(timeoutS);
        try (CgminerClient client = CgminerClient.builder()
                .replyListener(recording)
                .webPort(webPort)
                .whatsminerPort(whatsminerPort)
                .auradinePort(auradinePort)
                .build()) {
            return client.read(miner, timeout).toCompletableFuture().join();
        }
    }

    private static void checkFree(Path folder) {
        if (Files.exists(folder)) {
            throw new InvalidArgumentException(
                    "--out", "--out must be a folder that is not there yet; " + folder + " is");
        }
    }

    private static String text(Path folder, RecordedDevice device, MinerReading reading) {
        StringBuilder text = new StringBuilder(String.format("%s%n", reading.describe()));
        for (RecordedReply reply : device.replies()) {
            String status = reply.status() == 0 ? "" : ", HTTP status " + reply.status();
            text.append(String.format(
                    "  %-10s  %-40s  %,d bytes%s%n",
                    reply.endpoint().key(), reply.wireName(), reply.body().length, status));
        }
        RecordedReading read = device.reading();
        if (read != null) {
            text.append(String.format(
                    "  vendor %s, model %s, firmware %s%n",
                    known(read.vendor()), known(read.model()), known(read.firmwareVersion())));
            new TreeMap<>(read.values())
                    .forEach((key, value) -> text.append(String.format(Locale.ROOT, "  %-18s %s%n", key, value)));
        }
        return text.append(String.format("written to %s%n", folder)).toString();
    }

    private static String known(@Nullable String text) {
        return text == null ? "unknown" : text;
    }

    private static String slug(MinerReading reading) {
        String model = reading instanceof MinerReading.Ok ok ? ok.identity().model() : null;
        String words = model == null ? "" : model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String trimmed = words.replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? "device" : trimmed.substring(0, Math.min(trimmed.length(), 80));
    }
}
