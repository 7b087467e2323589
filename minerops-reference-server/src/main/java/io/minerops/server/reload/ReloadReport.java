package io.minerops.server.reload;

import io.minerops.rules.RulePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reload changed.
 *
 * @param rules what was done to the rules; null where no file of rules is set
 * @param warnings what of the rules can hardly be meant
 * @param channels the channels that messages go out on now
 * @param takenUp the names of settings that changed and hold now
 * @param waiting the names of settings that differ from those of the start and need a new one
 */
public record ReloadReport(
        @Nullable RulePlan rules,
        List<String> warnings,
        List<String> channels,
        List<String> takenUp,
        List<String> waiting) {
    /** Copies the lists. */
    public ReloadReport {
        warnings = List.copyOf(warnings);
        channels = List.copyOf(channels);
        takenUp = List.copyOf(takenUp);
        waiting = List.copyOf(waiting);
    }

    /** All of it in one line. */
    String summary() {
        String line = (rules == null ? "no file of rules" : "rules: " + rules.summary())
                + (takenUp.isEmpty() ? "" : "; taken up: " + String.join(", ", takenUp));
        return waiting.isEmpty() ? line : line + "; needs a new start: " + String.join(", ", waiting);
    }
}
