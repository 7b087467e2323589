package io.minerops.notify.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.notify.Notification;
import io.minerops.notify.internal.Message;
import io.minerops.notify.internal.MessageWriter;
import io.minerops.notify.internal.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The generic body, whose schema {@link WebhookNotifier} documents. */
final class GenericBody {
    /** The schema's version; moves only when a field is renamed, removed or changes its meaning. */
    static final int VERSION = 1;

    /** The most bytes of a body. */
    static final int MAX_BYTES = 64 * 1024;

    /** What is left of {@link #MAX_BYTES} when everything but the alerts is written. */
    private static final int ALERT_BYTES = MAX_BYTES - 8 * 1024;

    private static final int MAX_DETAILS = 32;

    private GenericBody() {}

    private static String kind(Notification notification) {
        return notification instanceof Notification.Report ? "report" : "test";
    }

    static ObjectNode of(Notification notification, Message message) {
        Notification.OfAlerts event = notification instanceof Notification.OfAlerts ofAlerts ? ofAlerts : null;
        List<Alert> alerts = event == null ? List.of() : event.alerts();
        ObjectNode body = WebhookBody.NODES.objectNode();
        body.put("version", VERSION);
        body.put("id", notification.key());
        body.put("event", event != null ? event.kind().key() : kind(notification));
        body.put("at", notification.at().toString());
        body.put("title", message.title());
        body.put("text", message.text());
        body.put("dashboard_url", message.link() == null ? null : message.link().toString());
        body.put("count", alerts.size());
        ObjectNode byType = body.putObject("counts_by_type");
        MessageWriter.counted(alerts, alert -> alert.type().key()).forEach(byType::put);
        ArrayNode listed = body.putArray("alerts");
        int room = ALERT_BYTES;
        for (Alert alert : alerts) {
            ObjectNode node = alert(alert);
            room -= WebhookBody.bytes(node).length + 1;
            if (room < 0) {
                break;
            }
            listed.add(node);
        }
        body.put("omitted", alerts.size() - listed.size());
        return body;
    }

    private static ObjectNode alert(Alert alert) {
        ObjectNode node = WebhookBody.NODES.objectNode();
        node.put("id", alert.id());
        node.put("rule_id", alert.ruleId());
        node.put("rule_name", PlainText.line(alert.ruleName()));
        node.put(
                "miner",
                alert.miner() == null ? null : PlainText.line(alert.miner().toString()));
        node.put("alert_type", alert.type().key());
        node.put("severity", alert.severity().key());
        node.put("status", alert.status().key());
        node.put("message", PlainText.line(alert.message()));
        ObjectNode details = node.putObject("details");
        alert.details().entrySet().stream().limit(MAX_DETAILS).forEach(detail -> putNumber(details, detail));
        node.put("created_at", alert.createdAt().toString());
        node.put("acknowledged_at", text(alert.acknowledgedAt()));
        node.put("acknowledged_by", line(alert.acknowledgedBy()));
        node.put("resolved_at", text(alert.resolvedAt()));
        node.put("resolution_note", line(alert.resolutionNote()));
        AlertCost cost = alert.cost();
        if (cost != null) {
            node.put("cost_usd", cost.usd());
        }
        return node;
    }

    private static void putNumber(ObjectNode details, Map.Entry<String, Double> detail) {
        String key = PlainText.line(detail.getKey());
        if (Double.isFinite(detail.getValue())) {
            details.put(key, detail.getValue());
        } else {
            // JSON has no NaN and no infinity
            details.putNull(key);
        }
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static @Nullable String line(@Nullable String text) {
        return text == null ? null : PlainText.line(text);
    }
}
