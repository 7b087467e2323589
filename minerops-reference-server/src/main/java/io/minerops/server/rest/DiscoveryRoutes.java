package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.core.discovery.DiscoveryListener;
import io.minerops.core.discovery.DiscoveryOutcome;
import io.minerops.core.discovery.DiscoveryRunningException;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.discovery.NetworkLimits;
import io.minerops.core.discovery.mdns.MdnsQuery;
import io.minerops.core.service.DiscoveryJob;
import io.minerops.core.service.DiscoveryService;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.Fields;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.view.Choices;
import io.minerops.server.rest.view.DiscoveryViews;
import io.minerops.server.rest.view.Slice;
import io.minerops.server.rest.view.Views;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Discovery of miners: one that waits for the result, and jobs that report progress. */
final class DiscoveryRoutes {
    /** The most addresses of a search that its caller waits for: about 20 s where all of them are silent. */
    static final int MAX_WAITED_FOR = 512;

    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final List<String> FIELDS = List.of("range", "register", "mdns");

    private final DiscoveryService jobs;
    private final DiscoveryViews views;
    private final ServerConfig.Miners miners;

    /** The request of a body. */
    private record Search(MinerRange range, boolean register) {}

    DiscoveryRoutes(DiscoveryService jobs, Views views, ServerConfig.Miners miners) {
        this.jobs = jobs;
        this.views = new DiscoveryViews(views.names());
        this.miners = miners;
    }

    List<Route> routes() {
        String[] fields = FIELDS.toArray(String[]::new);
        return List.of(
                Route.post("/api/discovery/scan", this::scan).optionalBody(fields),
                Route.post("/api/discovery/jobs", this::start).optionalBody(fields),
                Route.get("/api/discovery/jobs", request -> list()),
                Route.get("/api/discovery/jobs/{id:id}", this::read).query("limit", "cursor"),
                Route.delete("/api/discovery/jobs/{id:id}", this::cancel));
    }

    private Reply scan(ApiRequest request) {
        Search search = search(request.body());
        int addresses = search.range().addresses().size();
        if (addresses > MAX_WAITED_FOR) {
            throw HttpFailure.of(
                    400,
                    "range must hold at most " + MAX_WAITED_FOR + " addresses to be waited for, not " + addresses
                            + "; POST /api/discovery/jobs takes up to " + MinerRange.MAX_ADDRESSES,
                    "range");
        }
        DiscoveryJob job = begin(search);
        return Reply.json(views.scan(await(job)));
    }

    private static DiscoveryOutcome await(DiscoveryJob job) {
        try {
            return job.outcome()
                    .toCompletableFuture()
                    .orTimeout(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            job.cancel();
            throw HttpFailure.of(503, "the search did not end: " + reason(e));
        }
    }

    private static String reason(CompletionException e) {
        Throwable cause = e.getCause();
        String message = cause == null ? null : cause.getMessage();
        return message == null ? "it took longer than " + MAX_WAIT.toSeconds() + " s" : message;
    }

    private Reply start(ApiRequest request) {
        DiscoveryJob job = begin(search(request.body()));
        return Reply.json(202, JsonObject.ok().whole("id", job.id()).object("job", views.job(job)))
                .with("Location", "/api/discovery/jobs/" + job.id());
    }

    private DiscoveryJob begin(Search search) {
        try {
            return jobs.start(search.range(), search.register(), DiscoveryListener.NONE);
        } catch (DiscoveryRunningException e) {
            throw HttpFailure.of(409, String.valueOf(e.getMessage()));
        }
    }

    private Reply list() {
        List<DiscoveryJob> all = jobs.all();
        return Reply.json(JsonObject.ok().whole("count", all.size()).list("jobs", all, views::job));
    }

    private Reply read(ApiRequest request) {
        DiscoveryJob job = job(request);
        var slice = Slice.of(request.query(), job.found());
        return Reply.json(JsonObject.ok()
                .object("job", views.job(job))
                .list("miners", slice.items(), views::miner)
                .text("next", slice.next()));
    }

    private Reply cancel(ApiRequest request) {
        DiscoveryJob job = job(request);
        if (job.state() != DiscoveryJob.State.RUNNING) {
            throw HttpFailure.of(409, "job " + job.id() + " cannot be cancelled: it is " + Choices.key(job.state()));
        }
        job.cancel();
        return Reply.json(JsonObject.ok().text("message", "job " + job.id() + " is cancelled"));
    }

    private DiscoveryJob job(ApiRequest request) {
        long id = request.id();
        return jobs.find(id).orElseThrow(() -> HttpFailure.notFound("there is no discovery job " + id));
    }

    private Search search(Fields body) {
        MinerRange[] range = new MinerRange[1];
        boolean[] register = {true};
        boolean[] mdns = {false};
        body.requiredText("range", text -> range[0] = allowed(text));
        body.flag("register", value -> register[0] = value);
        body.flag("mdns", value -> mdns[0] = value);
        body.check();
        MinerRange requested = range(range[0], mdns[0]);
        return new Search(mdns[0] ? announced(requested) : requested, register[0]);
    }

    /** A requested range stays on the site; the server's own was set by its operator. */
    private MinerRange allowed(String text) {
        MinerRange range = MinerRange.parse(text, miners.port());
        if (range.addresses().isEmpty()) {
            throw new InvalidArgumentException("range", "range must name an address");
        }
        return miners.scan().allowPublic() ? range : NetworkLimits.requireLocal(range);
    }

    private MinerRange range(@Nullable MinerRange given, boolean mdns) {
        if (given != null) {
            return given;
        }
        if (miners.range().addresses().isEmpty() && !mdns) {
            throw HttpFailure.of(400, "range must be given, because MINER_IP_RANGE is not set", "range");
        }
        return miners.range();
    }

    private MinerRange announced(MinerRange range) {
        try {
            return MdnsQuery.widened(
                    range, MdnsQuery.toLocalNetworks().exchange(MdnsQuery.DEFAULT_LISTENING), miners.port());
        } catch (UncheckedIOException e) {
            throw HttpFailure.of(503, String.valueOf(e.getMessage()), "mdns");
        }
    }
}
