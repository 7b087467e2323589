package io.minerops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.store.BackupTarget;
import io.minerops.api.store.EventQuery;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.dispatch.RecordingNotifier;
import io.minerops.core.health.Health.ComponentHealth;
import io.minerops.core.job.FaultyStore;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobStatus;
import io.minerops.core.market.MarketAccess;
import io.minerops.core.market.MarketSources;
import io.minerops.core.profit.WhatIf;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.market.FakeMarket;
import io.minerops.testkit.memory.InMemoryStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who runs the jobs, on which threads, and what is left when an instance has been closed. */
class MinerOpsJobsTest {
    private static final MinerAddress MINER = MinerAddress.parse("127.0.0.1:1");
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration LATER = Duration.ofHours(1);

    private final InMemoryStore store = new InMemoryStore();
    private final RecordingNotifier mail = new RecordingNotifier("email");
    private final FakeMarket market = FakeMarket.start();
    private final Backups backups = new Backups();

    /** Backups that are made nowhere. */
    private static final class Backups implements BackupTarget {
        private @Nullable Instant newest;
        private @Nullable String fault;

        @Override
        public Optional<Instant> newest() {
            return Optional.ofNullable(newest);
        }

        @Override
        public String backUp(Instant at) {
            if (fault != null) {
                throw new StoreException(fault);
            }
            newest = at;
            return "a backup";
        }
    }

    @AfterEach
    void close() {
        market.close();
        store.close();
    }

    private MinerOpsBuilder builder() {
        MarketAccess access = MarketAccess.publicHost().withBaseUrl(market.baseUrl());
        return MinerOps.builder()
                .store(store)
                .notifier(mail)
                .priceSource(MarketSources.coinGecko(access))
                .difficultySource(MarketSources.blockchainInfo(access))
                .pollInterval(LATER)
                .alertInterval(LATER)
                .profitabilityInterval(LATER)
                .statementNotifier(mail, ZoneOffset.UTC)
                .backupTarget(backups);
    }

