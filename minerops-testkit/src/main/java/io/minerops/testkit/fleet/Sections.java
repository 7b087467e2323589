package io.minerops.testkit.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.miner.WorkState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The data of replies, in the fields and units that Antminers use: GH/s per device, MH/s per board. */
final class Sections {
    /** An S9 numbers its boards and fans from here on; the places before are empty. */
    private static final int S9_FIRST_CHAIN = 6;

    private static final int S9_FIRST_FAN = 5;
    private static final int S9_FAN_SLOTS = 8;
    private static final int BOARD_BELOW_CHIP_C = 12;
    private static final int MODE_NORMAL = 0;
    private static final int MODE_ASLEEP = 254;

    /** How many pools each miner has. */
    static final int POOLS = 2;

    private Sections() {}

    /** The program's own fields: Bitmain calls it BMMiner, VNish does not. */
    static ObjectNode version(Model model, Trouble trouble) {
        boolean old = trouble == Trouble.OLD_FIRMWARE;
        ObjectNode fields = object();
        switch (model.style()) {
            case S9 -> fields.put("BMMiner", "2.0.0").put("Miner", old ? "19.10.1.3" : "30.0.1.3");
            case S19 -> fields.put("BMMiner", "1.0.0").put("Miner", old ? "uart_trans.1.2" : "uart_trans.1.3");
            case LUXOS -> fields.put("LUXminer", old ? "2023.1.9.120000-ab12cd34" : "2024.5.1.155432-ef87f339");
            case VNISH, VNISH_WITHOUT_VERSION -> fields.put("CGMiner", "4.11.1").put("Miner", "0.0.0");
        }
        return fields.put("API", "3.1")
                .put("CompileTime", "Mon Nov 01 00:00:00 UTC " + (model.reportsFaults() ? 2024 : 2021))
                .put("Type", old ? model.type().replaceFirst("Vnish 1\\.2\\.", "Vnish 1.1.") : model.type());
    }

    static ObjectNode summary(Model model, MinerState state) {
        ObjectNode summary = object().put("Elapsed", state.elapsedS());
        putRates(summary, model, state);
        return summary.put("Found Blocks", 0)
                .put("Accepted", state.acceptedShares())
                .put("Rejected", state.rejectedShares())
                .put("Hardware Errors", state.hardwareErrors())
                .put("Utility", rounded(60.0 * state.acceptedShares() / Math.max(1, state.elapsedS())))
                .put("Stale", 0)
                .put("Get Failures", 0)
                .put("Remote Failures", 0)
                .put("Total MH", Math.round(state.averageThs() * 1e6 * state.elapsedS()))
                .put("Difficulty Accepted", (double) state.acceptedShares() * MinerState.SHARE_DIFFICULTY)
                .put("Difficulty Rejected", (double) state.rejectedShares() * MinerState.SHARE_DIFFICULTY)
                .put("Device Hardware%", 0.0)
                .put("Pool Rejected%", 0.2)
                .put("Pool Stale%", 0.0)
                .put("Last getwork", 0);
    }

    static List<ObjectNode> stats(int index, Model model, MinerState state, Trouble trouble) {
        ObjectNode device = object().put("STATS", 0).put("ID", model == Model.S9 ? "BC50" : "BTM_SOC0");
        device.put("Elapsed", state.elapsedS());
        putRates(device, model, state);
        device.put("miner_count", Model.CHAINS);
        putMode(device, model, trouble);
        putFans(device, model, state);
        for (int chain = 0; chain < Model.CHAINS; chain++) {
            putChain(device, model, state, trouble, chain);
            boolean swapped = chain == 1 && trouble == Trouble.SWAPPED_BOARD;
            device.put(
                    "chain_sn" + number(model, chain),
                    "SIM" + (swapped ? "X" : "B") + (1_000_000L * (chain + 1) + index));
        }
        device.put("total_rateideal", rounded(model.nominalThs() * 1e3)).put("rate_unit", "GH");
        return List.of(version(model, trouble), device);
    }

    private static void putRates(ObjectNode fields, Model model, MinerState state) {
        double gigaNow = state.hashrateThs() * 1e3;
        // the old firmware and VNish give the short window as text
        if (model.style() == Model.Style.S19) {
            fields.put("GHS 5s", rounded(gigaNow));
        } else {
            fields.put("GHS 5s", text(gigaNow));
        }
        fields.put("GHS av", rounded(state.averageThs() * 1e3));
    }

    private static void putFans(ObjectNode device, Model model, MinerState state) {
        device.put("fan_num", model.fans());
        boolean s9 = model.style() == Model.Style.S9;
        int first = s9 ? S9_FIRST_FAN : 1;
        int slots = s9 ? S9_FAN_SLOTS : model.fans();
        for (int slot = 1; slot <= slots; slot++) {
            boolean fitted = slot >= first && slot < first + model.fans();
            device.put("fan" + slot, fitted ? state.fanRpm().get(slot - first) : 0);
        }
    }

