package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.api.miner.DeviceFault;
import io.minerops.core.device.internal.normalise.Faults;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The faults of an Antminer, where its firmware reports them without a login. */
final class AntminerFaults {
    private static final String FAILURE = "failure";
    private static final Set<String> WELL = Set.of("s", "ok", "success", "normal");

    private AntminerFaults() {}

    /** Those that any of its replies reports; null where none says whether there are any. */
    static @Nullable List<DeviceFault> of(DeviceReplies replies, Instant readAt) {
        Faults faults = new Faults(readAt);
        boolean reported = newApi(replies.section(Command.SUMMARY_NEW).rows("status"), faults);
        reported |= vnish(replies.section(Command.VNISH_STATUS), faults);
        return reported ? faults.list() : null;
    }

    /** One entry for each part that is watched, such as the rate or the fans, and {@code s} where it is well. */
    private static boolean newApi(List<Fields> parts, Faults faults) {
        for (Fields part : parts) {
            String state = part.text("status");
            String type = part.text("type");
            if (state != null && !WELL.contains(state.toLowerCase(Locale.ROOT))) {
                String code = part.text("code");
                boolean numbered = code != null && Faults.isFault(code) && !faults.has(code);
                String text = part.text("msg");
                boolean named = numbered && type != null;
                faults.add(numbered ? code : type, named ? type + (text == null ? "" : ": " + text) : text);
            }
        }
        return !parts.isEmpty();
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
