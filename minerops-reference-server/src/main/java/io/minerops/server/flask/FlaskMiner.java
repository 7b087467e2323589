package io.minerops.server.flask;

import io.minerops.api.miner.Miner;
import io.minerops.api.profit.Tariff;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the Flask system knows of a miner.
 *
 * @param minerIp its address
 * @param texts the text columns of the table {@code miners} that have a value, by name
 * @param numbers the number columns that have a value, by name
 * @param tags its labels
 */
record FlaskMiner(String minerIp, Map<String, String> texts, Map<String, Double> numbers, List<String> tags) {
    private static final int MAX_TEXT = 256;
    private static final int MAX_NOTES = 4_000;
    private static final int MAX_TAGS = 32;
    private static final int MAX_TAG = 64;
    /** -1 is what many systems write for "unknown". */
    private static final double MIN_PRICE_USD = -1;

    /** The miner with what it lacks and this row has; what it has already stays. Longer texts are cut. */
    Miner fillIn(Miner miner) {
        Miner.Builder filled = miner.toBuilder();
        if (miner.hostname() == null && text("hostname", MAX_TEXT) != null) {
            filled.hostname(text("hostname", MAX_TEXT)).hostnameGiven(true);
        }
        filled.vendor(known(miner.vendor(), text("vendor", MAX_TEXT)))
                .model(known(miner.model(), text("model", MAX_TEXT)))
                .firmwareVersion(known(miner.firmwareVersion(), text("firmware_version", MAX_TEXT)))
                .mac(known(miner.mac(), text("mac", MAX_TEXT)))
                .serial(known(miner.serial(), text("serial_number", MAX_TEXT)))
                .location(known(miner.location(), location()))
                .notes(known(miner.notes(), text("notes", MAX_NOTES)))
                .nominalThs(known(miner.nominalThs(), positive("nominal_ths")))
                .nominalEfficiencyJPerTh(
                        known(miner.nominalEfficiencyJPerTh(), positive("nominal_efficiency_j_per_th")))
                .powerCapW(known(miner.powerCapW(), positive("power_cap_w")))
                .powerPriceUsdPerKwh(known(miner.powerPriceUsdPerKwh(), price()));
        if (miner.tags().isEmpty()) {
            filled.tags(usableTags());
        }
        return filled.build();
    }

    private @Nullable String location() {
        String joined = Stream.of("location", "room", "row", "rack")
                .map(name -> text(name, MAX_TEXT))
                .filter(text -> text != null)
                .collect(Collectors.joining(", "));
        return joined.isEmpty() ? null : cut(joined, MAX_TEXT);
    }

    private Set<String> usableTags() {
        return tags.stream()
                .map(tag -> cut(tag.strip(), MAX_TAG))
                .filter(tag -> !tag.isEmpty())
                .limit(MAX_TAGS)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private @Nullable String text(String column, int max) {
        String text = texts.get(column);
        return text == null || text.isBlank() ? null : cut(text.strip(), max);
    }

    private @Nullable Double positive(String column) {
        Double value = numbers.get(column);
        return value != null && value > 0 && value < Double.POSITIVE_INFINITY ? value : null;
    }

    private @Nullable Double price() {
        Double value = numbers.get("power_price_usd_per_kwh");
        return value != null && value > MIN_PRICE_USD && value <= Tariff.MAX_USD_PER_KWH ? value : null;
    }

    private static <T> @Nullable T known(@Nullable T before, @Nullable T imported) {
        return before != null ? before : imported;
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }
}
