package io.minerops.server.rules;

import io.minerops.api.alert.AlertRule;
import io.minerops.core.alert.RuleTypes;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RulePlan;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.JsonObject;
import java.util.List;

/** How the server reads files of rules, and how it shows a plan. */
public final class RuleFiles {
    private RuleFiles() {}

    /** How files of rules are read where these settings hold. */
    public static RuleContext context(ServerConfig settings) {
        return RuleContext.standard()
                .withTypes(RuleTypes.installed())
                .withDefaultPort(settings.miners().port())
                .withWebhooks(settings.webhookTargets())
                .withChannels(settings.channelNames());
    }

    /** A plan as a response. */
    public static JsonObject json(RulePlan plan) {
        return changes(JsonObject.ok(), plan);
    }

    /** What a plan does. */
    public static JsonObject changes(RulePlan plan) {
        return changes(JsonObject.object(), plan);
    }

    private static JsonObject changes(JsonObject object, RulePlan plan) {
        return object.texts("created", names(plan.creations()))
                .list("changed", plan.changes(), RuleFiles::json)
                .texts("deleted", names(plan.deletions()))
                .whole("unchanged", plan.unchanged().size())
                .texts("left_alone", names(plan.leftAlone()));
    }

    private static JsonObject json(RulePlan.Change change) {
        return JsonObject.object()
                .text("name", change.before().name())
                .texts("fields", change.fields().stream().map(Object::toString).toList());
    }

    private static List<String> names(List<AlertRule> rules) {
        return rules.stream().map(AlertRule::name).toList();
    }
}
