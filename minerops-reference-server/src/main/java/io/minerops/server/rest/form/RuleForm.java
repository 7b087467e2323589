package io.minerops.server.rest.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.WebhookPolicy;
import io.minerops.core.alert.RuleTypes;
import io.minerops.rules.FileProblem;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RuleFile;
import io.minerops.rules.RuleFileException;
import io.minerops.rules.RuleReader;
import io.minerops.server.http.Fields;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Timestamps;
import io.minerops.server.rest.view.MinerNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Reads rules from bodies, as a {@link RuleReader} reads them: a new one, or the changes of an old one. */
public final class RuleForm {
    /** The fields that a body may have: the keys of a rule in a file. */
    public static final List<String> FIELDS = RuleFile.ruleKeys();

    /** What a client read and may send back; it changes nothing. */
    private static final List<String> SENT_BACK_TIMES = List.of("created_at", "updated_at");

    private final RuleContext context;

    private final Supplier<List<String>> channels;

    /**
     * A form.
     *
     * @param channels the channels that are set up now
     */
    public RuleForm(RuleTypes types, MinerNames names, WebhookPolicy webhooks, Supplier<List<String>> channels) {
        this.channels = channels;
        context = RuleContext.standard()
                .withoutEnvironment()
                .withTypes(types)
                .withDefaultPort(names.defaultPort())
                .withWebhooks(webhooks);
    }

    /** The fields that a change may have: those of a new rule, and those that a client read and sends back. */
    public static List<String> changeFields() {
        List<String> all = new ArrayList<>(List.of("id"));
        all.addAll(SENT_BACK_TIMES);
        all.addAll(FIELDS);
        return all;
    }

    /** The rule that a body describes; what it leaves out has its default. */
    public AlertRule create(Fields body) {
        return refusing(() -> RuleReader.create(body.json(), context()));
    }

    /** The rule that a body describes among other fields; it is not stored and so needs no name. */
    public AlertRule trial(Fields body) {
        ObjectNode rule = body.json().retain(FIELDS);
        if (!rule.has("name")) {
            rule.put("name", "backtest");
        }
        return refusing(() -> RuleReader.create(rule, context()));
    }

    /** The rule with the changes that a body describes. */
    public AlertRule change(AlertRule rule, Fields body) {
        body.requiredNumber("id", id -> {
            if (id != rule.id()) {
                throw new InvalidArgumentException("id", "id must be the path's, " + rule.id() + ", or be left out");
            }
        });
        for (String time : SENT_BACK_TIMES) {
            body.requiredText(time, text -> Timestamps.parse(time, text));
        }
        body.check();
        return refusing(() -> RuleReader.change(rule, body.json().retain(FIELDS), context()));
    }

    private RuleContext context() {
        return context.withChannels(named(channels.get()));
    }

    /** The channels that a rule can name, of those that are set up: a webhook is chosen by its address. */
    public static List<String> named(List<String> channels) {
        return channels.stream()
                .filter(channel -> !channel.equals(Destination.WEBHOOK))
                .toList();
    }

    private static AlertRule refusing(Supplier<AlertRule> reader) {
        try {
            return reader.get();
        } catch (RuleFileException e) {
            List<FileProblem> problems = e.problems();
            String error = String.join(
                    "; ", problems.stream().map(FileProblem::message).distinct().toList());
            String field = problems.stream()
                    .map(FileProblem::field)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            throw field == null ? HttpFailure.of(400, error) : HttpFailure.of(400, error, field);
        }
    }
}
