package io.minerops.notify.internal;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.notify.Notification;
import io.minerops.notify.internal.Message.Fact;
import io.minerops.notify.internal.Message.Tone;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says a notification in plain terms: what, which miner, which value against which limit, since when.
 *
 * @param link where a reader sees more; null for nowhere
 * @param maxMiners the most alerts of a group that are named one by one
 */
public record MessageWriter(@Nullable URI link, int maxMiners) {
    /** The groups' default for {@code maxMiners}. */
    public static final int DEFAULT_MINERS = 20;

    private static final int MAX_TYPES = 4;
    private static final int MAX_VALUES = 8;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public Message write(Notification notification) {
        if (notification instanceof Notification.OfAlerts event) {
            return event.alerts().size() == 1 ? single(event, event.alerts().get(0)) : group(event);
        }
        if (notification instanceof Notification.Report report) {
            return report(report);
        }
        return new Message(
                Tone.TEST,
                "Test message from MinerOps",
                "This is a test. If you can read it, messages are delivered. No miner has a problem.",
                List.of(new Fact("Sent", TIME.format(notification.at()))),
                List.of(),
                0,
                link);
    }

    private Message report(Notification.Report report) {
        List<Fact> facts = report.figures().stream()
                .map(figure -> new Fact(PlainText.line(figure.name()), PlainText.line(figure.value())))
                .toList();
        return new Message(
                Tone.INFO,
                PlainText.line(report.title(), Message.MAX_TITLE),
                PlainText.line(report.text()),
                facts,
                List.of(),
                0,
                link);
    }

    private Message single(Notification.OfAlerts event, Alert alert) {
        String severity = alert.severity().key();
        return switch (event.kind()) {
            case FIRING -> open(capital(severity) + ": ", alert);
            case REMINDER -> open("Still " + severity + ": ", alert);
            case ESCALATED -> open("Escalated to " + severity + " (unacknowledged): ", alert);
            case RESOLVED -> {
                String note = alert.resolutionNote();
                String text = note == null ? "The alert has ended." : note;
                yield single(Tone.RESOLVED, "Resolved: ", alert, text, ended(alert, event.at()));
            }
        };
    }

    private Message open(String what, Alert alert) {
        return single(tone(alert), what, alert, alert.message(), open(alert));
    }

    private Message single(Tone tone, String what, Alert alert, String text, List<Fact> facts) {
        String title = PlainText.line(what + subject(alert) + " " + words(alert.type()), Message.MAX_TITLE);
        return new Message(tone, title, PlainText.line(text), facts, List.of(), 0, link);
    }

    private Message group(Notification.OfAlerts grouped) {
        List<Alert> alerts = grouped.alerts();
        boolean over = grouped.kind() == OutboxEntry.Kind.RESOLVED;
        String title = alerts.size() + " alerts " + happened(grouped.kind()) + ": " + byType(alerts);
        String severities = counted(alerts, alert -> alert.severity().key()).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        Tone tone = over
                ? Tone.RESOLVED
                : alerts.stream()
                        .max(Comparator.comparing(Alert::severity))
                        .map(MessageWriter::tone)
                        .orElse(Tone.INFO);
        List<String> lines = alerts.stream()
                .limit(maxMiners)
                .map(alert -> over ? endedLine(alert) : openLine(alert))
                .toList();
        return new Message(
                tone,
                PlainText.line(title, Message.MAX_TITLE),
                "By severity: " + severities + ".",
                List.of(new Fact("At", TIME.format(grouped.at()))),
                lines,
                alerts.size(),
                link);
    }

    private static String happened(OutboxEntry.Kind kind) {
        return switch (kind) {
            case FIRING -> "raised";
            case REMINDER -> "still open";
            case ESCALATED -> "escalated";
            case RESOLVED -> "resolved";
        };
    }

    private static String openLine(Alert alert) {
        return PlainText.line(subject(alert) + " " + alert.severity().key() + ", " + words(alert.type()) + ": "
                + PlainText.line(alert.message(), 120) + " (since " + TIME.format(alert.createdAt()) + costInLine(alert)
                + ")");
    }

