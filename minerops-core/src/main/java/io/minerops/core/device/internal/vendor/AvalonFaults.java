package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.DeviceFault;
import io.minerops.core.device.internal.normalise.Faults;
import java.time.Instant;
import java.util.List;
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
        Faults faults = new Faults(readAt);
        boolean reported = false;
        int slot = 0;
        for (BracketedText module : modules) {
            double[] ofModule = module.numbers(OF_MODULE);
            double[] ofBoards = module.numbers(OF_BOARDS);
            double[] ofSupply = nano ? new double[0] : module.numbers(OF_SUPPLY);
            reported |= ofModule.length + ofBoards.length + ofSupply.length > 0;
            for (double code : ofModule) {
                add(faults, code, "Controller (" + OF_MODULE + ")", Double.NaN);
            }
            // boards are numbered over all modules, as they are where their readings are read
            for (double code : ofBoards) {
                add(faults, code, "Hash board (" + OF_BOARDS + ")", slot++);
            }
            if (ofSupply.length > 0) {
                add(faults, ofSupply[0], "Power supply (" + OF_SUPPLY + ")", Double.NaN);
            }
        }
        return reported ? faults.list() : null;
    }

    private static void add(Faults faults, double code, String place, double slot) {
        if (code > 0 && code < MAX_CODE && code == Math.rint(code)) {
            faults.add(Long.toString((long) code), place, null, slot);
        }
    }
}
