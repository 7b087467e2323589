package io.minerops.api.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.notify.Notifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition, the miners to check, and the recipients. A filter that is absent matches every miner; a filter that
 * is set never matches a miner whose field is unknown.
 *
 * @param id the store's number; {@link #UNSAVED} before it is stored
 * @param createdAt when it was first stored
 * @param updatedAt when it was last changed
 * @param name what people call it, 1 to 120 characters
 * @param description free text, at most 2,000 characters; null where there is none
 * @param type what kind of condition it is
 * @param enabled whether it is watched at all
 * @param thresholds the numbers it judges by
 * @param options texts by option name, such as {@code allowed_pools}; at most 16 names with at most 64 texts
 *     of 1 to 256 characters each; empty where its type needs none
 * @param severity the severity of its alerts
 * @param cooldown how long after an alert was raised no new one may be, and how often an open one is reminded of; 0 or
 *     more, at most 366 days
 * @param notifyEmail whether its alerts are mailed
 * @param notifyWebhook whether its alerts are posted to the webhook
 * @param webhook where they are posted; null where there is no webhook
 * @param channels the {@link Notifier#channel() channels} that its alerts go to beside e-mail and webhook, in the order given,
 *     each once, at most {@value #MAX_CHANNELS} of 1 to 32 characters; empty for every channel that is set up beside these two.
 *     {@code email} among them is the same as {@code notifyEmail}
 * @param miner the only miner it is watched on; null for all
 * @param modelFilter a part of the model's name, case ignored, 1 to 120 characters; null for all
 * @param tagsFilter miners with any of these tags, at most 32; empty for all
 */
public record AlertRule(
        long id,
        Instant createdAt,
        Instant updatedAt,
        String name,
        @Nullable String description,
        RuleType type,
        boolean enabled,
        Thresholds thresholds,
        Map<String, List<String>> options,
        Severity severity,
        Duration cooldown,
        boolean notifyEmail,
        boolean notifyWebhook,
        @Nullable Webhook webhook,
        List<String> channels,
        @Nullable MinerAddress miner,
        @Nullable String modelFilter,
        List<String> tagsFilter) {
    /** The id of a rule that no store has seen. */
    public static final long UNSAVED = 0;

    /** The most channels that a rule may name. */
    public static final int MAX_CHANNELS = 16;

    /** The most texts that one option may have. */
    public static final int MAX_OPTION_TEXTS = 64;

    /** The longest text of an option, characters. */
    public static final int MAX_OPTION_CHARACTERS = 256;

    /** The cooldown of a rule that names none. */
    public static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(30);

    private static final Pattern OPTION = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public AlertRule {
        Check.text("name", name, 120);
        Check.absentOrLimited("description", description, 2_000);
        Check.notNegative("cooldown_minutes", cooldown);
        if (cooldown.compareTo(Duration.ofDays(366)) > 0) {
            throw new InvalidArgumentException(
                    "cooldown_minutes", "cooldown_minutes must be at most 366 days, not " + cooldown);
        }
        if (modelFilter != null) {
            Check.text("model_filter", modelFilter, 120);
        }
        options = checked(options);
        channels = List.copyOf(new LinkedHashSet<>(channels));
        Check.between("channels", channels.size(), 0, MAX_CHANNELS);
        channels.forEach(channel -> Check.text("channels", channel, Destination.MAX_CHANNEL_LENGTH));
        tagsFilter = List.copyOf(new LinkedHashSet<>(tagsFilter));
        Check.between("tags_filter", tagsFilter.size(), 0, 32);
        tagsFilter.forEach(tag -> Check.text("tags_filter", tag, 64));
    }

    private static Map<String, List<String>> checked(Map<String, List<String>> options) {
        Check.between("options", options.size(), 0, 16);
        Map<String, List<String>> copy = new TreeMap<>();
        options.forEach((name, words) -> {
            if (!OPTION.matcher(name).matches()) {
                throw new InvalidArgumentException(
                        "options",
                        "options must be named by 1 to 64 lower-case letters, digits and underscores, not "
                                + Check.quote(name));
            }
            String argument = "options." + name;
            Check.between(argument, words.size(), 1, MAX_OPTION_TEXTS);
            words.forEach(word -> Check.text(argument, word, MAX_OPTION_CHARACTERS));
            copy.put(name, List.copyOf(words));
        });
        return Collections.unmodifiableMap(copy);
    }

    /** The texts of that option; empty if the rule has none. */
    public List<String> option(String name) {
        return options.getOrDefault(name, List.of());
    }

    /** Starts a rule that is enabled, a warning, with the default cooldown, mailed and not posted. */
    public static Builder builder(String name, RuleType type) {
        return new Builder(name, type);
    }

    /** Starts a copy of this rule. */
    public Builder toBuilder() {
        Builder copy = new Builder(name, type);
        copy.id = id;
        copy.createdAt = createdAt;
        copy.updatedAt = updatedAt;
        copy.description = description;
        copy.enabled = enabled;
        copy.thresholds = thresholds;
        copy.options = options;
        copy.severity = severity;
        copy.cooldown = cooldown;
        copy.notifyEmail = notifyEmail;
        copy.notifyWebhook = notifyWebhook;
        copy.webhook = webhook;
        copy.channels = channels;
        copy.miner = miner;
        copy.modelFilter = modelFilter;
        copy.tagsFilter = tagsFilter;
        return copy;
    }

    /** Collects the fields of a rule; not thread-safe. */
    public static final class Builder {
        private long id = UNSAVED;
        private Instant createdAt = Instant.EPOCH;
        private Instant updatedAt = Instant.EPOCH;
        private String name;
        private @Nullable String description;
        private RuleType type;
        private boolean enabled = true;
        private Thresholds thresholds = Thresholds.none();
        private Map<String, List<String>> options = Map.of();
        private Severity severity = Severity.WARNING;
        private Duration cooldown = DEFAULT_COOLDOWN;
        private boolean notifyEmail = true;
        private boolean notifyWebhook;
        private @Nullable Webhook webhook;
        private List<String> channels = List.of();
        private @Nullable MinerAddress miner;
        private @Nullable String modelFilter;
        private List<String> tagsFilter = List.of();

        private Builder(String name, RuleType type) {
            this.name = name;
            this.type = type;
        }

        public Builder id(long value) {
            id = value;
            return this;
        }

        public Builder createdAt(Instant value) {
            createdAt = value;
            return this;
        }

        public Builder updatedAt(Instant value) {
            updatedAt = value;
            return this;
        }

        public Builder name(String value) {
            name = value;
            return this;
        }

        public Builder description(@Nullable String value) {
            description = value;
            return this;
        }

        public Builder type(RuleType value) {
            type = value;
            return this;
        }

        public Builder enabled(boolean value) {
            enabled = value;
            return this;
        }

        public Builder thresholds(Thresholds value) {
            thresholds = value;
            return this;
        }

        public Builder options(Map<String, List<String>> value) {
            options = value;
            return this;
        }

        public Builder severity(Severity value) {
            severity = value;
            return this;
        }

        public Builder cooldown(Duration value) {
            cooldown = value;
            return this;
        }

        public Builder notifyEmail(boolean value) {
            notifyEmail = value;
            return this;
        }

        public Builder notifyWebhook(boolean value) {
            notifyWebhook = value;
            return this;
        }

        public Builder webhook(@Nullable Webhook value) {
            webhook = value;
            return this;
        }

        public Builder channels(Collection<String> value) {
            channels = List.copyOf(value);
            return this;
        }

        public Builder miner(@Nullable MinerAddress value) {
            miner = value;
            return this;
        }

        public Builder modelFilter(@Nullable String value) {
            modelFilter = value;
            return this;
        }

        public Builder tagsFilter(Collection<String> value) {
            tagsFilter = List.copyOf(value);
            return this;
        }

        /**
         * The rule as collected.
         *
         * @throws InvalidArgumentException if a field is out of its range
         */
        public AlertRule build() {
            return new AlertRule(
                    id,
                    createdAt,
                    updatedAt,
                    name,
                    description,
                    type,
                    enabled,
                    thresholds,
                    options,
                    severity,
                    cooldown,
                    notifyEmail,
                    notifyWebhook,
                    webhook,
                    channels,
                    miner,
                    modelFilter,
                    tagsFilter);
        }
    }
}
