package io.minerops.server.db;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.store.Store;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.flask.FlaskImport;
import io.minerops.server.http.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports samples and miners of the Flask system. */
@Command(
        name = "import",
        description = "Imports the samples and miners of a metrics.db of the Flask system, while no server runs on the"
                + " database. The file is only read. Can be repeated: what is stored already stays as it is.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:imported; the counts say how many rows were refused, and why",
            "1:no import: a file cannot be read, or is not such a database",
            ExitCodes.UNUSABLE_WORDS
        })
final class DbImportCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "the metrics.db of the Flask system")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private Path source;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "the time zone in which the file's times are written, such as America/Chicago; default:"
                    + " ${DEFAULT-VALUE}, which later versions of the Flask system use")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private String zone;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        ZoneId zoneId = zone();
        ServerConfig settings = database.settings();
        try (Store store = database.openForWriting()) {
            FlaskImport.Report report = new FlaskImport(
                            store,
                            zoneId,
                            settings.miners().port(),
                            InstantSource.system().instant(),
                            this::progress)
                    .run(source);
            json.write(spec, object(report), text(report));
        }
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new InvalidArgumentException(
                    "zone", "--zone must be a time zone such as UTC or America/Chicago, not " + Check.quote(zone));
        }
    }

    private void progress(long rows) {
        if (!json.isSet()) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf(Locale.ROOT, "%,d rows%n", rows);
            err.flush();
        }
    }

    private JsonObject object(FlaskImport.Report report) {
        JsonObject refused = JsonObject.object();
        new TreeMap<>(report.refused()).forEach(refused::whole);
        return JsonObject.ok()
                .text("file", source.toString())
                .whole("read", report.read())
                .whole("imported", report.imported())
                .whole("already_there", report.alreadyThere())
                .object("refused", refused)
                .texts("refused_examples", report.examples())
                .whole("polls", report.polls())
                .whole("miners_registered", (long) report.minersRegistered())
                .whole("miners_filled_in", (long) report.minersFilledIn())
                .time("first", report.first())
                .time("last", report.last());
    }

    private String text(FlaskImport.Report report) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %,d samples read, %,d imported in %,d polls, %,d already there, %,d refused%n",
                source,
                report.read(),
                report.imported(),
                report.polls(),
                report.alreadyThere(),
                report.refused().values().stream().mapToLong(Long::longValue).sum()));
        if (report.first() != null) {
            text.append(String.format("from %s to %s%n", report.first(), report.last()));
        }
        text.append(String.format(
                "%d miners registered, %d filled in%n", report.minersRegistered(), report.minersFilledIn()));
        if (!report.refused().isEmpty()) {
            text.append(String.format("refused: %s%n", reasons(report.refused())));
            report.examples().forEach(example -> text.append(String.format("  %s%n", example)));
        }
        return text.toString();
    }

    private static String reasons(Map<String, Long> refused) {
        return new TreeMap<>(refused)
                .entrySet().stream()
                        .map(entry -> entry.getKey().replace('_', ' ') + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