    @Test
    void a_statement_without_a_notifier_is_refused_and_is_no_job() {
        try (MinerOps ops = MinerOps.builder().store(store).build()) {
            assertThatThrownBy(() -> ops.run(Job.SEND_STATEMENT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no statements are sent here: give the builder a statementNotifier");
            assertThat(ops.jobs()).extracting(JobStatus::name).doesNotContain(Job.SEND_STATEMENT.key());
        }
    }

    @Test
    void a_backup_without_a_target_is_refused_and_is_no_job() {
        try (MinerOps ops = MinerOps.builder().store(store).build()) {
            assertThatThrownBy(() -> ops.run(Job.BACK_UP_STORE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no backups are made here: give the builder a backupTarget");
            assertThat(ops.jobs()).extracting(JobStatus::name).doesNotContain(Job.BACK_UP_STORE.key());
        }
    }

    @Test
    void a_backup_that_fails_is_a_failed_run_an_event_and_a_fault_of_its_job_alone() {
        backups.fault = "the disk is full";
        try (MinerOps ops = builder().without(Job.values()).build()) {
            for (int run = 0; run < MinerOpsBuilder.DEFAULT_MAX_FAILED_RUNS; run++) {
                assertThatThrownBy(() -> ops.run(Job.BACK_UP_STORE)).isInstanceOf(StoreException.class);
            }

            assertThat(status(ops, Job.BACK_UP_STORE).lastError()).isEqualTo("the disk is full");
            assertThat(store.events()
                            .find(new EventQuery(Event.Level.INFO, null, null, 100, null))
                            .items())
                    .filteredOn(event -> event.source().equals(Job.BACK_UP_STORE.key()))
                    .extracting(Event::message)
                    .containsExactly("the disk is full");
            assertThat(ops.health().components())
                    .filteredOn(component -> !component.ok())
                    .extracting(ComponentHealth::name)
                    .containsExactly("job.back-up-store");
        }
    }

    @Test
    void a_restart_waits_until_the_newest_backup_is_as_old_as_the_interval() {
        Instant now = Instant.parse("2026-11-20T08:30:00Z");
        backups.newest = now.minus(Duration.ofHours(20));
        try (MinerOps ops = builder().clock(InstantSource.fixed(now)).build()) {
            ops.start();

            assertThat(status(ops, Job.BACK_UP_STORE).nextRun()).isEqualTo(now.plus(Duration.ofHours(4)));
        }
    }

    private static JobStatus status(MinerOps ops, Job job) {
        return ops.jobs().stream()
                .filter(status -> status.name().equals(job.key()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Job.class)
    void every_job_runs_without_a_start(Job job) {
        try (MinerOps ops = builder().without(Job.values()).build()) {
            assertThat(ops.run(job)).isTrue();
            assertThat(status(ops, job).runs()).isOne();
            assertThat(status(ops, job).lastError()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Job.class, mode = EnumSource.Mode.EXCLUDE, names = "DISPATCH_NOTIFICATIONS")
    void no_job_but_that_of_messages_runs_while_another_instance_holds_its_lease(Job job) {
        try (MinerOps ops =
                builder().store(FaultyStore.leasesHeldElsewhere(store)).build()) {
            assertThat(ops.run(job)).isFalse();
            assertThat(status(ops, job).runs()).isZero();
        }
    }

    @Test
    void each_instance_sends_messages_whoever_holds_leases() {
        try (MinerOps ops =
                builder().store(FaultyStore.leasesHeldElsewhere(store)).build()) {
            assertThat(ops.run(Job.DISPATCH_NOTIFICATIONS)).isTrue();
        }
    }

    @Test
    void a_run_throws_what_the_job_throws_and_its_status_says_so() {
        MinerOps ops = builder().build();
        store.close();

        assertThatThrownBy(() -> ops.run(Job.CHECK_ALERTS)).isInstanceOf(StoreException.class);

        assertThat(status(ops, Job.CHECK_ALERTS).lastError()).contains("closed");
        ops.close();
        assertThatThrownBy(() -> ops.run(Job.CHECK_ALERTS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void a_program_with_its_own_scheduler_polls_raises_and_sends_by_runs_alone() {
        try (MinerOps ops = builder().without(Job.values()).build()) {
            ops.rules()
                    .create(AlertRule.builder("hot", RuleType.TEMP)
                            .thresholds(Thresholds.of("temp_c", 80))
                            .notifyEmail(true)
                            .build());
            ops.fleet().register(List.of(MINER));
            Instant now = Instant.now();
            store.metrics()
                    .append(Poll.of(
                            now,
                            List.of(MetricSample.builder(MINER, now)
                                    .set(Reading.AVG_TEMP_C, 95)
                                    .build())));

            ops.run(Job.CHECK_ALERTS);
            assertThat(ops.alerts().count().total()).isOne();
            // dispatch is left out, so nothing is sent by the check
            assertThat(mail.delivered).isEmpty();

            ops.run(Job.DISPATCH_NOTIFICATIONS);
            assertThat(mail.delivered)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Notification.OfAlerts.class,
                            sent -> assertThat(sent.kind()).isEqualTo(OutboxEntry.Kind.FIRING));
        }
    }

    @Test
    void a_job_that_is_left_out_never_runs_on_the_schedule() {
        try (MinerOps ops = builder()
                .pollInterval(Duration.ofMillis(20))
                .without(Job.CHECK_ALERTS)
                .alertAfterPoll(true)
                .build()) {
            ops.start();
            await().atMost(WAIT).until(() -> status(ops, Job.POLL_METRICS).runs() >= 3);

            assertThat(status(ops, Job.CHECK_ALERTS).runs()).isZero();
            assertThat(status(ops, Job.CHECK_ALERTS).nextRun()).isNull();
            assertThat(ops.health().ok()).isTrue();
        }
    }

    @Test
    void jobs_run_on_the_executor_that_was_given_and_closing_leaves_it_running() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(10, task -> new Thread(task, "program-" + threads.size()));
        MinerOps ops = builder()
                .executor(executor)
                .pollInterval(Duration.ofMillis(20))
                .jobListener(job -> threads.add(Thread.currentThread().getName()))
                .build();
        ops.start();
        await().atMost(WAIT).until(() -> status(ops, Job.POLL_METRICS).runs() >= 2);

        ops.close();

        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("program-"));
        assertThat(executor.isShutdown()).isFalse();
        long runs = status(ops, Job.POLL_METRICS).runs();
        executor.setRemoveOnCancelPolicy(true);
        // the executor is usable, and holds nothing of the closed instance that would still run
        executor.submit(() -> {}).get(WAIT.toSeconds(), TimeUnit.SECONDS);
        executor.shutdown();
        assertThat(executor.awaitTermination(WAIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(status(ops, Job.POLL_METRICS).runs()).isEqualTo(runs);
    }

    @Test
    void closing_waits_for_a_run_on_the_executor_that_was_given() throws Exception {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(10);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> storeWasOpen = new CompletableFuture<>();
        MinerOps ops = builder()
                .executor(executor)
                .jobListener(job -> {
                    if (job.name().equals(Job.POLL_METRICS.key())) {
                        begun.countDown();
                        await().atMost(WAIT).until(executor::isShutdown);
                        storeWasOpen.complete(isOpen());
                    }
                })
                .build();
        ops.start();
        begun.await();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(ops::close);
        // lets the run end once the instance is being closed
        executor.shutdown();

        assertThat(storeWasOpen.get(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        closed.get(WAIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(isOpen()).isFalse();
    }

    private boolean isOpen() {
        try {
            store.ping();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    @Test
    void the_thread_factory_that_was_given_makes_the_threads_of_jobs_and_health_checks() {
        Set<Runnable> made = ConcurrentHashMap.newKeySet();
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (MinerOps ops = builder()
                .threadFactory(task -> {
                    made.add(task);
                    Thread thread = new Thread(task, "given-" + made.size());
                    thread.setDaemon(true);
                    return thread;
                })
                .jobListener(job -> names.add(Thread.currentThread().getName()))
                .build()) {
            ops.start();
            await().atMost(WAIT).until(() -> status(ops, Job.POLL_METRICS).runs() >= 1);

            assertThat(names).allMatch(name -> name.startsWith("given-"));
            assertThat(liveThreads())
                    .noneMatch(name -> name.startsWith("minerops-job") || name.equals("minerops-health"));
        }
    }

    @Test
    void a_client_that_follows_redirects_is_refused_beside_a_key() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        MarketAccess keyed = MarketAccess.publicHost().withKey(Secret.of("k"));

        assertThatThrownBy(() -> keyed.withHttpClient(following))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("httpClient must follow no redirects");
    }

    @Test
    void no_thread_and_no_socket_of_an_instance_outlives_its_close() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "sockets are listed by /proc");
        try (FleetSimulator fleet = FleetSimulator.builder().miners(3).seed(7).build()) {
            fleet.start();
            Set<String> threads = liveThreads();
            Set<String> sockets = sockets();

            runAndClose(fleet.addresses());

            // the selector of the JDK's HTTP client ends when its client is garbage, and the simulator needs a moment
            // to see
            // that its peers have gone
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                System.gc();
                assertThat(liveThreads()).allMatch(name -> threads.contains(name) || !ours(name));
                assertThat(sockets()).isSubsetOf(sockets);
            });
        }
    }

    private void runAndClose(List<MinerAddress> addresses) {
        mail.answers(notification -> CompletableFuture.completedFuture(new Delivery.Sent("1")));
        MinerOps ops = builder()
                .miners(MinerRange.of(addresses))
                .rulesIfNone(List.of(AlertRule.builder("fan", RuleType.FAN)
                        .thresholds(Thresholds.of("min_rpm", 15_000))
                        .notifyEmail(true)
                        .build()))
                .alertAfterPoll(true)
                .build();
        ops.start();
        await().atMost(WAIT).until(() -> !mail.delivered.isEmpty());
        ops.profitability().current(null, false, WhatIf.NOTHING);
        assertThat(liveThreads()).anyMatch(MinerOpsJobsTest::ours);
        ops.close();
    }

    /** Those of MinerOps and of the clients that it makes, not the simulator's and the test's. */
    private static boolean ours(String thread) {
        return thread.startsWith("minerops-")
                || thread.startsWith("cgminer-")
                || thread.startsWith("discovery")
                || thread.startsWith("HttpClient-");
    }

    private static Set<String> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> sockets() throws IOException {
        Set<String> sockets = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            for (Path file : files.toList()) {
                try {
                    String target = Files.readSymbolicLink(file).toString();
                    if (target.startsWith("socket:")) {
                        sockets.add(target);
                    }
                } catch (IOException gone) {
                    // closed between the listing and the look: such a one has not outlived anything
                }
            }
        }
        return sockets;
    }
}
