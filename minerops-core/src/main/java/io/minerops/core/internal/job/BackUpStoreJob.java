package io.minerops.core.internal.job;

import io.minerops.api.StoreException;
import io.minerops.api.store.BackupTarget;
import io.minerops.core.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a backup of the store. */
public final class BackUpStoreJob implements JobTask {
    /** A backup is work for the disk: not with everything else that a start has to do, and not each minute. */
    static final Duration MIN_FIRST_DELAY = Duration.ofMinutes(1);

    private static final Duration RETRY_INTERVAL = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(BackUpStoreJob.class);

    private final BackupTarget target;
    private final InstantSource clock;

    /** A job that makes backups there. */
    public BackUpStoreJob(BackupTarget target, InstantSource clock) {
        this.target = target;
        this.clock = clock;
    }

    @Override
    public String name() {
        return Job.BACK_UP_STORE.key();
    }

    @Override
    public void run() {
        log.info("made a backup: {}", target.backUp(clock.instant()));
    }

    /** Such as a full disk, or a folder that is not mounted: the message says it all. */
    @Override
    public boolean isExpected(Throwable failure) {
        return failure instanceof StoreException;
    }

    @Override
    public Duration retryInterval() {
        return RETRY_INTERVAL;
    }

    /**
     * How long the first run waits: until the newest backup is as old as the interval, so that a restart makes none, but no
     * longer than an interval, where a clock was wrong.
     */
    public Duration firstDelay(Duration interval) {
        Duration left = Duration.between(clock.instant(), newest().plus(interval));
        if (left.compareTo(MIN_FIRST_DELAY) < 0) {
            return MIN_FIRST_DELAY;
        }
        return left.compareTo(interval) < 0 ? left : interval;
    }

    private Instant newest() {
        try {
            return target.newest().orElse(Instant.EPOCH);
        } catch (StoreException e) {
            log.debug("the newest backup is not known; the first run reports why", e);
            return Instant.EPOCH;
        }
    }
}
