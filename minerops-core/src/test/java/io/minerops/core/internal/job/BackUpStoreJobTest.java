package io.minerops.core.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.StoreException;
import io.minerops.api.store.BackupTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** When the first backup after a start is made, and how a failure counts. */
class BackUpStoreJobTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    private static Duration firstDelay(Supplier<Optional<Instant>> newest) {
        return job(newest).firstDelay(DAY);
    }

    private static BackUpStoreJob job(Supplier<Optional<Instant>> newest) {
        BackupTarget target = new BackupTarget() {
            @Override
            public Optional<Instant> newest() {
                return newest.get();
            }

            @Override
            public String backUp(Instant at) {
                throw new AssertionError("no backup was wanted");
            }
        };
        return new BackUpStoreJob(target, InstantSource.fixed(NOW));
    }

    private static Duration firstDelayAfter(Duration age) {
        return firstDelay(() -> Optional.of(NOW.minus(age)));
    }

    @Test
    void is_soon_without_a_backup_and_with_one_that_is_too_old() {
        assertThat(firstDelay(Optional::empty)).isEqualTo(BackUpStoreJob.MIN_FIRST_DELAY);
        assertThat(firstDelayAfter(DAY)).isEqualTo(BackUpStoreJob.MIN_FIRST_DELAY);
        assertThat(firstDelayAfter(DAY.multipliedBy(9))).isEqualTo(BackUpStoreJob.MIN_FIRST_DELAY);
    }

    @Test
    void is_after_the_rest_of_the_interval_with_a_young_one() {
        assertThat(firstDelayAfter(Duration.ofHours(1))).isEqualTo(Duration.ofHours(23));
        assertThat(firstDelayAfter(DAY.minusMinutes(5))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_store_or_folder_that_fails_is_logged_by_its_message_and_a_defect_with_its_stack_trace() {
        BackUpStoreJob job = job(Optional::empty);

        assertThat(job.isExpected(new StoreException("the disk is full"))).isTrue();
        assertThat(job.isExpected(new IllegalStateException("a defect"))).isFalse();
        assertThat(job.isOwnFault(new StoreException("the disk is full"))).isTrue();
        assertThat(job.retryInterval()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void is_within_the_interval_with_one_of_the_future() {
        assertThat(firstDelayAfter(DAY.negated())).isEqualTo(DAY);
    }

    @Test
    void is_soon_where_the_backups_cannot_be_read_so_that_the_run_reports_it() {
        assertThat(firstDelay(() -> {
                    throw new StoreException("the folder must exist");
                }))
                .isEqualTo(BackUpStoreJob.MIN_FIRST_DELAY);
    }
}
