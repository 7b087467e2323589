package io.minerops.server.db;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.internal.PrivateFiles;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.Store;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.history.HistoryCsv;
import io.minerops.server.history.HistorySelection;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Timestamps;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the stored history as CSV. */
@Command(
        name = "export",
        description =
                "Writes the stored history as CSV, beside a running server or not: a line per sample, in time order."
                        + " Never overwrites a file.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_WORDS,
            "1:no export: the database cannot be read, the target exists or cannot be written",
            ExitCodes.UNUSABLE_WORDS
        })
final class DbExportCommand implements Runnable {
    private static final String STANDARD_OUTPUT = "-";
    private static final long ROWS_BETWEEN_REPORTS = 1_000_000;

    @Parameters(paramLabel = "FILE", description = "the target, which must not exist; -: standard output")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private Path target;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "only polls from this time on, such as 2026-01-31 (its beginning in UTC) or"
                    + " 2026-01-31T12:00:00Z; default: the first")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "only polls before this time; default: now")
    private @Nullable String to;

    @Option(names = "--miner", paramLabel = "IP", description = "only this miner; repeatable; default: all")
    private List<String> miners = List.of();

    @Option(
            names = "--readings",
            paramLabel = "NAME",
            split = ",",
            description = "the columns after time, miner_ip and power_estimated; default: all readings and the state")
    private List<String> readings = List.of();

    @Option(
            names = "--proven",
            description = "three more columns: what accepted shares prove since the miner's sample before, as seconds,"
                    + " difficulty and TH/s")
    private boolean proven;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        int port = database.settings().miners().port();
        HistorySelection selection = HistorySelection.of(
                        "--", time("from", from), time("to", to), miners(port), readings(), InstantSource.system())
                .withProven(proven);
        try (Store store = database.openForReading()) {
            HistoryCsv csv = new HistoryCsv(store.metrics()::history, selection, port);
            long characters = target.toString().equals(STANDARD_OUTPUT) ? print(csv) : write(csv);
            report(csv.rows(), characters);
        }
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            return instant(name, text);
        }
    }

    private static Instant instant(String name, String text) {
        try {
            return Timestamps.parse(name, text);
        } catch (InvalidArgumentException e) {
            throw new InvalidArgumentException(
                    name,
                    "--" + name + " must be a day such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z, not "
                            + Check.quote(text));
        }
    }

    private Set<MinerAddress> miners(int port) {
        Set<MinerAddress> addresses = new LinkedHashSet<>();
        for (String miner : miners) {
            try {
                addresses.add(MinerAddress.parse(miner, port));
            } catch (InvalidArgumentException e) {
                throw new InvalidArgumentException("miner", "--miner: " + e.getMessage());
            }
        }
        return addresses;
    }

    private Set<Reading> readings() {
        Set<Reading> chosen = new LinkedHashSet<>();
        for (String name : readings) {
            Reading reading = HistoryCsv.readings().get(name.strip());
            if (reading == null) {
                throw new InvalidArgumentException(
                        "readings",
                        "--readings must be of "
                                + String.join(", ", HistoryCsv.readings().keySet()) + ", not " + Check.quote(name));
            }
            chosen.add(reading);
        }
        return chosen;
    }

    private long write(HistoryCsv csv) {
        try {
            return PrivateFiles.writeWhole(target, partial -> {
                try (Writer writer = Files.newBufferedWriter(partial)) {
                    return copy(csv, writer);
                }
            });
        } catch (FileAlreadyExistsException e) {
            throw new UncheckedIOException(target + " exists already; choose a path where nothing is", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + target + ": " + e.getMessage(), e);
        }
    }

    private long print(HistoryCsv csv) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            return copy(csv, out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the standard output: " + e.getMessage(), e);
        }
    }

    /** How many characters, each of which is one byte. */
    private long copy(HistoryCsv csv, Writer writer) throws IOException {
        long characters = 0;
        long reported = 0;
        for (String lines = csv.next(); lines != null; lines = csv.next()) {
            writer.write(lines);
            characters += lines.length();
            if (writer instanceof PrintWriter printer && printer.checkError()) {
                // a print writer does not throw; such as when the next command of a pipe has ended
                throw new IOException("its reader has ended");
            }
            if (csv.rows() - reported >= ROWS_BETWEEN_REPORTS) {
                reported = csv.rows();
                progress(reported);
            }
        }
        writer.flush();
        return characters;
    }

    private void progress(long rows) {
        if (!json.isSet()) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf(Locale.ROOT, "%,d rows%n", rows);
            err.flush();
        }
    }

    /** On the error output where the lines are on the other. */
    private void report(long rows, long bytes) {
        boolean printed = target.toString().equals(STANDARD_OUTPUT);
        JsonObject object = JsonObject.ok()
                .text("file", printed ? null : target.toString())
                .whole("bytes", bytes)
                .whole("rows", rows);
        String text = String.format(
                Locale.ROOT, "%s: %,d bytes, %,d rows%n", printed ? "standard output" : target, bytes, rows);
        if (printed) {
            PrintWriter err = spec.commandLine().getErr();
            err.print(json.isSet() ? object.pretty() + System.lineSeparator() : text);
            err.flush();
        } else {
            json.write(spec, object, text);
        }
    }
}
