package io.minerops.server.curtail;

import io.minerops.api.HealthContributor;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.StoreException;
import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.profit.MarketException;
import io.minerops.core.curtail.CurtailmentPlan;
import io.minerops.core.curtail.CurtailmentPlan.Stop;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobListener;
import io.minerops.core.job.JobStatus;
import io.minerops.core.service.CurtailmentService.FleetPlan;
import io.minerops.server.http.JsonObject;
import io.minerops.server.outgoing.Exchange;
import io.minerops.server.rest.view.MinerNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts the plan of the next hours to a URL when it has changed, after each calculation of profitability. It is advice: what
 * receives it decides what to do. A plan that could not be posted is posted after the next calculation. The fault of the last
 * attempt is a component of readiness. Thread-safe.
 */
public final class PlanWebhook implements JobListener, HealthContributor, AutoCloseable {
    /** How many hours a plan has. */
    public static final int HOURS = 24;

    private static final Logger log = LoggerFactory.getLogger(PlanWebhook.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI url;
    private final CurtailmentViews views;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(DaemonThreads.named("minerops-curtailment-webhook"));

    private volatile @Nullable Supplier<FleetPlan> plans;
    private volatile @Nullable String fault;

    /** What was posted last; only on the executor's thread. */
    private @Nullable Posted posted;

    /** When each miner was to stop, in a plan that ends at a time. */
    private record Posted(Map<String, List<Stop>> stops, Instant until) {}

    /** A webhook that has nothing to post before {@link #plans} is called. */
    public PlanWebhook(URI url, MinerNames names) {
        this.url = url;
        views = new CurtailmentViews(names);
    }

    /** Names what makes a plan. */
    public void plans(Supplier<FleetPlan> made) {
        plans = made;
    }

    @Override
    public void finished(JobStatus status) {
        Supplier<FleetPlan> source = plans;
        if (source != null && status.name().equals(Job.CALCULATE_PROFITABILITY.key()) && status.lastError() == null) {
            try {
                executor.execute(() -> post(source));
            } catch (RejectedExecutionException e) {
                log.debug("a job ended after the webhook was closed");
            }
        }
    }

    private void post(Supplier<FleetPlan> source) {
        try {
            FleetPlan fleet = source.get();
            Posted now = posted(fleet.plan());
            if (!isKnown(now, fleet.plan().intervals().get(0).start())) {
                send(fleet);
                posted = now;
            }
            fault = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | MarketException | StoreException | InvalidArgumentException e) {
            if (fault == null) {
                log.warn("the curtailment plan was not posted to {}: {}", url.getHost(), e.getMessage());
            }
            fault = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        } catch (RuntimeException | Error e) {
            // otherwise the executor would go on and readiness would not show it
            log.error("the curtailment plan was not posted to {}", url.getHost(), e);
            fault = String.valueOf(e);
        }
    }

    private static Posted posted(CurtailmentPlan plan) {
        Map<String, List<Stop>> stops = new TreeMap<>();
        plan.miners().forEach(miner -> stops.put(miner.name(), miner.stops()));
        Instant first = plan.intervals().get(0).start();
        Instant last = plan.intervals().get(plan.intervals().size() - 1).start();
        Duration step = plan.intervals().size() == 1
                ? Duration.ofHours(1)
                : Duration.between(first, plan.intervals().get(1).start());
        return new Posted(stops, last.plus(step));
    }

    /** Whether what was posted last says the same of the time that both have, and no stop begins later. */
    private boolean isKnown(Posted now, Instant start) {
        Posted before = posted;
        if (before == null) {
            return now.stops().values().stream().allMatch(List::isEmpty);
        }
        boolean begins = now.stops().values().stream()
                .flatMap(List::stream)
                .anyMatch(stop ->
                        !stop.from().isBefore(before.until()) && stop.from().isAfter(start));
        return !begins && within(before, start, before.until()).equals(within(now, start, before.until()));
    }

    private static Map<String, List<Stop>> within(Posted plan, Instant from, Instant until) {
        Map<String, List<Stop>> parts = new TreeMap<>();
        plan.stops().forEach((miner, stops) -> {
            List<Stop> part = stops.stream()
                    .filter(stop -> stop.until().isAfter(from) && stop.from().isBefore(until))
                    .map(stop -> new Stop(
                            stop.from().isBefore(from) ? from : stop.from(),
                            stop.until().isAfter(until) ? until : stop.until()))
                    .toList();
            if (!part.isEmpty()) {
                parts.put(miner, part);
            }
        });
        return parts;
    }

    private void send(FleetPlan fleet) throws IOException, InterruptedException {
        String body = JsonObject.object()
                .text("event", "curtailment_plan")
                .object("plan", views.plan(fleet))
                .json();
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "MinerOps")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        int status = Exchange.send(http, request, TIMEOUT).statusCode();
        if (status / 100 != 2) {
            throw new IOException("HTTP " + status);
        }
        log.info("posted a changed curtailment plan to {}", url.getHost());
    }

    @Override
    public String component() {
        return "curtailment-webhook";
    }

    @Override
    public Optional<String> fault() {
        String now = fault;
        return now == null ? Optional.empty() : Optional.of("the plan was not posted to " + url.getHost() + ": " + now);
    }

    /** Ends posting. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
