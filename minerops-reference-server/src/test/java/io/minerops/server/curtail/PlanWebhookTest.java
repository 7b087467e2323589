package io.minerops.server.curtail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.minerops.core.curtail.CurtailmentLimits;
import io.minerops.core.curtail.CurtailmentPlan;
import io.minerops.core.curtail.IntervalPrices;
import io.minerops.core.curtail.MinerLoad;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobStatus;
import io.minerops.core.service.CurtailmentService.FleetPlan;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plan as a receiver gets it. */
class PlanWebhookTest {
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private HttpServer receiver;
    private PlanWebhook webhook;
    private volatile @Nullable FleetPlan plan;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
        webhook = new PlanWebhook(
                URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/plan?key=secret"),
                new MinerNames(4028));
        webhook.plans(() -> Objects.requireNonNull(plan));
    }

    @AfterEach
    void stop() {
        webhook.close();
        receiver.stop(0);
    }

    private static FleetPlan plan(int fromHour, double... usdPerMwh) {
        IntervalPrices prices = new IntervalPrices(
                START.plus(Duration.ofHours(fromHour)),
                Duration.ofHours(1),
                Arrays.stream(usdPerMwh).map(price -> price / 1_000).boxed().toList());
        MinerLoad miner = new MinerLoad("10.0.0.7", 0.08, 1_000, 0, true);
        return new FleetPlan(CurtailmentPlan.of(prices, 24, List.of(miner), CurtailmentLimits.NONE), 24, List.of());
    }

    private void calculated(FleetPlan made) {
        plan = made;
        webhook.finished(new JobStatus(
                Job.CALCULATE_PROFITABILITY.key(), false, START, Duration.ZERO, null, null, START, START, 1, 0, 0));
    }

    private @Nullable String next() throws InterruptedException {
        return bodies.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void is_posted_when_it_has_changed_and_not_for_hours_that_pass() throws Exception {
        calculated(plan(0, 50, 120, 50, 50));
        JsonNode first = new ObjectMapper().readTree(next());
        calculated(plan(1, 120, 50, 50, 50));
        calculated(plan(2, 50, 50, 50, 50));
        calculated(plan(2, 50, 50, 200, 50));
        JsonNode second = new ObjectMapper().readTree(next());

        assertThat(first.path("event").asText()).isEqualTo("curtailment_plan");
        assertThat(first.at("/plan/miners/0/miner_ip").asText()).isEqualTo("10.0.0.7");
        assertThat(first.at("/plan/miners/0/stops/0/from").asText()).isEqualTo("2026-07-01T01:00:00Z");
        assertThat(second.at("/plan/miners/0/stops/0/from").asText()).isEqualTo("2026-07-01T04:00:00Z");
        assertThat(bodies).isEmpty();
        assertThat(webhook.fault()).isEmpty();
    }

    @Test
    void that_only_goes_on_is_not_posted_again() throws Exception {
        calculated(plan(0, 120, 120, 120));
        assertThat(next()).isNotNull();
        calculated(plan(1, 120, 120, 120));
        calculated(plan(1, 120, 120, 50));
        calculated(plan(1, 120, 50, 50));

        assertThat(new ObjectMapper()
                        .readTree(next())
                        .at("/plan/miners/0/stops/0/until")
                        .asText())
                .isEqualTo("2026-07-01T02:00:00Z");
        assertThat(bodies).isEmpty();
    }

    @Test
    void that_stops_nothing_is_not_posted_first() throws Exception {
        calculated(plan(0, 50, 50));
        calculated(plan(0, 50, 120));

        assertThat(new ObjectMapper()
                        .readTree(next())
                        .at("/plan/intervals/1/stopped")
                        .asInt())
                .isEqualTo(1);
        assertThat(bodies).isEmpty();
    }

    @Test
    void that_was_refused_is_a_fault_without_the_key_and_is_posted_again() throws Exception {
        status = 500;
        calculated(plan(0, 50, 120));
        assertThat(next()).isNotNull();
        await().untilAsserted(
                        () -> assertThat(webhook.fault()).hasValue("the plan was not posted to 127.0.0.1: HTTP 500"));

        status = 204;
        calculated(plan(0, 50, 120));

        assertThat(next()).isNotNull();
        await().untilAsserted(() -> assertThat(webhook.fault()).isEmpty());
    }

    @Test
    void that_fails_as_nothing_should_is_a_fault_until_it_is_posted() throws Exception {
        webhook.plans(() -> {
            throw new IllegalStateException("no such hour");
        });
        calculated(plan(0, 50, 120));
        await().untilAsserted(() -> assertThat(webhook.fault())
                .hasValueSatisfying(text -> assertThat(text).contains("no such hour")));

        webhook.plans(() -> Objects.requireNonNull(plan));
        calculated(plan(0, 50, 120));

        assertThat(next()).isNotNull();
        await().untilAsserted(() -> assertThat(webhook.fault()).isEmpty());
    }

    @Test
    void of_a_server_is_that_of_its_tariff() throws Exception {
        RunningServer server = RunningServer.of(2)
                .with("DEFAULT_POWER_COST", "9")
                .with(
                        "CURTAILMENT_WEBHOOK_URL",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
        try {
            server.start();
            server.server().ops().pollNow();
            server.server().ops().run(Job.CALCULATE_PROFITABILITY);

            JsonNode posted = new ObjectMapper().readTree(next());

            assertThat(posted.at("/plan/intervals")).hasSize(24);
            assertThat(posted.at("/plan/intervals/0/usd_per_mwh").asDouble()).isEqualTo(9_000);
            assertThat(posted.at("/plan/miners/0/stops")).hasSize(1);
        } finally {
            server.close();
        }
    }
}
