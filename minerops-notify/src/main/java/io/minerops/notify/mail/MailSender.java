package io.minerops.notify.mail;

import io.minerops.api.Secret;
import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.notify.internal.MailComposer;
import io.minerops.notify.internal.MessageWriter;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends mails one after the other on one thread, each over a connection of its own. */
final class MailSender {
    private static final Logger log = LoggerFactory.getLogger(MailSender.class);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(30);

    /**
     * What is bounded.
     *
     * @param attempt how long a message may wait and be sent
     * @param maxQueued the most messages that wait
     */
    record Limits(Duration attempt, int maxQueued) {}

    private final SmtpSettings settings;
    private final MessageWriter writer;
    private final InstantSource clock;
    private final Limits limits;
    private final Session session;
    private final ThreadPoolExecutor thread;
    private final MailRecipients.Open open;

    MailSender(SmtpSettings settings, MessageWriter writer, InstantSource clock, Limits limits) {
        this.settings = settings;
        this.writer = writer;
        this.clock = clock;
        this.limits = limits;
        open = new MailRecipients.Open(settings.to());
        session = Session.getInstance(settings.properties());
        thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(limits.maxQueued()),
                DaemonThreads.named("minerops-email"));
        thread.allowCoreThreadTimeOut(true);
    }

    /** Tries once; the stage ends within the limit of an attempt, and never fails because of the server. */
    CompletableFuture<Delivery> send(Notification notification) {
        CompletableFuture<Delivery> end = new CompletableFuture<>();
        Attempt attempt = new Attempt(notification, end);
        try {
            thread.execute(attempt);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.completedFuture(
                    thread.isShutdown()
                            ? closed()
                            : new Delivery.RetryAfter(SOON, limits.maxQueued() + " mails are waiting already"));
        }
        return end.completeOnTimeout(
                new Delivery.RetryAfter(null, "mail server " + settings.server() + " did not take it in time"),
                limits.attempt().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Ends what waits; what is being sent goes on within its timeouts. */
    void close() {
        List<Runnable> waiting = thread.shutdownNow();
        waiting.forEach(task -> ((Attempt) task).end.complete(closed()));
    }

    private static Delivery closed() {
        return new Delivery.RetryAfter(null, "the e-mail channel is closed");
    }

    private Delivery sendNow(Notification notification) {
        MimeMessage mail;
        String id;
        try {
            mail = MailComposer.compose(
                    session, settings.from(), settings.to(), notification, writer.write(notification), clock.instant());
            id = mail.getMessageID();
        } catch (MessagingException | RuntimeException fault) {
            log.error("mail {} could not be composed", notification.key(), fault);
            return Delivery.NotComposed.because(fault);
        }
        MailRecipients to = open.get(notification.key());
        List<InternetAddress> waiting = to.waiting();
        Delivery delivery;
        try {
            sendNow(mail, waiting.toArray(InternetAddress[]::new));
            delivery = to.after(new MailVerdict(waiting, Map.of()), id, settings);
        } catch (MessagingException failure) {
            Optional<MailVerdict> perRecipient = MailVerdict.of(failure, waiting, settings);
            delivery = perRecipient.isPresent()
                    ? to.after(perRecipient.get(), id, settings)
                    : MailFailure.delivery(failure, settings);
        }
        if (!(delivery instanceof Delivery.RetryAfter)) {
            open.remove(notification.key());
        }
        return delivery;
    }

    private void sendNow(MimeMessage mail, InternetAddress[] recipients) throws MessagingException {
        Secret password = settings.password();
        Transport transport = session.getTransport();
        try {
            transport.connect(
                    settings.host(), settings.port(), settings.user(), password == null ? null : password.reveal());
            transport.sendMessage(mail, recipients);
        } finally {
            close(transport);
        }
    }

    private void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException late) {
            // whether the mail was taken is settled by now
            log.debug("mail server {} did not take leave: {}", settings.server(), late.getMessage());
        }
    }

    /** One message that waits for its turn. */
    private final class Attempt implements Runnable {
        private final Notification notification;
        private final CompletableFuture<Delivery> end;

        Attempt(Notification notification, CompletableFuture<Delivery> end) {
            this.notification = notification;
            this.end = end;
        }

        @Override
        public void run() {
            if (end.isDone()) {
                // its time was up while it waited; sent now, it would arrive twice
                return;
            }
            try {
                end.complete(sendNow(notification));
            } catch (RuntimeException | Error failure) {
                end.completeExceptionally(failure);
            }
        }
    }
}