    private static void putChain(ObjectNode device, Model model, MinerState state, Trouble trouble, int chain) {
        int chip = state.chipTempC().get(chain);
        int board = chip == 0 ? 0 : chip - BOARD_BELOW_CHIP_C;
        int number = number(model, chain);
        device.put("temp" + number, board)
                .put("temp2_" + number, chip)
                .put("chain_acn" + number, MinerState.isDead(chain, trouble) ? 0 : model.chipsPerChain())
                .put("chain_hw" + number, state.hardwareErrors() / Model.CHAINS)
                .put("chain_rate" + number, text(state.chainThs().get(chain) * 1e3))
                .put("chain_rateideal" + number, rounded(model.nominalThs() * 1e3 / Model.CHAINS));
        if (model.style() != Model.Style.S9) {
            device.put("temp_pcb" + number, sensors(board)).put("temp_chip" + number, sensors(chip));
        }
        if (model.measuresPower()) {
            device.put("chain_consumption" + number, state.powerW() / Model.CHAINS)
                    .put("chain_state" + number, chainState(state, trouble));
        }
    }

    private static String chainState(MinerState state, Trouble trouble) {
        return trouble.state() == WorkState.PAUSED
                ? "stopped"
                : trouble.state() == WorkState.TUNING ? "tuning" : state.hashrateThs() > 0 ? "mining" : "initializing";
    }

    /** Bitmain's own firmware has a number for its mode; VNish has a word where it is not simply mining. */
    private static void putMode(ObjectNode device, Model model, Trouble trouble) {
        if (model.style() == Model.Style.S19) {
            device.put("Mode", trouble.state() == WorkState.ASLEEP ? MODE_ASLEEP : MODE_NORMAL);
        } else if (model.reports(trouble.state())) {
            device.put("state", trouble.state() == WorkState.PAUSED ? "stopped" : "auto-tuning");
        }
    }

    /** LuxOS has its curtailment in its configuration. */
    static ObjectNode config(Trouble trouble) {
        return object().put("CurtailMode", trouble.state() == WorkState.ASLEEP ? "Sleep" : "None");
    }

    private static int number(Model model, int chain) {
        return chain + (model.style() == Model.Style.S9 ? S9_FIRST_CHAIN : 1);
    }

    /** What is watched, in the newer form: {@code s} where it is well. */
    static ObjectNode faults(Trouble trouble) {
        ObjectNode summary = object();
        boolean fault = trouble == Trouble.FAULT;
        for (String part : List.of("rate", "network", "fans", "temp")) {
            boolean here = fault && part.equals("fans");
            summary.withArray("status")
                    .addObject()
                    .put("type", part)
                    .put("status", here ? "e" : "s")
                    .put("code", here ? 1_042 : 0)
                    .put("msg", here ? "fan lost" : "");
        }
        return summary;
    }

    /** Four sensors of one board; the hottest is the last. */
    private static String sensors(int hottest) {
        return hottest == 0 ? "0-0-0-0" : (hottest - 1) + "-" + (hottest - 1) + "-" + hottest + "-" + hottest;
    }

    /** The pool in use has the first priority, as CGMiner gives it after a switch. */
    static List<ObjectNode> pools(int index, MinerState state, int inUse, Trouble trouble) {
        String first = trouble == Trouble.HIJACKED_POOL ? "thief.example.net" : "pool.example.com";
        return IntStream.range(0, POOLS)
                .mapToObj(number -> pool(
                                number,
                                number == 0
                                        ? "stratum+tcp://" + first + ":3333"
                                        : "stratum+tcp://backup.example.com:3333",
                                index,
                                number == inUse ? state.acceptedShares() : 0,
                                state)
                        .put("Priority", number == inUse ? 0 : number < inUse ? number + 1 : number)
                        .put("Stratum Active", number == inUse))
                .toList();
    }

    private static ObjectNode pool(int number, String url, int index, long accepted, MinerState state) {
        return object().put("POOL", number)
                .put("URL", url)
                .put("Status", "Alive")
                .put("Priority", number)
                .put("Quota", 1)
                .put("Getworks", accepted / 2)
                .put("Accepted", accepted)
                .put("Rejected", accepted == 0 ? 0 : state.rejectedShares())
                .put("Stale", 0)
                .put("User", "simulated." + index)
                .put("Last Share Time", accepted == 0 ? "0" : clock(state.lastShareAgeS()))
                .put("Diff", accepted == 0 ? "" : "262K")
                .put("Has Stratum", true);
    }

    /** LuxOS alone has a command for its power, which its power supply measures. */
    static ObjectNode power(MinerState state) {
        return object().put("PSU", true).put("Watts", state.powerW());
    }

    static List<ObjectNode> devs(MinerState state) {
        List<ObjectNode> devs = new ArrayList<>();
        IntStream.range(0, Model.CHAINS)
                .forEach(chain -> devs.add(object().put("ASC", chain)
                        .put("Name", "BTM_SOC")
                        .put("ID", chain)
                        .put("Enabled", "Y")
                        .put("Status", "Alive")
                        .put("Temperature", Math.max(0, state.chipTempC().get(chain) - BOARD_BELOW_CHIP_C))
                        .put("MHS av", rounded(state.averageThs() * 1e6 / Model.CHAINS))
                        .put("MHS 5s", rounded(state.chainThs().get(chain) * 1e6))
                        .put("Accepted", state.acceptedShares() / Model.CHAINS)
                        .put("Hardware Errors", state.hardwareErrors() / Model.CHAINS)
                        .put("Device Elapsed", state.elapsedS())));
        return devs;
    }

    private static String clock(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
