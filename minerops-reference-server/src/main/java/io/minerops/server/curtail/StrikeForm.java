package io.minerops.server.curtail;

import io.minerops.core.curtail.StrikeTrial;
import io.minerops.server.http.Query;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A strike price to try, from a query.
 *
 * @param strikeUsdPerMwh the strike price
 * @param days how far back
 * @param times minimum run time, minimum stop time and restart
 * @param idleW what a stopped miner draws
 * @param grid the first and the last of the other strike prices
 * @param count how many others
 */
record StrikeForm(
        double strikeUsdPerMwh, double days, List<Duration> times, double idleW, List<Double> grid, int count) {
    static final String[] NAMES = {
        "strike_usd_per_mwh",
        "days",
        "min_run_minutes",
        "min_stop_minutes",
        "restart_minutes",
        "idle_w",
        "grid_from_usd_per_mwh",
        "grid_to_usd_per_mwh",
        "grid_count"
    };

    static final double DEFAULT_STRIKE = 100;
    static final double DEFAULT_DAYS = 30;
    static final double MAX_DAYS = 3_650;
    static final double DEFAULT_GRID_TO = 200;
    static final int DEFAULT_GRID_COUNT = 21;

    private static final double MIN_DAYS = 0.05;
    private static final double MIN_STRIKE = -1_000;
    private static final double SECONDS_PER_DAY = 86_400;

    /** Reads a query; what is wrong with it is answered with 400. */
    static StrikeForm read(Query query) {
        StrikeForm form = new StrikeForm(
                or(query.number("strike_usd_per_mwh", MIN_STRIKE, StrikeTrial.MAX_USD_PER_MWH), DEFAULT_STRIKE),
                or(query.number("days", MIN_DAYS, MAX_DAYS), DEFAULT_DAYS),
                List.of(
                        minutes(query, "min_run_minutes"),
                        minutes(query, "min_stop_minutes"),
                        minutes(query, "restart_minutes")),
                or(query.number("idle_w", 0, PlanForm.MAX_IDLE_W), 0),
                List.of(
                        or(query.number("grid_from_usd_per_mwh", MIN_STRIKE, StrikeTrial.MAX_USD_PER_MWH), 0),
                        or(
                                query.number("grid_to_usd_per_mwh", MIN_STRIKE, StrikeTrial.MAX_USD_PER_MWH),
                                DEFAULT_GRID_TO)),
                count(query.whole("grid_count", 0, StrikeTrial.MAX_OTHERS)));
        query.check();
        return form;
    }

    private static Duration minutes(Query query, String name) {
        return Duration.ofSeconds(Math.round(or(query.number(name, 0, PlanForm.MAX_MINUTES), 0) * 60));
    }

    private static double or(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }

    private static int count(@Nullable Integer value) {
        return value == null ? DEFAULT_GRID_COUNT : value;
    }

    /** How far back. */
    Duration back() {
        return Duration.ofSeconds(Math.round(days * SECONDS_PER_DAY));
    }

    /** The strike price to try, and the others at equal distances. */
    StrikeTrial trial() {
        double from = grid.get(0);
        double distance = count > 1 ? (grid.get(1) - from) / (count - 1) : 0;
        List<Double> others =
                IntStream.range(0, count).mapToObj(i -> from + i * distance).toList();
        return new StrikeTrial(strikeUsdPerMwh, times.get(0), times.get(1), times.get(2), idleW, others);
    }
}
