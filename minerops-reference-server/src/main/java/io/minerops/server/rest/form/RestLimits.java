package io.minerops.server.rest.form;

import java.time.Duration;

/** Defaults and limits of requests that are of this interface alone; those of the library stand in the library. */
public final class RestLimits {
    /** The maximum of a field in minutes: 366 days. */
    public static final double MAX_MINUTES = 366 * 24 * 60;

    /** The maximum age of a fresh sample, where a request gives none. */
    public static final Duration DEFAULT_FRESH = Duration.ofMinutes(30);

    /** The length of a trend, where a request gives none. */
    public static final double DEFAULT_TREND_HOURS = 24;

    /** The maximum length of a trend. */
    public static final double MAX_TREND_HOURS = 7 * 24;

    /** The points of a trend, where a request gives none. */
    public static final int DEFAULT_TREND_POINTS = 24;

    /** The length of the history of a backtest, where a request gives none. */
    public static final double DEFAULT_BACKTEST_HOURS = 7 * 24;

    /** The maximum length of the history of a backtest. */
    public static final double MAX_BACKTEST_HOURS = 90 * 24;

    /** The maximum time between two checks of a backtest. */
    public static final double MAX_CHECK_INTERVAL_S = 86_400;

    /** The length of the history of profit, where a request gives none. */
    public static final int DEFAULT_PROFIT_DAYS = 7;

    /** The maximum length of the history of profit, and the maximum age of an active miner. */
    public static final int MAX_PROFIT_DAYS = 90;

    /** The maximum age of an active miner, where a request gives none. */
    public static final double DEFAULT_ACTIVE_HOURS = 1;

    private RestLimits() {}
}
