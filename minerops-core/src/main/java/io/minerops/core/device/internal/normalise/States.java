package io.minerops.core.device.internal.normalise;

import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.wire.Spelling;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words that firmwares have for what a device is doing. */
public final class States {
    private static final Map<String, WorkState> BY_WORD = Stream.of(
                    Map.entry(
                            WorkState.MINING,
                            "mining work working running hashing normal active degradedmining inwork"),
                    Map.entry(WorkState.IDLE, "idle idling inidle waiting nopools nopool nowork"),
                    Map.entry(
                            WorkState.PAUSED,
                            "paused pause stopped stop stopping shuttingdown poweringoff suspended userstopped"),
                    Map.entry(
                            WorkState.ASLEEP, "sleep sleeping asleep standby curtailed curtail off poweroff shutdown"),
                    Map.entry(
                            WorkState.TUNING,
                            "tuning autotuning autotune starting start initializing initialising restarting ramping"
                                    + " calibrating selftest poweringon uninitialized booting preheating"),
                    Map.entry(WorkState.FAULT, "failure failed fail error fault overheat overheated"))
            .flatMap(entry -> Stream.of(entry.getValue().split(" ")).map(word -> Map.entry(word, entry.getKey())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private States() {}

    /** The state that a word stands for, whatever its case and what parts it; unknown where it is not known. */
    public static WorkState ofWord(@Nullable String word) {
        return word == null || word.length() > 64
                ? WorkState.UNKNOWN
                : BY_WORD.getOrDefault(Spelling.of(word.strip()), WorkState.UNKNOWN);
    }

    /** Asleep where the device says that it is switched off. */
    public static WorkState asleepIf(boolean off) {
        return off ? WorkState.ASLEEP : WorkState.UNKNOWN;
    }
}
