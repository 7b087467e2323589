package io.minerops.core.device.internal.model;

import io.minerops.core.device.internal.wire.DeviceText;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an Avalon, and what follows from it.
 *
 * @param name such as {@code Avalon 1246}, {@code AvalonMiner 15-194} or {@code Avalon Nano 3s}
 * @param key what the rest depends on: {@code 1246}, {@code 15-194}, {@code nano3s}
 */
public record AvalonModel(String name, String key) {
    /**
     * What stands before the date in a firmware's version: {@code nano3-24010101}, {@code 1246-83-21010101}. Older ones
     * begin with the model and a date of four digits: {@code 7411706-3162860}.
     */
    private static final Pattern VERSION =
            Pattern.compile("^(\\d{3,4}(?=-|\\d{4}-)|\\d{2}-\\d{2,3}(?=-)|[A-Za-z]+\\d?[a-z]?(?=-))");

    private static final Pattern NUMBER = Pattern.compile("^\\d{4}(?!\\d)");
    private static final Pattern HOME = Pattern.compile("(nano|mini)\\s*(\\d)(s?)");

    /** J/TH at the wall as the maker states it, for models that do not measure their power. */
    private static final Map<String, Double> JOULES_PER_TH = Map.ofEntries(
            Map.entry("721", 165.0),
            Map.entry("741", 158.0),
            Map.entry("761", 150.0),
            Map.entry("821", 109.0),
            Map.entry("841", 95.0),
            Map.entry("851", 100.0),
            Map.entry("911", 72.0),
            Map.entry("921", 85.0),
            Map.entry("1026", 69.0),
            Map.entry("1041", 56.0),
            Map.entry("1047", 64.0),
            Map.entry("1066", 65.0),
            Map.entry("1126", 50.0),
            Map.entry("1146", 52.0),
            Map.entry("1166", 42.0),
            Map.entry("1246", 38.0),
            Map.entry("1346", 30.0),
            Map.entry("1366", 25.0),
            Map.entry("1466", 21.5));

    /**
     * The model as the device names it.
     *
     * @param product what the reply to version calls it; null where it does not
     * @param model the shorter name there
     * @param firmware the version of its firmware, which begins with the model
     */
    public static @Nullable AvalonModel parse(
            @Nullable String product, @Nullable String model, @Nullable String firmware) {
        Matcher version = VERSION.matcher(firmware == null ? "" : firmware);
        String ofFirmware = version.find() ? version.group(1) : null;
        String key = model != null ? model : ofFirmware != null ? ofFirmware : product;
        if (key == null) {
            return null;
        }
        String lower = key.toLowerCase(Locale.ROOT);
        Matcher home = HOME.matcher(lower);
        if (home.find()) {
            boolean nano = home.group(1).equals("nano");
            return new AvalonModel(
                    "Avalon " + (nano ? "Nano " : "Mini ") + home.group(2) + home.group(3),
                    home.group(1) + home.group(2) + home.group(3));
        }
        String number = NUMBER.matcher(lower).find() ? lower.substring(0, 4) : key;
        if (product != null && product.toLowerCase(Locale.ROOT).startsWith("avalon")) {
            return new AvalonModel(product, number);
        }
        String name = DeviceText.clean("Avalon " + number);
        return name == null ? null : new AvalonModel(name, number);
    }

    /** Whether it is one of the small ones for a desk, whose power supply has fields of its own. */
    public boolean isNano() {
        return key.startsWith("nano");
    }

    /** Nominal efficiency, J/TH; NaN for a model that is not in the table, which measures its power. */
    public double joulesPerTh() {
        return JOULES_PER_TH.getOrDefault(key, Double.NaN);
    }
}
