package io.minerops.core.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.RuleTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what a rule says that its owner can hardly have meant: a filter that no miner passes, a limit that no reading
 * can pass, an alert without recipients. Such a rule is valid, so it is not refused. Only certain
 * problems are reported, so that a warning is worth reading. Immutable.
 */
public final class RuleLinter {
    private final RuleTypes types;
    private final RosterIndex index;

    private RuleLinter(RuleTypes types, RosterIndex index) {
        this.types = types;
        this.index = index;
    }

    /** Reviews rules of these types against these miners, such as {@code store.metrics().latest().roster()}. */
    public static RuleLinter over(RuleTypes types, MinerIndex roster) {
        return new RuleLinter(types, new RosterIndex(roster));
    }

    /** The {@link #warnings} of one rule of these types against these miners. */
    public static List<String> of(AlertRule rule, RuleTypes types, MinerIndex roster) {
        return over(types, roster).warnings(rule);
    }

    /**
     * What of a rule can hardly be meant.
     *
     * @return one sentence each, for people; empty where nothing stands out. A rule that {@link RuleTypes#validate}
     *     refuses has its reason as the only one
     */
    public List<String> warnings(AlertRule rule) {
        CompiledRule compiled;
        try {
            compiled = types.compile(rule);
        } catch (InvalidArgumentException e) {
            return List.of("This rule is not watched: " + e.getMessage());
        }
        List<String> warnings = new ArrayList<>();
        int[] rows = index.rows(compiled.scope()).rows();
        if (rows.length == 0) {
            warnings.add("This rule covers no miner: " + whyNone(rule, compiled.scope()));
        } else {
            unknownTags(rule, warnings);
            List<Miner> covered =
                    Arrays.stream(rows).mapToObj(index.roster()::miner).toList();
            warnings.addAll(types.warnings(rule, covered));
        }
        flapping(compiled.times(), warnings);
        recipients(rule, warnings);
        return List.copyOf(warnings);
    }

    /** Which filter it is; each is looked at alone first. */
    private String whyNone(AlertRule rule, RuleScope scope) {
        MinerAddress only = rule.miner();
        if (index.size() == 0) {
            return "none is registered yet.";
        } else if (only != null && index.roster().row(only) < 0) {
            return only + " is not registered.";
        } else if (index.rows(new RuleScope(null, scope.modelPart(), Set.of())).isEmpty()) {
            return "model_filter " + Check.quote(String.valueOf(rule.modelFilter())) + " is part of no miner's model, "
                    + (index.models().isEmpty() ? "since none is known yet." : "as far as models are known.");
        } else if (index.rows(new RuleScope(null, null, scope.anyTag())).isEmpty()) {
            return "no miner has " + (scope.anyTag().size() == 1 ? "the tag " : "any of the tags ")
                    + quoted(rule.tagsFilter()) + ".";
        }
        return "each of its filters has miners, but none passes all of them.";
    }

    private void unknownTags(AlertRule rule, List<String> warnings) {
        List<String> unknown = rule.tagsFilter().stream()
                .filter(tag ->
                        index.rows(new RuleScope(null, null, Set.of(tag))).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            warnings.add("No miner has the tag " + quoted(unknown) + ", which tags_filter names.");
        }
    }

    private static void flapping(RuleTimes times, List<String> warnings) {
        long apart = Math.max(times.cooldown(), times.pending());
        if (times.flapCount() > 0 && times.flapCount() * apart >= times.flapWindow()) {
            warnings.add("flap_count " + times.flapCount() + " is never passed: alerts of one miner begin at least "
                    + minutes(apart) + " min apart (cooldown_minutes or for_minutes), and flap_window_minutes is "
                    + minutes(times.flapWindow()) + ".");
        }
    }

    private static void recipients(AlertRule rule, List<String> warnings) {
        if (rule.webhook() != null && !rule.notifyWebhook()) {
            warnings.add("Its webhook gets no message, because notify_webhook is false.");
        } else if (rule.webhook() == null && rule.notifyWebhook()) {
            warnings.add("notify_webhook is true, but there is no webhook_url to post to.");
        }
        if (!rule.notifyEmail() && !rule.notifyWebhook() && rule.channels().isEmpty()) {
            warnings.add("Its alerts are sent neither by e-mail nor by webhook.");
        }
    }

    private static String minutes(long millis) {
        return Limits.number(millis / 60_000.0);
    }

    private static String quoted(Iterable<String> tags) {
        Set<String> ordered = new TreeSet<>();
        tags.forEach(tag -> ordered.add(Check.quote(tag)));
        return String.join(" or ", ordered);
    }
}
