package io.minerops.postgres;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Miners, polls and batches of the tests' stories. */
public final class SmallFleet {
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    static final String SECRET = "T0SECRETB0";
    public static final Destination HOOK =
            Destination.webhook(Webhook.of("https://hooks.example.com/services/" + SECRET, WebhookFormat.SLACK));

    private SmallFleet() {}

    public static MinerAddress miner(int number) {
        return MinerAddress.of("10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255));
    }

    public static Instant second(int seconds) {
        return START.plusSeconds(seconds);
    }

    public static Poll poll(int second, int miners) {
        List<MetricSample> samples = new ArrayList<>(miners);
        for (int number = 1; number <= miners; number++) {
            samples.add(MetricSample.builder(
                            miner(number),
                            second(second).plusMillis(number % 997).plusMillis(3))
                    .set(Reading.HASHRATE_THS, 100.125 + number + second)
                    .set(Reading.POWER_W, 3_250)
                    .set(Reading.AVG_TEMP_C, 61.5)
                    .set(Reading.AVG_FAN_RPM, 5_880)
                    .powerEstimated(number % 2 == 0)
                    .build());
        }
        return Poll.of(second(second), samples);
    }

    public static AlertRule rule(PostgresStore store) {
        return store.rules()
                .create(
                        AlertRule.builder("hot", RuleType.TEMP)
                                .webhook(HOOK.webhook())
                                .notifyWebhook(true)
                                .build(),
                        START);
    }

    /** An alert that begins, with the message of its beginning. */
    static AlertBatch.Entry raised(AlertRule rule, MinerAddress miner, Instant at) {
        Alert alert = new Alert(
                Alert.UNSAVED,
                at,
                at,
                rule.id(),
                rule.name(),
                miner,
                rule.type(),
                rule.severity(),
                AlertStatus.ACTIVE,
                false,
                "too hot",
                Map.of("avg_temp_c", 85.5),
                null,
                null,
                null,
                null,
                null,
                Alert.NotificationStatus.PENDING);
        return new AlertBatch.Entry(
                new AlertRow(alert, List.of(HOOK), true),
                List.of(new AlertBatch.Message(OutboxEntry.Kind.FIRING, HOOK, at)));
    }

    /** A batch that raises an alert on a miner, on top of that version. */
    public static AlertBatch raising(long version, AlertRule rule, MinerAddress miner, Instant at) {
        return new AlertBatch(
                version,
                at,
                List.of(raised(rule, miner, at)),
                List.of(),
                Map.of(new ConditionKey(rule.id(), miner), ConditionState.raised(at)),
                Map.of());
    }

    /** A stored alert as it is to be closed, with the message of its end. */
    public static AlertBatch.Entry closing(PostgresStore store, long alertId, Instant at) {
        AlertRow row = store.alerts().rows(List.of(alertId)).get(0);
        return new AlertBatch.Entry(
                new AlertRow(
                        row.alert().closed(AlertStatus.AUTO_RESOLVED, at, "cool"), row.destinations(), row.announced()),
                List.of(new AlertBatch.Message(OutboxEntry.Kind.RESOLVED, HOOK, at)));
    }

    /** A batch as a user makes it. */
    public static AlertBatch byUser(PostgresStore store, AlertBatch.Entry changed) {
        return new AlertBatch(store.alerts().version(), null, List.of(), List.of(changed), Map.of(), Map.of());
    }
}
