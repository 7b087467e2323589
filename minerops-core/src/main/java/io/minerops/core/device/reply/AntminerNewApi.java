package io.minerops.core.device.reply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statistics that an Antminer gives in its newer form, converted to the older one: rates and what
 * they should be, and for each board its chips, errors and lists of temperatures. They fill in what the older form lacks.
 */
final class AntminerNewApi {
    private static final int MAX_BOARDS = 16;
    private static final int MAX_SENSORS = 16;
    private static final Pattern CHIPS = Pattern.compile("chain_acn\\d+");
    private static final Pattern ERRORS = Pattern.compile("chain_hw\\d+");
    private static final Pattern RATES = Pattern.compile("chain_rate\\d+");
    private static final Pattern FANS = Pattern.compile("fan\\d+");
    private static final Pattern TEMPERATURES = Pattern.compile("temp(\\d+|\\d_\\d+|_(chip|pcb|pic)\\d+)");
    private static final Pattern SERIALS = Pattern.compile("chain_sn\\d+");

    private AntminerNewApi() {}

    /** The older statistics, completed by the newer. */
    static Fields complete(Fields older, Fields newer) {
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        double gigahashes = thousands(newer.text("rate_unit"));
        put(more, "GHS 5s", newer.number("rate_5s") * gigahashes);
        put(more, "GHS av", newer.number("rate_avg") * gigahashes);
        put(more, "total_rateideal", newer.number("rate_ideal") * gigahashes);
        put(more, "Elapsed", newer.number("elapsed"));
        double[] fans = newer.list("fan");
        for (int fan = 0; fan < Math.min(fans.length, MAX_BOARDS) && !older.hasKey(FANS); fan++) {
            put(more, "fan" + (fan + 1), fans[fan]);
        }
        List<Fields> boards = newer.rows("chain");
        for (int index = 0; index < Math.min(boards.size(), MAX_BOARDS); index++) {
            putBoard(more, older, boards.get(index), index + 1, gigahashes);
        }
        return more.isEmpty() ? older : older.and(more);
    }

    private static void putBoard(ObjectNode more, Fields older, Fields board, int place, double gigahashes) {
        if (!older.hasKey(CHIPS)) {
            put(more, "chain_acn" + place, board.number("asic_num"));
        }
        if (!older.hasKey(ERRORS)) {
            put(more, "chain_hw" + place, board.number("hw"));
        }
        if (!older.hasKey(RATES)) {
            put(more, "chain_rate" + place, board.number("rate_real") * gigahashes);
        }
        String serial = board.rawText("sn");
        if (serial != null && !older.hasKey(SERIALS)) {
            more.put("chain_sn" + place, serial);
        }
        for (String sensors :
                older.hasKey(TEMPERATURES) ? List.<String>of() : List.of("temp_chip", "temp_pcb", "temp_pic")) {
            double[] celsius = board.list(sensors);
            if (celsius.length > 0) {
                more.put(sensors + place, joined(celsius));
            }
        }
    }

    /** As the older form has it: {@code 55-57-65-67}. */
    private static String joined(double[] celsius) {
        return Arrays.stream(celsius)
                .limit(MAX_SENSORS)
                .mapToObj(value -> Double.isNaN(value) ? "0" : Long.toString(Math.round(value)))
                .collect(Collectors.joining("-"));
    }

    private static void put(ObjectNode more, String key, double value) {
        if (!Double.isNaN(value)) {
            more.put(key, value);
        }
    }

    /** How many GH/s a unit of the device is; NaN where it is not known. */
    private static double thousands(@Nullable String unit) {
        String first = unit == null || unit.isBlank() ? "G" : unit.strip().substring(0, 1);
        return switch (first) {
            case "G", "g" -> 1;
            case "T", "t" -> 1e3;
            case "M", "m" -> 1e-3;
            default -> Double.NaN;
        };
    }
}
