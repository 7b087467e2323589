package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.DeviceFault;
import io.minerops.core.device.internal.normalise.Faults;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The error numbers of an Avalon: one of each module, one of each of its hash boards, and that of its power supply, which
 * is the first of its fields. A number is a set of bits whose meaning depends on the model.
 */
final class AvalonFaults {
    private static final String OF_MODULE = "ECMM";
    private static final String OF_BOARDS = "ECHU";
    private static final String OF_SUPPLY = "PS";
    private static final double MAX_CODE = 1L << 53;

    private AvalonFaults() {}

    /**
     * Those of all modules; null where none gives an error number.
     *
     * @param nano whether it is a model whose power supply has other fields
     */
    static @Nullable List<DeviceFault> of(List<BracketedText> modules, boolean nano, Instant readAt) {
        Map<String, String> places = new LinkedHashMap<>();
        boolean reported = false;
        for (BracketedText module : modules) {
            double[] ofModule = module.numbers(OF_MODULE);
            double[] ofBoards = module.numbers(OF_BOARDS);
            double[] ofSupply = nano ? new double[0] : module.numbers(OF_SUPPLY);
            reported |= ofModule.length + ofBoards.length + ofSupply.length > 0;
            for (double code : ofModule) {
                add(places, code, "Controller (" + OF_MODULE + ")");
            }
            for (int board = 0; board < ofBoards.length; board++) {
                add(places, ofBoards[board], "Hash board " + board + " (" + OF_BOARDS + ")");
            }
            if (ofSupply.length > 0) {
                add(places, ofSupply[0], "Power supply (" + OF_SUPPLY + ")");
            }
        }
        if (!reported) {
            return null;
        }
        Faults faults = new Faults(readAt);
        places.forEach(faults::add);
        return faults.list();
    }

    private static void add(Map<String, String> places, double code, String place) {
        if (code > 0 && code < MAX_CODE && code == Math.rint(code) && places.size() < DeviceFault.MAX_FAULTS) {
            places.merge(Long.toString((long) code), place, (one, other) -> one + ", " + other);
        }
    }
}
