package io.minerops.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings as they were read at some moment, to be compared with those of another. Shows no value. */
public final class LoadedSettings {
    /** The settings that are taken up while the server runs. */
    private static final Set<String> LIVE = Set.of(
            Settings.RULES_FILE.name(),
            Settings.SMTP_SERVER.name(),
            Settings.SMTP_PORT.name(),
            Settings.SMTP_SECURITY.name(),
            Settings.SMTP_USER.name(),
            Settings.SMTP_PASSWORD.name(),
            Settings.SMTP_FROM.name(),
            Settings.ALERT_EMAIL.name(),
            Settings.WEBHOOK_ALLOW.name(),
            Settings.WEBHOOK_CHANNELS.name(),
            Settings.ESCALATION_WEBHOOK.name(),
            Settings.ESCALATION_FORMAT.name(),
            Settings.LOG_LEVEL.name());

    private final ServerConfig config;
    private final Map<String, String> texts;

    private LoadedSettings(ServerConfig config, Map<String, String> texts) {
        this.config = config;
        this.texts = Map.copyOf(texts);
    }

    /**
     * Reads as {@link Configuration#read} does.
     *
     * @throws ConfigurationException with every problem there is
     */
    public static LoadedSettings read(Map<String, String> environment, @Nullable Path file) {
        SettingSources sources = SettingSources.of(environment, file);
        return new LoadedSettings(Configuration.of(sources), sources.texts());
    }

    /** Settings that were read elsewhere and do not change. */
    public static LoadedSettings of(ServerConfig config) {
        return new LoadedSettings(config, Map.of());
    }

    /** What they come to. */
    public ServerConfig config() {
        return config;
    }

    /** The names of settings that differ from those before and can be taken up while the server runs. */
    public List<String> takenUpSince(LoadedSettings before) {
        return changedSince(before).stream().filter(LIVE::contains).toList();
    }

    /** The names of settings that differ from those before and need a new start. */
    public List<String> waitingSince(LoadedSettings before) {
        return changedSince(before).stream()
                .filter(name -> !LIVE.contains(name))
                .toList();
    }

    private List<String> changedSince(LoadedSettings before) {
        return Settings.names().stream()
                .filter(name -> !Objects.equals(texts.get(name), before.texts.get(name)))
                .toList();
    }
}
