package io.minerops.server.rules;

import io.minerops.api.alert.AlertRule;
import io.minerops.core.alert.RuleLinter;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.service.RuleService;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RuleFile;
import io.minerops.rules.RulePlan;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What a file of rules means for a store: the plan, and what of its rules can hardly be meant. */
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

    /** What would have to be done for the store to have the rules of a file. */
    public static RulePlan plan(RuleFile file, RuleService rules, boolean prune) {
        return RulePlan.between(file.rules(), rules.all(), prune);
    }

    /** What can hardly be meant, each with the file and the line of its rule. */
    public static List<String> warnings(RuleFile file, RuleService rules) {
        RuleLinter review = rules.review();
        List<String> warnings = new ArrayList<>();
        file.entries()
                .forEach(entry -> review.warnings(entry.rule())
                        .forEach(warning -> warnings.add(file.name() + ":" + entry.line() + ": "
                                + entry.rule().name() + ": " + warning)));
        return warnings;
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
