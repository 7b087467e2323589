package io.minerops.server.rest.view;

import io.minerops.core.backtest.BacktestReport;
import io.minerops.core.backtest.BacktestReport.BacktestAlert;
import io.minerops.core.backtest.BacktestReport.Candidate;
import io.minerops.server.http.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a backtest is shown.
 *
 * @param names how miners are named
 */
public record BacktestView(MinerNames names) {
    private static final double MILLIS_PER_SECOND = 1_000;

    /** All that a backtest found. */
    public JsonObject of(BacktestReport report) {
        JsonObject byMiner = JsonObject.object();
        report.byMiner().forEach((miner, count) -> byMiner.whole(names.of(miner), count));
        return JsonObject.object()
                .time("first_poll_at", report.firstPoll())
                .time("last_poll_at", report.lastPoll())
                .number("observed_s", seconds(report.observed()))
                .whole("polls", report.polls())
                .whole("samples", report.samples())
                .whole("checks", report.checks())
                .whole("count", report.count())
                .number("alerts_per_week", report.perWeek())
                .number("open_total_s", seconds(report.openTime()))
                .number("longest_s", seconds(report.longest()))
                .number("median_s", seconds(report.median()))
                .object("alerts_by_miner", byMiner)
                .list("alerts", report.alerts(), this::alert)
                .object("suggestion", candidate(report.suggestion()))
                .list("candidates", report.candidates(), BacktestView::candidateView)
                .number("found_usd", report.foundUsd())
                .object("cheapest", candidate(report.cheapest()))
                .texts("warnings", report.warnings());
    }

    private JsonObject alert(BacktestAlert alert) {
        return JsonObject.object()
                .text("miner_ip", names.ofNullable(alert.miner()))
                .time("raised_at", alert.raisedAt())
                .time("ended_at", alert.endedAt())
                .number(
                        "duration_s",
                        alert.endedAt() == null ? null : seconds(Duration.between(alert.raisedAt(), alert.endedAt())))
                .text("severity", alert.severity().key())
                .text("message", alert.message());
    }

    private static @Nullable JsonObject candidate(@Nullable Candidate candidate) {
        return candidate == null ? null : candidateView(candidate);
    }

    private static JsonObject candidateView(Candidate candidate) {
        return JsonObject.object()
                .text("threshold", candidate.threshold())
                .number("value", candidate.value())
                .whole("count", candidate.count())
                .number("alerts_per_week", candidate.perWeek())
                .number("found_usd", candidate.foundUsd());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }
}
