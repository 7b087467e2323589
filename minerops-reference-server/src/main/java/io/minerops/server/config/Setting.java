package io.minerops.server.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One setting: the only place that knows its name, its default and how its text is read.
 *
 * @param name the name in the environment and in the file
 * @param standard the default as text; null: absent by default
 * @param meaning one clause for {@code --help}
 * @param accepted what is accepted, as a problem's message states it
 * @param secret whether its value must never be shown
 * @param reader reads a text, or throws {@link IllegalArgumentException} where it is not accepted
 * @param <T> what it is read as
 */
record Setting<T>(
        String name,
        @Nullable String standard,
        String meaning,
        String accepted,
        boolean secret,
        Function<String, T> reader) {

    static <T> Setting<T> setting(String name, @Nullable String standard, String meaning, Kind<T> kind) {
        return new Setting<>(name, standard, meaning, kind.accepted(), false, kind.reader());
    }

    /** The same setting with a value that is never shown. */
    Setting<T> asSecret() {
        return new Setting<>(name, standard, meaning, accepted, true, reader);
    }

    /** The default as {@code --help} shows it. */
    String shownDefault() {
        return standard == null ? "—" : standard;
    }

    /**
     * How a kind of value is read.
     *
     * @param accepted what is accepted
     * @param reader reads a text, or throws {@link IllegalArgumentException}
     * @param <T> what it is read as
     */
    record Kind<T>(String accepted, Function<String, T> reader) {}
}
