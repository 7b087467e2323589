package io.minerops.server.statement;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.core.statement.StatementPeriod;
import io.minerops.core.statement.StatementRequest;
import io.minerops.server.rest.view.MinerNames;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which statement a query or a command line wants. */
final class StatementChoice {
    static final Map<String, StatementPeriod.Kind> KINDS = new LinkedHashMap<>();
    static final Map<String, StatementRequest.By> GROUPS = new LinkedHashMap<>();
    private static final int MAX_NAME = 256;

    static {
        for (StatementPeriod.Kind kind : StatementPeriod.Kind.values()) {
            KINDS.put(kind.key(), kind);
        }
        for (StatementRequest.By by : StatementRequest.By.values()) {
            GROUPS.put(by.key(), by);
        }
    }

    private StatementChoice() {}

    /**
     * The zone of that id.
     *
     * @throws InvalidArgumentException ({@code zone}) if there is none
     */
    static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            InvalidArgumentException refused = new InvalidArgumentException(
                    "zone", "zone must be a time zone such as Europe/Berlin or UTC, not " + Check.quote(id));
            refused.initCause(e);
            throw refused;
        }
    }

    /**
     * The period of that name: of the kind that is given, else of the kind that the name is written as; without a name the
     * last one that is over; without either the last month.
     *
     * @throws InvalidArgumentException ({@code of}) if the name is of no such period
     */
    static StatementPeriod period(StatementPeriod.@Nullable Kind kind, @Nullable String of, ZoneId zone, Instant now) {
        if (of == null) {
            return StatementPeriod.containing(kind == null ? StatementPeriod.Kind.MONTH : kind, now, zone)
                    .previous();
        }
        if (kind != null) {
            return StatementPeriod.parse(kind, of, zone);
        }
        for (StatementPeriod.Kind each : StatementPeriod.Kind.values()) {
            if (of.length() == each.example().length()
                    && (of.indexOf('W') >= 0) == (each.example().indexOf('W') >= 0)) {
                return StatementPeriod.parse(each, of, zone);
            }
        }
        throw new InvalidArgumentException(
                "of",
                "of must be a day (2026-10-25), week (2026-W43), month (2026-10) or year (2026), not "
                        + Check.quote(of));
    }

    /**
     * A group's name as the library has it.
     *
     * @throws InvalidArgumentException ({@code name}) if it is no name
     */
    static String name(String name, StatementRequest.@Nullable By by, MinerNames names) {
        Check.text("name", name, MAX_NAME);
        return by == StatementRequest.By.MINER ? names.parse(name).toString() : name;
    }
}
