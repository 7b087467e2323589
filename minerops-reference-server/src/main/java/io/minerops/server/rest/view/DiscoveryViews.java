package io.minerops.server.rest.view;

import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import io.minerops.core.discovery.DiscoveredMiner;
import io.minerops.core.discovery.DiscoveryOutcome;
import io.minerops.core.discovery.DiscoveryProgress;
import io.minerops.core.discovery.DiscoveryReport;
import io.minerops.core.discovery.DiscoveryReport.UnidentifiedHost;
import io.minerops.core.discovery.Registration;
import io.minerops.core.discovery.Registration.Relocation;
import io.minerops.core.service.DiscoveryJob;
import io.minerops.server.http.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How searches for miners are shown.
 *
 * @param names how miners are named
 */
public record DiscoveryViews(MinerNames names) {
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double PERCENT = 100;

    /** The most hosts that are listed beside the miners; all of them are counted. */
    private static final int MAX_HOSTS = 1_000;

    /**
     * A search as the answer to who waited for it.
     *
     * @param defaultPort the port of a miner whose name has none
     */
    public static JsonObject json(DiscoveryOutcome outcome, int defaultPort) {
        return new DiscoveryViews(new MinerNames(defaultPort)).scan(outcome);
    }

    /** A search that was waited for. */
    public JsonObject scan(DiscoveryOutcome outcome) {
        DiscoveryReport report = outcome.report();
        JsonObject view =
                JsonObject.ok().whole("count", report.found().size()).list("miners", report.found(), this::miner);
        return result(view, outcome)
                .flag("cancelled", report.cancelled())
                .number("elapsed_s", seconds(report.elapsed()));
    }

    /** A job, without the miners that it found. */
    public JsonObject job(DiscoveryJob job) {
        DiscoveryProgress progress = job.progress();
        JsonObject view = JsonObject.object()
                .whole("id", job.id())
                .text("state", Choices.key(job.state()))
                .time("started_at", job.startedAt())
                .number("progress_pct", progress.fraction() * PERCENT)
                .whole("asked", progress.queried())
                .whole("total", progress.total())
                .whole("found", progress.found())
                .whole("open_unidentified", progress.unidentified())
                .number("elapsed_s", seconds(progress.elapsed()))
                .number("eta_s", seconds(progress.eta()));
        DiscoveryOutcome outcome = job.result();
        return view.text("error", job.failure())
                .object("result", outcome == null ? null : result(JsonObject.object(), outcome));
    }

    private JsonObject result(JsonObject view, DiscoveryOutcome outcome) {
        DiscoveryReport report = outcome.report();
        Registration registration = outcome.registration();
        List<UnidentifiedHost> hosts = report.unidentified();
        return view.whole("asked", report.total() - report.notQueried())
                .whole("refused", report.refused())
                .whole("silent", report.silent())
                .whole("not_asked", report.notQueried())
                .whole("open_unidentified", hosts.size())
                .list("unidentified", hosts.subList(0, Math.min(MAX_HOSTS, hosts.size())), this::host)
                .whole("added", registration == null ? null : Long.valueOf(registration.added()))
                .list("moved", registration == null ? List.of() : registration.moved(), this::move);
    }

    public JsonObject miner(DiscoveredMiner miner) {
        MinerIdentity identity = miner.identity();
        return JsonObject.object()
                .text("miner_ip", names.of(miner.address()))
                .text("hostname", identity.hostname())
                .text("vendor", identity.vendor())
                .text("model", identity.model())
                .text("firmware_version", identity.firmwareVersion())
                .text("mac", identity.mac())
                .text("serial", identity.serial())
                .number("hashrate_ths", miner.sample().value(Reading.HASHRATE_THS));
    }

    private JsonObject host(UnidentifiedHost host) {
        return JsonObject.object().text("miner_ip", names.of(host.address())).text("reason", host.reason());
    }

    private JsonObject move(Relocation move) {
        return JsonObject.object()
                .text("from", names.of(move.from()))
                .text("to", names.of(move.to()))
                .text("recognised_by", Choices.key(move.key()));
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / MILLIS_PER_SECOND;
    }
}
