package io.minerops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.HealthContributor;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.StoreException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.event.Event;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.store.EventQuery;
import io.minerops.core.alert.DefaultRules;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.dispatch.RecordingNotifier;
import io.minerops.core.health.Health;
import io.minerops.core.health.Health.ComponentHealth;
import io.minerops.core.job.AlertReport;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobStatus;
import io.minerops.core.job.PollReport;
import io.minerops.core.market.MarketAccess;
import io.minerops.core.market.MarketSources;
import io.minerops.core.profit.WhatIf;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.market.FakeMarket;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The facade over a simulated fleet and a simulated market, both on real sockets. */
class MinerOpsTest {
    private static final Duration LATER = Duration.ofHours(1);

    /** The simulated fleet is in this process, and as slow as a loaded machine makes it. */
    private static final Duration AMPLE = Duration.ofMinutes(1);

    private final FleetSimulator fleet =
            FleetSimulator.builder().miners(3).seed(7).build();
    private final FakeMarket market = FakeMarket.start();
    private final InMemoryStore store = new InMemoryStore();
    private final RecordingNotifier mail = new RecordingNotifier("email");
    private final MinerOps ops = builder().build();

    MinerOpsTest() {
        fleet.start();
    }

    private MinerOpsBuilder builder() {
        return MinerOps.builder()
                .store(store)
                .miners(MinerRange.of(List.of()))
                .priceSource(MarketSources.coinGecko(access()))
                .difficultySource(MarketSources.blockchainInfo(access()))
                .notifier(mail)
                .minerClient(CgminerClient.builder()
                        .connectTimeout(AMPLE)
                        .firstByteTimeout(AMPLE)
                        .exchangeTimeout(AMPLE)
                        .build())
                .minerDeadline(AMPLE)
                .pollInterval(LATER)
                .alertInterval(LATER)
                .profitabilityInterval(LATER);
    }

    private MarketAccess access() {
        return MarketAccess.publicHost().withBaseUrl(market.baseUrl());
    }

    @AfterEach
    void close() {
        ops.close();
        fleet.close();
        market.close();
    }

    private PollReport pollTheFleet() {
        store.miners().register(fleet.addresses(), Instant.now());
        return ops.pollNow();
    }

    @Test
    void a_poll_stores_what_every_miner_says() {
        assertThat(pollTheFleet().answered()).isEqualTo(3);
        assertThat(store.metrics().latest().size()).isEqualTo(3);
        assertThat(ops.lastPoll()).isNotNull();
    }

    @Test
    void a_check_raises_an_alert_for_a_miner_in_trouble() {
        store.rules()
                .create(
                        AlertRule.builder("no hashrate", RuleType.HASHRATE)
                                .thresholds(Thresholds.of("baseline_ths", 10))
                                .build(),
                        Instant.now());
        fleet.trouble(1, Trouble.ZERO);
        assertThat(pollTheFleet().failures()).isEmpty();

        assertThat(ops.checkAlertsNow().raised())
                .extracting(Alert::miner)
                .containsExactly(fleet.addresses().get(1));
        assertThat(ops.ruleStatistics()).hasSize(1);
    }

    @Test
    void a_new_store_starts_with_the_rules_that_the_builder_names() {
        try (MinerOps first = builder().rulesIfNone(DefaultRules.standard()).build()) {
            assertThat(first.store().rules().all())
                    .extracting(AlertRule::name)
                    .containsExactlyElementsOf(DefaultRules.standard().stream()
                            .map(AlertRule::name)
                            .toList());
        }
    }

    @Test
    void a_store_whose_rules_were_all_deleted_stays_without_rules() {
        AlertRule rule =
                store.rules().create(AlertRule.builder("hot", RuleType.TEMP).build(), Instant.now());
        store.rules().delete(rule.id());

        try (MinerOps again = builder().rulesIfNone(DefaultRules.standard()).build()) {
            assertThat(again.store().rules().all()).isEmpty();
        }
    }

