package io.minerops.core.cgminer;

import io.minerops.api.miner.DeviceFault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults of an Antminer, where its firmware reports them without a login. */
final class AntminerFaults {
    private static final String FAILURE = "failure";

    private AntminerFaults() {}

    /** Those that any of its replies reports; null where none says whether there are any. */
    static @Nullable List<DeviceFault> of(DeviceReplies replies, Instant readAt) {
        Faults faults = new Faults(readAt);
        boolean told = vnish(replies.section(Command.VNISH_STATUS), faults);
        return told ? faults.list() : null;
    }

    private static boolean vnish(Fields status, Faults faults) {
        String state = status.text("miner_state");
        if (FAILURE.equalsIgnoreCase(state)) {
            String code = status.text("failure_code");
            faults.add(Faults.isFault(code) ? code : FAILURE, status.text("description"));
        }
        return state != null;
    }
}
