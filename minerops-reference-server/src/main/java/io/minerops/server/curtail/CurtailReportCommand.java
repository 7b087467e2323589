package io.minerops.server.curtail;

import io.minerops.api.store.Store;
import io.minerops.core.curtail.ShedEvent;
import io.minerops.core.curtail.ShedReport;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Timestamps;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the report of what was shed. */
@Command(
        name = "report",
        description =
                "Writes what was shed in an event, by the stored samples: a JSON object a line, chained by hashes.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_WORDS, "1:the database cannot be read", ExitCodes.UNUSABLE_WORDS})
final class CurtailReportCommand implements Runnable {
    @Option(names = "--from", required = true, paramLabel = "TIME", description = "begin, such as 2026-07-15T20:00:00Z")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private String from;

    @Option(names = "--until", required = true, paramLabel = "TIME", description = "end")
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private String until;

    @Option(names = "--step", paramLabel = "MIN", defaultValue = "15", description = "interval, minutes; default: 15")
    private long step = 15;

    @Option(names = "--zone", defaultValue = "UTC", description = "time zone of the site; default: UTC")
    private String zone = "UTC";

    @Option(
            names = "--baseline",
            paramLabel = "KW",
            description = "given baseline; default: the mean of the same time of the last 10 comparable days")
    private @Nullable Double baselineKw;

    @Option(names = "--exclude", paramLabel = "DAYS", description = "days that are not comparable, comma-separated")
    private @Nullable String excluded;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        ServerConfig config = database.settings();
        ShedEvent event = new ShedEvent(
                Timestamps.parse("--from", from),
                Timestamps.parse("--until", until),
                Duration.ofMinutes(step),
                ShedEvent.zone(zone),
                baselineKw,
                excluded == null ? Set.of() : ShedDays.parse(excluded));
        try (Store store = database.openForReading()) {
            ShedReport report = CurtailOptions.service(store, config).shed(event);
            json.write(spec, JsonObject.ok().object("report", CurtailmentViews.report(report)), report.file());
        }
    }
}