    @Test
    void first_rules_that_cannot_be_watched_are_refused() {
        AlertRule unknown = AlertRule.builder("odd", new RuleType("moonlight")).build();

        assertThatThrownBy(() -> builder().rulesIfNone(List.of(unknown)).build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("rule_type must be one of");
        // a build that fails closes the store that it was given
        assertThatThrownBy(store::ping).isInstanceOf(StoreException.class);
    }

    @Test
    void every_listener_hears_of_every_check() {
        List<AlertReport> one = new ArrayList<>();
        List<AlertReport> other = new ArrayList<>();
        try (MinerOps heard =
                builder().alertListener(one::add).alertListener(other::add).build()) {
            AlertReport first = heard.checkAlertsNow();
            AlertReport second = heard.checkAlertsNow();

            assertThat(one).containsExactly(first, second);
            assertThat(other).containsExactly(first, second);
        }
    }

    @Test
    void the_profitability_is_calculated_from_the_readings_and_the_market() {
        market.btcPrice(100_000);
        pollTheFleet();

        assertThat(ops.profitability()
                        .current(null, true, WhatIf.NOTHING)
                        .profitability()
                        .btcPriceUsd())
                .isEqualTo(100_000);
        assertThat(ops.market().lastPrice(Currency.getInstance("USD"))).isPresent();
        assertThat(ops.market().lastDifficulty()).isPresent();
    }

    @Test
    void a_source_of_the_chain_that_is_refused_becomes_one_event() {
        market.height(5_000_000);
        try (MinerOps refusing =
                builder().chainSource(MarketSources.mempoolChain(access())).build()) {
            refusing.run(Job.CALCULATE_PROFITABILITY);
            refusing.run(Job.CALCULATE_PROFITABILITY);

            assertThat(refusing.store()
                            .events()
                            .find(new EventQuery(Event.Level.INFO, null, null, 10, null))
                            .items())
                    .filteredOn(event -> event.source().equals("market"))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.level()).isEqualTo(Event.Level.WARNING);
                        assertThat(event.message()).contains("refused, height 5000000 is not possible");
                    });
        }
    }

    @Test
    void every_job_is_reported() {
        assertThat(ops.jobs())
                .extracting(JobStatus::name)
                .containsExactly(
                        "poll-metrics",
                        "check-alerts",
                        "calculate-profitability",
                        "dispatch-notifications",
                        "prune-history");
    }

    @Test
    void starting_registers_the_miners_that_were_named_and_runs_the_jobs() {
        MinerAddress named = fleet.addresses().get(0);
        CompletableFuture<Notification> reported = new CompletableFuture<>();
        mail.answers(notification -> {
            reported.complete(notification);
            return CompletableFuture.completedFuture(new Delivery.Sent("1"));
        });
        store.rules()
                .create(
                        AlertRule.builder("any fan", RuleType.FAN)
                                .thresholds(Thresholds.of(Map.of("min_rpm", 15_000.0)))
                                .build(),
                        Instant.now());
        try (MinerOps started = MinerOps.builder()
                .store(store)
                .miners(MinerRange.of(List.of(named)))
                .notifier(mail)
                .pollInterval(Duration.ofMillis(100))
                .alertInterval(LATER)
                .alertAfterPoll(true)
                .build()) {
            started.start();
            started.start();

            assertThat(reported.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(Notification.OfAlerts.class);
            assertThat(store.miners().all()).extracting(Miner::address).containsExactly(named);
        }
    }

    @Test
    void a_test_message_goes_out_by_its_channel() {
        assertThat(ops.notifications()
                        .sendTest(Destination.email())
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Delivery.Sent.class);
        assertThat(mail.delivered).singleElement().isInstanceOf(Notification.Test.class);
        assertThat(ops.notifications().channels()).containsExactly("email");
    }

    @Test
    void a_test_message_for_a_missing_channel_fails_with_the_reason() {
        Delivery delivery = ops.notifications()
                .sendTest(Destination.of("pigeon"))
                .toCompletableFuture()
                .join();

        assertThat(delivery).isEqualTo(new Delivery.Failed("no notifier is set up for channel pigeon"));
    }

    @Test
    void a_second_notifier_of_a_channel_is_refused() {
        assertThatThrownBy(() -> builder().notifier(new RecordingNotifier("email")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("email has one already");
    }

    @Test
    void nothing_is_built_without_a_store() {
        assertThatThrownBy(() -> MinerOps.builder().build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("store must be given");
    }

    @Test
    void closing_closes_the_store_and_can_be_repeated() {
        ops.close();
        ops.close();

        assertThatThrownBy(store::ping).isInstanceOf(StoreException.class);
        assertThatThrownBy(ops::start).hasMessageContaining("is closed");
    }

    @Test
    void health_names_the_database_every_job_and_what_was_registered() {
        AtomicReference<@Nullable String> file = new AtomicReference<>();
        try (MinerOps watched = builder()
                .health(HealthContributor.of("token-file", () -> Optional.ofNullable(file.get())))
                .build()) {
            assertThat(watched.health().components())
                    .extracting(ComponentHealth::name)
                    .containsExactly(
                            "database",
                            "poll-buffer",
                            "alert-buffer",
                            "job.poll-metrics",
                            "job.check-alerts",
                            "job.calculate-profitability",
                            "job.dispatch-notifications",
                            "job.prune-history",
                            "miner-client",
                            "token-file");
            assertThat(watched.health().ok()).isTrue();
        }
    }

    @Test
    void health_fails_with_a_database_that_gives_no_answer() {
        store.close();

        assertThat(ops.health().ok()).isFalse();
        assertThat(ops.health().component(Health.DATABASE).orElseThrow().error())
                .contains("closed");
    }

    @Test
    void a_build_that_fails_closes_what_it_was_given() {
        InMemoryStore given = new InMemoryStore();
        HealthContributor one = HealthContributor.of("same", Optional::empty);

        assertThatThrownBy(() ->
                        MinerOps.builder().store(given).health(one).health(one).build())
                .isInstanceOf(InvalidArgumentException.class);

        assertThatThrownBy(given::ping).isInstanceOf(StoreException.class);
    }

    @Test
    void a_builder_builds_once() {
        MinerOpsBuilder builder = builder();
        try (MinerOps first = builder.build()) {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("build()");
            assertThat(first.health().ok()).isTrue();
        }
    }
}
