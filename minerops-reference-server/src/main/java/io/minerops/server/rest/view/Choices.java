package io.minerops.server.rest.view;

import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.event.Event;
import io.minerops.api.miner.FactKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The names of closed sets of values, as JSON and queries have them. */
public final class Choices {
    public static final Map<String, Severity> SEVERITIES = byName(List.of(Severity.values()), Severity::key);
    public static final Map<String, AlertStatus> STATUSES = byName(List.of(AlertStatus.values()), AlertStatus::key);
    public static final Map<String, WebhookFormat> WEBHOOK_FORMATS =
            byName(List.of(WebhookFormat.values()), WebhookFormat::key);
    public static final Map<String, OutboxEntry.Status> OUTBOX_STATUSES =
            byName(List.of(OutboxEntry.Status.values()), OutboxEntry.Status::key);
    public static final Map<String, Event.Level> LEVELS = byName(List.of(Event.Level.values()), Choices::key);

    /** What a miner reports of itself; faults are listed apart. */
    public static final Map<String, FactKind> FACT_KINDS = byName(
            FactKind.all().stream().filter(kind -> kind != FactKind.FAULT).toList(), FactKind::key);

    private Choices() {}

    /** The lower-case name of a constant that has no key of its own. */
    public static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E> Map<String, E> byName(List<E> values, Function<E, String> name) {
        Map<String, E> map = new LinkedHashMap<>();
        values.forEach(value -> map.put(name.apply(value), value));
        return Collections.unmodifiableMap(map);
    }
}
