package io.minerops.server.config;

import io.minerops.api.internal.CloseNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of settings as they were found, and where.
 *
 * @param texts by name; blank ones of the environment are absent
 * @param fromEnvironment the names whose text is the environment's
 * @param problems unreadable values, and names that are no settings
 */
record SettingSources(Map<String, String> texts, List<String> fromEnvironment, List<String> problems) {
    static SettingSources of(Map<String, String> environment, @Nullable Path file) {
        List<String> problems = new ArrayList<>();
        Map<String, String> texts = new LinkedHashMap<>();
        if (file != null) {
            EnvFile.read(file, problems).forEach((name, text) -> {
                if (Settings.names().contains(name)) {
                    texts.put(name, text);
                } else {
                    problems.add(unknown(name));
                }
            });
        }
        List<String> fromEnvironment = new ArrayList<>();
        for (String name : Settings.names()) {
            String text = environment.get(name);
            if (text != null && !text.isBlank()) {
                texts.put(name, text);
                fromEnvironment.add(name);
            }
        }
        return new SettingSources(texts, fromEnvironment, problems);
    }

    private static String unknown(String name) {
        List<String> close = CloseNames.of(name, Settings.names());
        return name + ": is not a setting; accepted: "
                + (close.isEmpty() ? "the names that --help lists" : String.join(", ", close));
    }
}
