package io.minerops.server.rest;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.type.RuleOption;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.ThresholdConstraint;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.form.RuleForm;
import io.minerops.server.rest.view.Choices;
import java.util.List;
import java.util.function.Supplier;

/** What a rule editor needs: each rule type's description of itself, the channels, the choices and the defaults. */
final class RuleTypeRoutes {
    private static final double MILLIS_PER_MINUTE = 60_000;

    /** A rule of which nothing but name and type is given. */
    private static final AlertRule DEFAULTS =
            AlertRule.builder("default", RuleType.TEMP).build();

    private final RuleTypes types;
    private final Supplier<List<String>> channels;

    RuleTypeRoutes(RuleTypes types, Supplier<List<String>> channels) {
        this.types = types;
        this.channels = channels;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/alerts/rule-types", request -> Reply.json(list())));
    }

    JsonObject list() {
        return JsonObject.ok()
                .whole("count", types.known().size())
                .list("rule_types", types.known(), this::type)
                .texts("channels", RuleForm.named(channels.get()))
                .texts("severities", Choices.SEVERITIES.keySet())
                .texts("webhook_formats", Choices.WEBHOOK_FORMATS.keySet())
                .object(
                        "defaults",
                        JsonObject.object()
                                .text("severity", DEFAULTS.severity().key())
                                .number("cooldown_minutes", DEFAULTS.cooldown().toMillis() / MILLIS_PER_MINUTE)
                                .text("webhook_format", WebhookFormat.GENERIC.key()));
    }

    private JsonObject type(RuleType type) {
        return JsonObject.object()
                .text("rule_type", type.key())
                .text("label", types.label(type))
                .text("summary", types.summary(type))
                .list("thresholds", types.thresholds(type), RuleTypeRoutes::threshold)
                .list("options", types.options(type), RuleTypeRoutes::option)
                .texts("one_of", oneOf(type));
    }

    /** The thresholds of which a rule names exactly one; empty where there is no such choice. */
    private List<String> oneOf(RuleType type) {
        return types.constraints(type).stream()
                .filter(ThresholdConstraint.OneReading.class::isInstance)
                .map(ThresholdConstraint.OneReading.class::cast)
                .map(ThresholdConstraint.OneReading::names)
                .findFirst()
                .orElse(List.of());
    }

    private static JsonObject threshold(Threshold threshold) {
        return JsonObject.object()
                .text("name", threshold.name())
                .text("label", threshold.label())
                .text("unit", threshold.unit())
                .number("min", threshold.min())
                .number("max", threshold.max())
                .number("default", threshold.defaultValue())
                .text("otherwise", threshold.otherwise())
                .flag("whole", threshold.whole())
                .text("help", threshold.help());
    }

    private static JsonObject option(RuleOption option) {
        return JsonObject.object()
                .text("name", option.name())
                .text("label", option.label())
                .text("otherwise", option.otherwise())
                .text("help", option.help());
    }
}
