package io.minerops.core.internal.job;

import io.minerops.api.Page;
import io.minerops.api.event.Event;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.EventStore;
import io.minerops.core.internal.statement.StatementMessage;
import io.minerops.core.job.Job;
import io.minerops.core.statement.StatementPeriod;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the statement of the last month within a week of its end. That it was sent is an event, so that neither a restart nor
 * another instance on the same store sends it again.
 */
public final class SendStatementJob implements JobTask {
    /** The last hour is sealed and its market known by then. */
    static final Duration DELAY = Duration.ofHours(1);

    /** An instance that was away for longer sends nothing old. */
    static final Duration WINDOW = Duration.ofDays(7);

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration RETRY_INTERVAL = Duration.ofMinutes(10);
    private static final Logger log = LoggerFactory.getLogger(SendStatementJob.class);

    private final Function<StatementRequest, StatementReport> statements;
    private final EventStore events;
    private final Notifier notifier;
    private final ZoneId zone;
    private final InstantSource clock;
    private @Nullable String sent;

    /** The statement could not be sent now. */
    static final class NotSentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotSentException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * A job that sends statements.
     *
     * @param statements makes them
     * @param events where it is recorded that one was sent
     * @param zone the zone of the months
     */
    public SendStatementJob(
            Function<StatementRequest, StatementReport> statements,
            EventStore events,
            Notifier notifier,
            ZoneId zone,
            InstantSource clock) {
        this.statements = statements;
        this.events = events;
        this.notifier = notifier;
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public String name() {
        return Job.SEND_STATEMENT.key();
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        StatementPeriod month = StatementPeriod.containing(StatementPeriod.Kind.MONTH, now, zone)
                .previous();
        Instant due = month.until().plus(DELAY);
        if (now.isBefore(due)
                || now.isAfter(month.until().plus(WINDOW))
                || month.name().equals(sent)) {
            return;
        }
        String sentence = "sent the statement of " + month.name() + " (" + zone.getId() + ")";
        if (!isRecorded(sentence, month.until())) {
            StatementReport report = statements.apply(new StatementRequest(month, StatementRequest.By.OWNER, null));
            if (report.total().miners() == 0) {
                return;
            }
            send(StatementMessage.of(report, notifier.channel(), now));
            Event unused = events.record(Event.of(now, Event.Level.INFO, name(), null, sentence));
            log.info("{}", sentence);
        }
        sent = month.name();
    }

    private boolean isRecorded(String sentence, Instant since) {
        String cursor = null;
        do {
            Page<Event> page = events.find(new EventQuery(Event.Level.INFO, null, since, Page.MAX_LIMIT, cursor));
            if (page.items().stream()
                    .anyMatch(event ->
                            event.source().equals(name()) && event.message().equals(sentence))) {
                return true;
            }
            cursor = page.next();
        } while (cursor != null);
        return false;
    }

    private void send(Notification.Report message) {
        Delivery delivery;
        try {
            delivery = notifier.deliver(message)
                    .toCompletableFuture()
                    .orTimeout(ATTEMPT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new NotSentException(
                    "the statement was not sent: no outcome within " + ATTEMPT_TIMEOUT.toSeconds() + " s", e);
        }
        if (delivery instanceof Delivery.Sent) {
            return;
        }
        String reason = delivery instanceof Delivery.RetryAfter retry
                ? retry.reason()
                : delivery instanceof Delivery.Failed failed
                        ? failed.reason()
                        : delivery instanceof Delivery.NotComposed not ? not.reason() : "no outcome";
        throw new NotSentException("the statement was not sent: " + reason, null);
    }

    /** A mail server is none of the parts that the miners are watched with. */
    @Override
    public boolean isOwnFault(Throwable failure) {
        return !(failure instanceof NotSentException);
    }

    @Override
    public boolean isExpected(Throwable failure) {
        return failure instanceof NotSentException;
    }

    @Override
    public Duration retryInterval() {
        return RETRY_INTERVAL;
    }
}
