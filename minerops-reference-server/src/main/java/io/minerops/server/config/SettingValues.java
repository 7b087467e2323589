package io.minerops.server.config;

import io.minerops.api.internal.Check;
import io.minerops.api.internal.Masked;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads settings from texts and gathers what is wrong with them; every reader goes on after a problem. */
final class SettingValues {
    private final Map<String, String> texts;
    private final List<String> problems;

    SettingValues(Map<String, String> texts, List<String> problems) {
        this.texts = texts;
        this.problems = new ArrayList<>(problems);
    }

    /** The value said, or the default; null where there is neither or the value is not accepted. */
    <T> @Nullable T find(Setting<T> setting) {
        String text = text(setting);
        if (text == null) {
            return setting.standard() == null ? null : setting.reader().apply(setting.standard());
        }
        try {
            return setting.reader().apply(text);
        } catch (IllegalArgumentException e) {
            refuse(setting, text);
            return null;
        }
    }

    /** As {@link #find}, for a setting with a default: the default too where the value is not accepted. */
    <T> T get(Setting<T> setting) {
        T value = find(setting);
        return value != null ? value : standard(setting);
    }

    /** The list said, or an empty one. */
    <T> List<T> list(Setting<List<T>> setting) {
        List<T> value = find(setting);
        return value == null ? List.of() : value;
    }

    /** The path said, or the default; null where there is neither or the text cannot be one. */
    @Nullable
    Path path(Setting<String> setting) {
        String text = find(setting);
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            refuse(setting, text);
            return null;
        }
    }

    /** Whether the setting has a value of its own; an empty one counts as absent. */
    boolean says(Setting<?> setting) {
        return text(setting) != null;
    }

    /** What the setting's own value says, or null. */
    @Nullable
    String text(Setting<?> setting) {
        String text = texts.get(setting.name());
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Notes that a value is not accepted. */
    void refuse(Setting<?> setting, String text) {
        problem(
                setting,
                "value " + (setting.secret() ? "(not shown)" : Check.quote(text)) + " is not accepted",
                setting.accepted());
    }

    /** Notes a problem: what is wrong, and what would be accepted. */
    void problem(Setting<?> setting, String wrong, String accepted) {
        problem(setting, wrong + "; accepted: " + accepted);
    }

    /** Notes a problem that says what would be accepted; whatever it says, no secret is left in it. */
    void problem(Setting<?> setting, String wrong) {
        problems.add(setting.name() + ": " + Masked.sentence(wrong));
    }

    /** What was built from the values, unless anything was wrong. */
    <T> T orProblems(Supplier<T> built) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return built.get();
    }

    private static <T> T standard(Setting<T> setting) {
        if (setting.standard() == null) {
            throw new IllegalStateException(setting.name() + " has no default");
        }
        return setting.reader().apply(setting.standard());
    }
}
