package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.alert.WebhookPolicy;
import io.minerops.core.alert.RuleTypes;
import io.minerops.rules.RuleFile;
import io.minerops.server.http.Fields;
import io.minerops.server.http.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads rules from bodies: a new one, or the changes of an old one.
 *
 * @param types the types that are known
 * @param names how miners are named
 * @param webhooks which webhooks a rule may be given
 */
record RuleForm(RuleTypes types, MinerNames names, WebhookPolicy webhooks) {
    /** The fields that a body may have: the keys of a rule in a file. */
    static final List<String> FIELDS = RuleFile.ruleKeys();

    /** What a client read and may send back; it changes nothing. */
    private static final List<String> SENT_BACK_TIMES = List.of("created_at", "updated_at");

    private static final double MILLIS_PER_MINUTE = 60_000;

    /** The fields that a change may have: those of a new rule, and those that a client read and sends back. */
    static List<String> changeFields() {
        List<String> all = new ArrayList<>(List.of("id"));
        all.addAll(SENT_BACK_TIMES);
        all.addAll(FIELDS);
        return all;
    }

    /** The rule that a body describes; what it leaves out has its default. */
    AlertRule create(Fields body) {
        body.require("name");
        body.require("rule_type");
        body.check();
        String name = body.text("name");
        String type = body.text("rule_type");
        body.check();
        return read(
                AlertRule.builder(
                        Objects.requireNonNullElse(name, ""), new RuleType(Objects.requireNonNullElse(type, ""))),
                null,
                body);
    }

    /** The rule that a body describes, which is not to be stored and so needs no name. */
    AlertRule trial(Fields body) {
        body.require("rule_type");
        body.check();
        String type = body.text("rule_type");
        body.check();
        return read(AlertRule.builder("backtest", new RuleType(Objects.requireNonNullElse(type, ""))), null, body);
    }

    /** The rule with the changes that a body describes. */
    AlertRule change(AlertRule rule, Fields body) {
        body.requiredNumber("id", id -> {
            if (id != rule.id()) {
                throw new InvalidArgumentException("id", "id must be the path's, " + rule.id() + ", or be left out");
            }
        });
        for (String time : SENT_BACK_TIMES) {
            body.requiredText(time, text -> Moment.parse(time, text));
        }
        return read(rule.toBuilder(), rule.webhook(), body);
    }

    private AlertRule read(AlertRule.Builder rule, @Nullable Webhook before, Fields body) {
        body.requiredText("name", rule::name);
        body.text("description", rule::description);
        body.requiredText("rule_type", text -> rule.type(new RuleType(text)));
        body.flag("enabled", rule::enabled);
        body.numbers("thresholds", numbers -> rule.thresholds(Thresholds.of(numbers)));
        body.textLists("options", rule::options);
        body.choice("severity", Choices.SEVERITIES, rule::severity);
        body.requiredNumber(
                "cooldown_minutes",
                minutes -> rule.cooldown(Duration.ofMillis(Math.round(minutes * MILLIS_PER_MINUTE))));
        body.flag("notify_email", rule::notifyEmail);
        body.flag("notify_webhook", rule::notifyWebhook);
        rule.webhook(webhook(before, body));
        body.textAs("miner_ip", names::parse, rule::miner);
        body.text("model_filter", rule::modelFilter);
        body.texts("tags_filter", rule::tagsFilter);
        body.check();
        AlertRule built = rule.build();
        if (built.notifyWebhook() && built.webhook() == null) {
            throw new InvalidArgumentException("webhook_url", "webhook_url must be given where notify_webhook is true");
        }
        types.validate(built);
        return built;
    }

    private @Nullable Webhook webhook(@Nullable Webhook before, Fields body) {
        WebhookFormat[] format = {before == null ? WebhookFormat.GENERIC : before.format()};
        if (body.text("webhook_format") != null) {
            body.choice("webhook_format", Choices.WEBHOOK_FORMATS, given -> format[0] = given);
        }
        Webhook[] webhook = {before == null ? null : new Webhook(before.url(), format[0])};
        body.textAs(
                "webhook_url",
                url -> before != null && url.equals(before.masked())
                        ? new Webhook(before.url(), format[0])
                        : webhooks.checked(Webhook.of(whole(url), format[0])),
                given -> webhook[0] = given);
        if (webhook[0] == null && format[0] != WebhookFormat.GENERIC) {
            body.problem("webhook_format", "webhook_format needs webhook_url");
        }
        return webhook[0];
    }

    private static String whole(String url) {
        if (url.strip().endsWith("/***")) {
            throw new InvalidArgumentException(
                    "webhook_url", "webhook_url must be a whole address, not one with its secret part hidden");
        }
        return url;
    }
}
