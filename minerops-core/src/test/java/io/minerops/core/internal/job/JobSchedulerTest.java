package io.minerops.core.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.event.Event;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.Lease;
import io.minerops.core.TestClock;
import io.minerops.core.job.JobListener;
import io.minerops.core.job.JobStatus;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobSchedulerTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofDays(1);

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();
    private final JobScheduler scheduler = new JobScheduler(Lease.always(), store.events(), clock, List.of());

    @AfterEach
    void close() {
        scheduler.close();
    }

    private record Task(Runnable body) implements JobTask {
        @Override
        public String name() {
            return "the-job";
        }

        @Override
        public void run() {
            body.run();
        }
    }

    private record Named(String name, Runnable body) implements JobTask {
        @Override
        public void run() {
            body.run();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JobStatus status() {
        return scheduler.status().get(0);
    }

    private List<Event> events() {
        return store.events()
                .find(new EventQuery(Event.Level.INFO, null, null, 10, null))
                .items();
    }

    @Test
    void listeners_hear_of_runs_that_go_well_and_of_runs_that_do_not() {
        List<JobStatus> heard = new ArrayList<>();
        AtomicInteger run = new AtomicInteger();
        try (JobScheduler other = new JobScheduler(Lease.always(), store.events(), clock, List.of(heard::add))) {
            other.add(
                    new Task(() -> {
                        if (run.incrementAndGet() == 2) {
                            throw new IllegalStateException("the disk is full");
                        }
                    }),
                    NEVER,
                    NEVER);
            other.runNow("the-job");
            assertThatThrownBy(() -> other.runNow("the-job")).hasMessage("the disk is full");
        }

        assertThat(heard).extracting(JobStatus::runs).containsExactly(1L, 2L);
        assertThat(heard).extracting(JobStatus::lastError).containsExactly(null, "the disk is full");
        assertThat(heard).extracting(JobStatus::running).containsOnly(false);
    }

    @Test
    void a_listener_that_throws_harms_neither_the_job_nor_other_listeners() {
        AtomicInteger heard = new AtomicInteger();
        JobListener broken = status -> {
            throw new IllegalStateException("nobody listens");
        };
        try (JobScheduler other = new JobScheduler(
                Lease.always(), store.events(), clock, List.of(broken, status -> heard.incrementAndGet()))) {
            other.add(new Task(() -> {}), NEVER, NEVER);
            other.runNow("the-job");

            assertThat(other.status().get(0).lastError()).isNull();
            assertThat(heard).hasValue(1);
        }
    }

    @Test
    void a_second_job_of_the_same_name_is_refused() {
        scheduler.add(new Task(() -> {}), NEVER, NEVER);

        assertThatThrownBy(() -> scheduler.add(new Task(() -> {}), SOON, NEVER))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("there is a job \"the-job\" already");
        assertThat(scheduler.status()).hasSize(1);
    }

    @Test
    void a_job_runs_again_and_again() {
        CountDownLatch threeRuns = new CountDownLatch(3);
        scheduler.add(new Task(threeRuns::countDown), SOON, AT_ONCE).start();

        await(threeRuns);
    }

    @Test
    void a_job_that_throws_runs_again() {
        CountDownLatch threeRuns = new CountDownLatch(3);
        Task failing = new Task(() -> {
            threeRuns.countDown();
            throw new IllegalStateException("the disk is full");
        });
        scheduler.add(failing, SOON, AT_ONCE).start();

        await(threeRuns);
    }

    @Test
    void an_error_ends_a_run_and_not_the_schedule() {
        CountDownLatch threeRuns = new CountDownLatch(3);
        Task failing = new Task(() -> {
            threeRuns.countDown();
            throw new AssertionError("a class is missing");
        });
        scheduler.add(failing, SOON, AT_ONCE).start();

        await(threeRuns);
    }

    @Test
    void a_job_never_overlaps_itself_whatever_starts_it() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        scheduler.add(
                new Task(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    entered.countDown();
                    await(release);
                    inside.decrementAndGet();
                    runs.incrementAndGet();
                }),
                Duration.ofDays(1),
                AT_ONCE);
        scheduler.start();
        await(entered);
        Thread byHand = new Thread(() -> scheduler.runNow("the-job"));
        byHand.start();
        // without the lock the second run would be inside the job before its thread waits there
        while (byHand.getState() != Thread.State.WAITING
                && byHand.getState() != Thread.State.TIMED_WAITING
                && byHand.getState() != Thread.State.BLOCKED) {
            assertThat(byHand.isAlive()).isTrue();
            Thread.onSpinWait();
        }

        release.countDown();
        byHand.join(20_000);

        assertThat(byHand.isAlive()).isFalse();
        assertThat(runs).hasValue(2);
        assertThat(most).hasValue(1);
    }

    @Test
    void a_slow_job_holds_up_no_other() {
        CountDownLatch fast = new CountDownLatch(3);
        CountDownLatch release = new CountDownLatch(1);
        scheduler.add(new Task(() -> await(release)), SOON, AT_ONCE);
        scheduler.add(
                new JobTask() {
                    @Override
                    public String name() {
                        return "another-job";
                    }

                    @Override
                    public void run() {
                        fast.countDown();
                    }
                },
                SOON,
                AT_ONCE);
        scheduler.start();

        await(fast);
        release.countDown();
    }

    @Test
    void its_status_says_how_the_last_run_went_and_when_the_next_is_due() {
        scheduler.add(new Task(() -> clock.advance(Duration.ofSeconds(3))), NEVER, NEVER);
        scheduler.start();

        scheduler.runNow("the-job");

        assertThat(status())
                .isEqualTo(new JobStatus(
                        "the-job",
                        false,
                        TestClock.START,
                        Duration.ofSeconds(3),
                        null,
                        null,
                        TestClock.START.plusSeconds(3),
                        TestClock.START.plus(NEVER),
                        1,
                        0,
                        0));
    }

    @Test
    void its_status_says_that_it_runs() {
        scheduler.add(new Task(() -> assertThat(status().running()).isTrue()), NEVER, NEVER);

        scheduler.runNow("the-job");

        assertThat(status().running()).isFalse();
    }

    @Test
    void a_failure_is_reported_once_for_a_row_of_the_same() {
        scheduler.add(
                new Task(() -> {
                    throw new IllegalStateException("the disk is full");
                }),
                NEVER,
                NEVER);

        for (int run = 0; run < 3; run++) {
            assertThatThrownBy(() -> scheduler.runNow("the-job")).hasMessage("the disk is full");
        }

        assertThat(events()).extracting(Event::message).containsExactly("the disk is full");
        assertThat(status().failures()).isEqualTo(3);
        assertThat(status().lastError()).isEqualTo("the disk is full");
        assertThat(status().lastErrorAt()).isEqualTo(TestClock.START);
    }

    @Test
    void a_failure_without_a_message_is_called_by_its_class() {
        scheduler.add(
                new Task(() -> {
                    throw new IllegalStateException();
                }),
                NEVER,
                NEVER);

        assertThatThrownBy(() -> scheduler.runNow("the-job")).isInstanceOf(IllegalStateException.class);

        assertThat(status().lastError()).isEqualTo("java.lang.IllegalStateException");
    }

    private static Lease lease(Supplier<OptionalLong> answer) {
        return new Lease() {
            @Override
            public OptionalLong acquire(String job, Duration ttl) {
                return answer.get();
            }

            @Override
            public void release(String job) {}
        };
    }

    @Test
    void a_lease_that_fails_in_whatever_way_fails_the_run_and_ends_no_schedule() {
        AtomicInteger attempt = new AtomicInteger();
        CountDownLatch ran = new CountDownLatch(1);
        Lease failing = lease(() -> {
            if (attempt.incrementAndGet() < 3) {
                throw new OutOfMemoryError("Java heap space");
            }
            return OptionalLong.of(1);
        });
        try (JobScheduler other = new JobScheduler(failing, store.events(), clock, List.of())) {
            other.add(new Task(ran::countDown), SOON, AT_ONCE).start();

            await(ran);
            assertThat(other.status().get(0).failures()).isEqualTo(2);
        }
        assertThat(events()).extracting(Event::message).containsExactly("Java heap space");
    }

    @Test
    void a_listener_that_lacks_a_class_harms_neither_the_job_nor_other_listeners() {
        AtomicInteger heard = new AtomicInteger();
        JobListener broken = status -> {
            throw new NoClassDefFoundError("a/Class");
        };
        try (JobScheduler other = new JobScheduler(
                Lease.always(), store.events(), clock, List.of(broken, status -> heard.incrementAndGet()))) {
            other.add(new Task(() -> {}), NEVER, NEVER);
            other.runNow("the-job");

            assertThat(heard).hasValue(1);
        }
    }

    @Test
    void a_job_that_hangs_holds_up_no_other_however_often_it_is_wanted_soon() {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch fast = new CountDownLatch(3);
        AtomicInteger runs = new AtomicInteger();
        scheduler.add(
                new Task(() -> {
                    runs.incrementAndGet();
                    hangs.countDown();
                    await(release);
                }),
                NEVER,
                AT_ONCE);
        scheduler.add(new Named("another-job", fast::countDown), SOON, NEVER);
        scheduler.start();
        await(hangs);
        for (int time = 0; time < 20; time++) {
            scheduler.runSoon("the-job");
        }

        scheduler.runSoon("another-job");
        scheduler.runSoon("another-job");
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> scheduler.runNow("another-job"));

        other.join();
        scheduler.runSoon("another-job");
        scheduler.runNow("another-job");
        await(fast);
        release.countDown();
        scheduler.runNow("the-job");
        assertThat(runs.get()).isBetween(2, 3);
    }

    @Test
    void a_job_that_is_not_known_is_refused_by_name() {
        assertThatThrownBy(() -> scheduler.runNow("tidy-up"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("tidy-up");
    }

    @Test
    void a_run_requested_soon_comes_beside_the_schedule() {
        CountDownLatch ran = new CountDownLatch(1);
        scheduler.add(new Task(ran::countDown), NEVER, NEVER).start();

        scheduler.runSoon("the-job");

        await(ran);
    }

    @Test
    void a_scheduler_that_was_closed_runs_nothing_more() {
        AtomicInteger runs = new AtomicInteger();
        scheduler.add(new Task(runs::incrementAndGet), NEVER, NEVER).start();
        scheduler.close();

        scheduler.runSoon("the-job");

        assertThat(runs).hasValue(0);
    }

    @Test
    void a_job_whose_lease_another_instance_holds_is_left_to_it() {
        CountDownLatch queried = new CountDownLatch(3);
        AtomicInteger runs = new AtomicInteger();
        Lease held = new Lease() {
            @Override
            public OptionalLong acquire(String job, Duration ttl) {
                queried.countDown();
                if (queried.getCount() == 2) {
                    throw new IllegalStateException("the database is away");
                }
                return OptionalLong.empty();
            }

            @Override
            public void release(String job) {}
        };
        try (JobScheduler other = new JobScheduler(held, store.events(), clock, List.of())) {
            other.add(new Task(runs::incrementAndGet), SOON, AT_ONCE).start();

            await(queried);
        }
        assertThat(runs).hasValue(0);
    }

    private static final int MAX_FAILED_RUNS = 3;

    private final AtomicLong nanos = new AtomicLong();

    private JobScheduler watched(Lease lease) {
        return new JobScheduler(lease, store.events(), clock, nanos::get, List.of());
    }

    private static Optional<String> fault(JobScheduler jobs) {
        return jobs.health(MAX_FAILED_RUNS).get(0).fault();
    }

    private static void runAndIgnoreFailure(JobScheduler jobs) {
        try {
            jobs.runNow("the-job");
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the disk is full");
        }
    }

    @Test
    void a_job_is_at_fault_after_so_many_failed_runs_in_a_row_until_one_succeeds() {
        AtomicBoolean full = new AtomicBoolean(true);
        try (JobScheduler jobs = watched(Lease.always())) {
            jobs.add(
                    new Task(() -> {
                        if (full.get()) {
                            throw new IllegalStateException("the disk is full");
                        }
                    }),
                    NEVER,
                    NEVER);
            List<Boolean> faults = new ArrayList<>();
            for (int run = 0; run < 4; run++) {
                runAndIgnoreFailure(jobs);
                faults.add(fault(jobs).isPresent());
            }

            assertThat(faults).containsExactly(false, false, true, true);
            assertThat(fault(jobs)).hasValueSatisfying(text -> assertThat(text).contains("the disk is full"));
            assertThat(jobs.status().get(0).failuresInRow()).isEqualTo(4);
            assertThat(jobs.health(MAX_FAILED_RUNS).get(0).component()).isEqualTo("job.the-job");
            full.set(false);
            jobs.runNow("the-job");
            assertThat(fault(jobs)).isEmpty();
            assertThat(jobs.status().get(0).failuresInRow()).isZero();
        }
    }

    @Test
    void failures_of_a_remote_service_are_counted_and_no_fault() {
        JobTask remote = new JobTask() {
            @Override
            public String name() {
                return "the-job";
            }

            @Override
            public void run() {
                throw new IllegalStateException("the disk is full");
            }

            @Override
            public boolean isOwnFault(Throwable failure) {
                return false;
            }
        };
        try (JobScheduler jobs = watched(Lease.always())) {
            jobs.add(remote, NEVER, NEVER);
            for (int run = 0; run < 10; run++) {
                runAndIgnoreFailure(jobs);
            }

            assertThat(fault(jobs)).isEmpty();
            assertThat(jobs.status().get(0).failuresInRow()).isEqualTo(10);
        }
    }

    @Test
    void a_run_that_does_not_end_is_a_fault() {
        try (JobScheduler jobs = watched(Lease.always())) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            jobs.add(
                    new Task(() -> {
                        inside.countDown();
                        await(release);
                    }),
                    Duration.ofMinutes(1),
                    AT_ONCE);
            jobs.start();
            await(inside);

            nanos.addAndGet(JobPulse.MIN_TIMEOUT.toNanos());
            assertThat(fault(jobs)).isEmpty();
            nanos.incrementAndGet();
            assertThat(fault(jobs)).hasValueSatisfying(text -> assertThat(text).contains("has not ended"));
            release.countDown();
        }
    }

    @Test
    void a_run_that_does_not_begin_is_a_fault() {
        JobScheduler jobs = watched(Lease.always());
        jobs.add(new Task(() -> {}), Duration.ofHours(1), Duration.ofHours(1)).start();
        // as if its thread had ended: nothing runs it any more
        jobs.close();

        nanos.addAndGet(Duration.ofHours(4).toNanos());
        assertThat(fault(jobs)).isEmpty();
        nanos.incrementAndGet();
        assertThat(fault(jobs)).hasValueSatisfying(text -> assertThat(text).contains("has not begun"));
    }

    @Test
    void a_lease_that_cannot_be_requested_is_a_failed_run() {
        CountDownLatch queried = new CountDownLatch(MAX_FAILED_RUNS + 1);
        Lease broken = new Lease() {
            @Override
            public OptionalLong acquire(String job, Duration ttl) {
                queried.countDown();
                throw new IllegalStateException("the database is away");
            }

            @Override
            public void release(String job) {}
        };
        try (JobScheduler jobs = watched(broken)) {
            jobs.add(new Task(() -> {}), SOON, AT_ONCE).start();
            await(queried);

            assertThat(fault(jobs)).hasValueSatisfying(text -> assertThat(text).contains("the database is away"));
            assertThat(jobs.status().get(0).failures()).isGreaterThanOrEqualTo(MAX_FAILED_RUNS);
        }
    }

    @Test
    void an_error_of_a_listener_ends_neither_the_job_nor_its_schedule() {
        CountDownLatch threeRuns = new CountDownLatch(3);
        JobListener broken = status -> {
            threeRuns.countDown();
            throw new LinkageError("a class is missing");
        };
        try (JobScheduler jobs = new JobScheduler(Lease.always(), store.events(), clock, List.of(broken))) {
            jobs.add(new Task(() -> {}), SOON, AT_ONCE).start();

            await(threeRuns);
        }
    }

    @Test
    void a_job_of_a_long_interval_runs_again_soon_after_a_fault() {
        ScheduledJob job = new ScheduledJob(
                new Task(() -> {
                    throw new IllegalStateException("the disk is full");
                }),
                Duration.ofHours(1),
                AT_ONCE,
                Lease.always(),
                store.events(),
                clock,
                nanos::get,
                List.of());
        assertThat(job.pause()).isEqualTo(Duration.ofHours(1));

        job.runOnSchedule();

        assertThat(job.pause()).isEqualTo(Duration.ofMinutes(1));
    }
}