    private static String endedLine(Alert alert) {
        String note = alert.resolutionNote();
        return PlainText.line(subject(alert) + " " + words(alert.type()) + ": "
                + PlainText.line(note == null ? "ended" : note, 120) + costInLine(alert));
    }

    private static List<Fact> open(Alert alert) {
        List<Fact> facts = new ArrayList<>(about(alert));
        facts.add(new Fact("Since", TIME.format(alert.createdAt())));
        addCost("Cost so far", alert, facts);
        if (alert.status() != AlertStatus.ACTIVE) {
            facts.add(new Fact("Now", alert.status().key().replace('_', ' ')));
        }
        return facts;
    }

    private static List<Fact> ended(Alert alert, Instant at) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Was", PlainText.line(alert.message())));
        facts.addAll(about(alert));
        facts.add(new Fact("From", TIME.format(alert.createdAt())));
        Instant end = alert.resolvedAt() == null ? at : alert.resolvedAt();
        facts.add(new Fact(
                "To",
                TIME.format(end) + " ("
                        + Math.max(0, Duration.between(alert.createdAt(), end).toMinutes()) + " min)"));
        addCost("Cost", alert, facts);
        return facts;
    }

    private static void addCost(String name, Alert alert, List<Fact> facts) {
        AlertCost cost = alert.cost();
        if (cost != null) {
            facts.add(new Fact(name, usd(cost)));
        }
    }

    private static String usd(AlertCost cost) {
        return BigDecimal.valueOf(cost.usd())
                        .setScale(2, RoundingMode.HALF_EVEN)
                        .toPlainString() + " USD";
    }

    /** What an alert has cost, for the end of its line in a group; empty where that is not known. */
    private static String costInLine(Alert alert) {
        AlertCost cost = alert.cost();
        return cost == null ? "" : ", " + usd(cost);
    }

    /** The miner, or where the trouble is that of many together the rule. */
    private static String subject(Alert alert) {
        MinerAddress miner = alert.miner();
        return miner == null ? alert.ruleName() + ":" : miner.toString();
    }

    private static List<Fact> about(Alert alert) {
        List<Fact> facts = new ArrayList<>();
        if (alert.miner() != null) {
            facts.add(new Fact("Miner", PlainText.line(alert.miner().toString())));
        }
        facts.add(new Fact("Rule", PlainText.line(alert.ruleName())));
        facts.add(new Fact("Severity", alert.severity().key()));
        String values = alert.details().entrySet().stream()
                .limit(MAX_VALUES)
                .map(MessageWriter::measured)
                .collect(Collectors.joining(", "));
        if (!values.isEmpty()) {
            facts.add(new Fact("Values", PlainText.line(values)));
        }
        return facts;
    }

    private static String measured(Map.Entry<String, Double> value) {
        return MeasuredValue.of(value.getKey(), value.getValue());
    }

    private static String byType(List<Alert> alerts) {
        Map<String, Integer> counts = counted(alerts, alert -> words(alert.type()));
        String named = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MAX_TYPES)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return counts.size() > MAX_TYPES ? named + " and others" : named;
    }

    /** How many alerts there are of each, ordered by name. */
    public static Map<String, Integer> counted(List<Alert> alerts, Function<Alert, String> name) {
        Map<String, Integer> counts = new TreeMap<>();
        alerts.forEach(alert -> counts.merge(name.apply(alert), 1, Integer::sum));
        return counts;
    }

    private static Tone tone(Alert alert) {
        return switch (alert.severity()) {
            case CRITICAL -> Tone.CRITICAL;
            case WARNING -> Tone.WARNING;
            case INFO -> Tone.INFO;
        };
    }

    private static String words(RuleType type) {
        if (type.equals(RuleType.TEMP)) {
            return "temperature";
        } else if (type.equals(RuleType.HASHRATE)) {
            return "hashrate";
        }
        return type.key().replace('_', ' ');
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
