package io.minerops.server.rest.form;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Silence;
import io.minerops.api.internal.Check;
import io.minerops.server.http.Fields;
import io.minerops.server.http.Timestamps;
import io.minerops.server.rest.view.MinerNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a silence from a body.
 *
 * @param names how miners are named
 */
public record SilenceForm(MinerNames names) {
    /** The fields that a body may have. */
    public static final List<String> FIELDS = List.of(
            "miner_ip",
            "tag",
            "model_filter",
            "rule_id",
            "starts_at",
            "ends_at",
            "duration_minutes",
            "author",
            "comment");

    private static final double MILLIS_PER_MINUTE = 60_000;

    /** The silence that a body describes; it starts now by default, and has an end or a duration. */
    public Silence read(Fields body, Instant now) {
        Instant[] times = {now, null};
        Double[] minutes = {null};
        body.textAs("starts_at", text -> Timestamps.parse("starts_at", text), at -> times[0] = at == null ? now : at);
        body.textAs("ends_at", text -> Timestamps.parse("ends_at", text), at -> times[1] = at);
        body.number(
                "duration_minutes",
                value -> minutes[0] = value == null
                        ? null
                        : Double.valueOf(Check.between("duration_minutes", value, 0.001, RestLimits.MAX_MINUTES)));
        body.check();
        Silence.Builder silence = Silence.builder(times[0], end(body, times[0], times[1], minutes[0]));
        body.textAs("miner_ip", names::parse, silence::miner);
        body.text("tag", silence::tag);
        body.text("model_filter", silence::modelFilter);
        body.number("rule_id", id -> silence.ruleId(id == null ? null : wholeId(id)));
        body.text("author", silence::author);
        body.text("comment", silence::comment);
        body.check();
        return silence.build();
    }

    private static Instant end(Fields body, Instant startsAt, @Nullable Instant endsAt, @Nullable Double minutes) {
        if ((endsAt == null) == (minutes == null)) {
            body.problem("ends_at", "either ends_at or duration_minutes must be given");
            body.check();
        }
        return endsAt != null
                ? endsAt
                : startsAt.plus(Duration.ofMillis(Math.round((minutes == null ? 0 : minutes) * MILLIS_PER_MINUTE)));
    }

    private static Long wholeId(double id) {
        if (id != Math.rint(id) || id < 1 || id > Long.MAX_VALUE / 2.0) {
            throw new InvalidArgumentException("rule_id", "rule_id must be a whole number from 1, not " + id);
        }
        return (long) id;
    }
}
