package io.minerops.server.config;

import io.minerops.api.internal.Masked;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the settings come to, for people: every setting with the text that holds and where it is from, and every problem.
 *
 * @param settings every setting, in the order of {@code --help}
 * @param problems one sentence each; empty where a server can start with the settings
 */
public record SettingsReport(List<Shown> settings, List<String> problems) {
    /** Copies the lists. */
    public SettingsReport {
        settings = List.copyOf(settings);
        problems = List.copyOf(problems);
    }

    /**
     * One setting.
     *
     * @param name its name
     * @param value the text that holds, {@value Masked#MASK} where it is a secret that is set; null where there is none
     * @param source {@code environment}, {@code file} or {@code default}
     */
    public record Shown(String name, @Nullable String value, String source) {}

    /**
     * Reads the settings as a server does.
     *
     * @param environment names and values; names that are no settings are passed over
     * @param file a file of {@code NAME=value} lines; null for none
     */
    public static SettingsReport of(Map<String, String> environment, @Nullable Path file) {
        SettingSources sources = SettingSources.of(environment, file);
        List<Shown> shown =
                Settings.ALL.stream().map(setting -> shown(setting, sources)).toList();
        try {
            Configuration.read(environment, file);
            return new SettingsReport(shown, List.of());
        } catch (ConfigurationException e) {
            return new SettingsReport(shown, e.problems());
        }
    }

    private static Shown shown(Setting<?> setting, SettingSources sources) {
        String text = sources.texts().get(setting.name());
        if (text == null || text.isBlank()) {
            return new Shown(setting.name(), setting.standard(), "default");
        }
        String value = isHidden(setting, text) ? Masked.MASK : Masked.value(text.strip());
        return new Shown(
                setting.name(), value, sources.fromEnvironment().contains(setting.name()) ? "environment" : "file");
    }

    /** The path of a file is none of the secrets that the address of a database may hold. */
    private static boolean isHidden(Setting<?> setting, String text) {
        boolean path = setting.equals(Settings.DB)
                && !text.strip().toLowerCase(Locale.ROOT).startsWith("jdbc:");
        return setting.secret() && !path;
    }
}
