package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Notifier} must do with each kind of message, and with a service that does not take it. */
public abstract class NotifierContract {
    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
    private static final int STORM = 500;
    private static final Duration SOON = Duration.ofSeconds(30);

    private Notifier notifier;

    /** For subclasses. */
    protected NotifierContract() {}

    /** A new notifier whose service takes messages; closed after the test. */
    protected abstract Notifier notifier();

    /** Where its messages go. */
    protected abstract Destination destination();

    /** Makes the service unreachable until the test ends. */
    protected abstract void stopService();

    @BeforeEach
    public final void openNotifier() {
        notifier = notifier();
    }

    @AfterEach
    public final void closeNotifier() throws Exception {
        notifier.close();
    }

    @Test
    public void its_channel_is_that_of_its_messages() {
        assertThat(notifier.channel()).isEqualTo(destination().channel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"firing", "reminder", "escalated", "resolved", "grouped", "report", "test"})
    public void every_kind_of_message_is_taken(String kind) {
        assertThat(notifier.deliver(notification(kind)).toCompletableFuture())
                .succeedsWithin(SOON)
                .isInstanceOf(Delivery.Sent.class);
    }

    @Test
    public void a_service_that_cannot_be_reached_is_reported_and_fails_nothing() {
        stopService();

        assertThat(notifier.deliver(firing()).toCompletableFuture())
                .succeedsWithin(SOON)
                .isInstanceOf(Delivery.RetryAfter.class);
    }

    private Notification firing() {
        return event("firing", OutboxEntry.Kind.FIRING, alert(1, AlertStatus.ACTIVE));
    }

    private Notification event(String name, OutboxEntry.Kind kind, Alert alert) {
        return new Notification.OfAlerts("key-" + name, destination(), AT, kind, List.of(alert));
    }

    private Notification notification(String kind) {
        Alert open = alert(1, AlertStatus.ACTIVE);
        return switch (kind) {
            case "firing" -> firing();
            case "reminder" -> event(kind, OutboxEntry.Kind.REMINDER, open);
            case "escalated" -> event(kind, OutboxEntry.Kind.ESCALATED, open);
            case "resolved" -> event(kind, OutboxEntry.Kind.RESOLVED, alert(2, AlertStatus.AUTO_RESOLVED));
            case "grouped" ->
                new Notification.OfAlerts("key-grouped", destination(), AT, OutboxEntry.Kind.FIRING, storm());
            case "report" ->
                new Notification.Report(
                        "key-report",
                        destination(),
                        AT,
                        "Statement of 2026-10",
                        "From 2026-10-01 to 2026-11-01.",
                        List.of(new Notification.Report.Figure("Profit", "650.62 USD")));
            case "test" -> new Notification.Test("key-test", destination(), AT);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static List<Alert> storm() {
        return IntStream.range(0, STORM)
                .mapToObj(id -> alert(id, AlertStatus.ACTIVE))
                .toList();
    }

    private static Alert alert(long id, AlertStatus status) {
        boolean open = status == AlertStatus.ACTIVE;
        return new Alert(
                id,
                AT,
                AT,
                1,
                "too hot",
                new MinerAddress("10.1.1.1", 4028 + (int) id),
                RuleType.TEMP,
                Severity.WARNING,
                status,
                false,
                "Mean temperature 91 °C is above 80 °C",
                Map.of("avg_temp_c", 91.0),
                null,
                null,
                open ? null : AT,
                open ? null : "Mean temperature 70 °C is below 76 °C",
                null,
                Alert.NotificationStatus.PENDING);
    }
}
