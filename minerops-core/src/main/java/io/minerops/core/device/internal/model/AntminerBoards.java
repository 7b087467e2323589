package io.minerops.core.device.internal.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models that Antminers' hash boards belong to. Some control boards give the code of the boards as the device's type,
 * such as {@code Antminer BHB42601}, or with {@code XXX} for its end.
 */
final class AntminerBoards {
    /** The beginning of a code, longer ones before shorter ones, and the model that is sold with such boards. */
    private static final List<Map.Entry<String, String>> MODELS = List.of(
            Map.entry("NBS19", "S19"),
            Map.entry("NBP19", "S19 Pro"),
            Map.entry("BHB2876", "S19a"),
            Map.entry("BHB2878", "S19a Pro"),
            Map.entry("BHB428", "S19"),
            Map.entry("BHB42", "S19j Pro"),
            Map.entry("BHB569", "S19k Pro"),
            Map.entry("BHB56", "S19 XP"),
            Map.entry("BHB687", "T21"),
            Map.entry("BHB68", "S21"),
            Map.entry("A3HB705", "S21+"),
            Map.entry("A3HB706", "S21 Pro"),
            Map.entry("A3HB707", "S21 XP"),
            Map.entry("HHB56", "S19 XP Hyd"),
            Map.entry("HHB68", "S21 Hyd"));

    private AntminerBoards() {}

    /** The model, without the maker's name; null where the text begins with no known code. */
    static @Nullable String model(String text) {
        String code = text.toUpperCase(Locale.ROOT);
        return MODELS.stream()
                .filter(known -> code.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
