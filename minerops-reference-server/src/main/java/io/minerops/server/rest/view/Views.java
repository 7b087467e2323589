package io.minerops.server.rest.view;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Silence;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.event.Event;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.core.job.JobStatus;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.server.http.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How records are shown: every field by hand, in the order and by the names that the interface promises.
 *
 * @param names how miners are named
 */
public record Views(MinerNames names) {
    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double MILLIS_PER_HOUR = 3_600_000;

    public JsonObject alert(Alert alert) {
        AlertCost cost = alert.cost();
        return JsonObject.object()
                .whole("id", alert.id())
                .time("created_at", alert.createdAt())
                .time("updated_at", alert.updatedAt())
                .whole("rule_id", alert.ruleId())
                .text("rule_name", alert.ruleName())
                .text("miner_ip", names.ofNullable(alert.miner()))
                .text("alert_type", alert.type().key())
                .text("severity", alert.severity().key())
                .text("status", alert.status().key())
                .flag("silenced", alert.silenced())
                .text("message", alert.message())
                .numbers("details", alert.details())
                .time("acknowledged_at", alert.acknowledgedAt())
                .text("acknowledged_by", alert.acknowledgedBy())
                .time("resolved_at", alert.resolvedAt())
                .text("resolution_note", alert.resolutionNote())
                .time("notified_at", alert.notifiedAt())
                .text("notification_status", Choices.key(alert.notificationStatus()))
                .number("cost_usd", cost == null ? null : cost.usd())
                .time("cost_since", cost == null ? null : cost.since())
                .number("cost_hours", cost == null ? null : cost.counted().toMillis() / MILLIS_PER_HOUR)
                .text("cost_basis", cost == null ? null : cost.basis().key())
                .flag("cost_complete", cost == null ? null : cost.complete());
    }

    public JsonObject silence(Silence silence, Instant now) {
        return JsonObject.object()
                .whole("id", silence.id())
                .time("created_at", silence.createdAt())
                .time("starts_at", silence.startsAt())
                .time("ends_at", silence.endsAt())
                .text("state", silence.isActive(now) ? "active" : now.isBefore(silence.startsAt()) ? "to_come" : "over")
                .text("miner_ip", names.ofNullable(silence.miner()))
                .text("tag", silence.tag())
                .text("model_filter", silence.modelFilter())
                .whole("rule_id", silence.ruleId())
                .text("author", silence.author())
                .text("comment", silence.comment());
    }

    public JsonObject rule(AlertRule rule) {
        var webhook = rule.webhook();
        return JsonObject.object()
                .whole("id", rule.id())
                .time("created_at", rule.createdAt())
                .time("updated_at", rule.updatedAt())
                .text("name", rule.name())
                .text("description", rule.description())
                .text("rule_type", rule.type().key())
                .flag("enabled", rule.enabled())
                .numbers("thresholds", rule.thresholds().asMap())
                .object("options", options(rule))
                .text("severity", rule.severity().key())
                .number("cooldown_minutes", rule.cooldown().toMillis() / MILLIS_PER_MINUTE)
                .flag("notify_email", rule.notifyEmail())
                .flag("notify_webhook", rule.notifyWebhook())
                .text("webhook_url", webhook == null ? null : webhook.masked())
                .text("webhook_format", (webhook == null ? WebhookFormat.GENERIC : webhook.format()).key())
                .texts("channels", rule.channels())
                .text("miner_ip", names.ofNullable(rule.miner()))
                .text("model_filter", rule.modelFilter())
                .texts("tags_filter", rule.tagsFilter());
    }

    private static JsonObject options(AlertRule rule) {
        JsonObject options = JsonObject.object();
        rule.options().forEach(options::texts);
        return options;
    }

    /** What a miner or the fleet earns. */
    public JsonObject profitability(ProfitabilitySnapshot snapshot) {
        Profitability figures = snapshot.profitability();
        return JsonObject.object()
                .time("timestamp", snapshot.at())
                .text("miner_ip", names.ofNullable(snapshot.miner()))
                .whole("miner_count", snapshot.minerCount())
                .number("btc_price_usd", figures.btcPriceUsd())
                .number("network_difficulty", figures.networkDifficulty())
                .number("hashrate_ths", figures.hashrateThs())
                .number("power_w", figures.powerW())
                .number("power_cost_usd_per_kwh", figures.powerCostUsdPerKwh())
                .number("daily_power_kwh", figures.dailyPowerKwh())
                .number("daily_power_cost_usd", figures.dailyPowerCostUsd())
                .number("estimated_btc_per_day", figures.estimatedBtcPerDay())
                .number("estimated_revenue_usd_per_day", figures.estimatedRevenueUsdPerDay())
                .number("daily_profit_usd", figures.dailyProfitUsd())
                .number("profit_margin_pct", figures.profitMarginPct())
                .number("break_even_btc_price", figures.breakEvenBtcPrice())
                .number("efficiency_j_per_th", figures.efficiencyJPerTh())
                .number("hashprice_usd_per_ph_day", figures.hashpriceUsdPerPhDay())
                .number("monthly_profit_usd", figures.monthlyProfitUsd())
                .number("yearly_profit_usd", figures.yearlyProfitUsd())
                .number("monthly_btc", figures.monthlyBtc())
                .number("yearly_btc", figures.yearlyBtc())
                .flag("power_estimated", snapshot.powerEstimated());
    }

    /** What a block brings, and where height and fees are from. */
    public static JsonObject blockReward(BlockReward reward) {
        return JsonObject.object()
                .whole("height", reward.height())
                .text("height_source", reward.heightSource())
                .number("subsidy_btc", reward.subsidyBtc())
                .number("fees_btc", reward.feesBtc())
                .text("fees_source", reward.feesSource());
    }

    /** What of the work is paid for, and what of it was assumed. */
    public static JsonObject payout(FleetProfitability figures) {
        FleetProfitability.Payout payout = figures.payout();
        boolean measured = payout.terms().rejectedPct() == null;
        return JsonObject.object()
                .text("scheme", payout.terms().scheme().key())
                .number("pool_fee_pct", payout.terms().poolFeePct())
                .flag("fees_paid", payout.terms().scheme().paysFees())
                .number("rejected_pct", payout.rejectedPct())
                .text("rejected_source", measured ? "measured" : "setting")
                .whole("rejected_miner_count", payout.rejectedMiners())
                .number("uptime_pct", payout.terms().uptimePct())
                .text("uptime_source", "setting")
                .text("hashrate", figures.hashrateInput().name().toLowerCase(Locale.ROOT))
                .whole("counted_as_claimed", figures.countedAsClaimed());
    }

    public JsonObject miner(Miner miner) {
        return JsonObject.object()
                .text("miner_ip", names.of(miner.address()))
                .text("hostname", miner.hostname())
                .text("vendor", miner.vendor())
                .text("model", miner.model())
                .text("firmware_version", miner.firmwareVersion())
                .text("mac", miner.mac())
                .text("serial", miner.serial())
                .text("location", miner.location())
                .text("site", miner.site())
                .text("owner", miner.owner())
                .texts("tags", miner.tags())
                .number("nominal_ths", miner.nominalThs())
                .number("nominal_efficiency_j_per_th", miner.nominalEfficiencyJPerTh())
                .number("power_cap_w", miner.powerCapW())
                .number("power_price_usd_per_kwh", miner.powerPriceUsdPerKwh())
                .text("notes", miner.notes())
                .time("registered_at", miner.registeredAt());
    }

    public JsonObject sample(Instant at, MetricSample sample) {
        JsonObject view = JsonObject.object()
                .time("timestamp", at)
                .text("miner_ip", names.of(sample.miner()))
                .text("state", sample.state().key())
                .flag("power_estimated", sample.powerEstimated());
        Reading.all().forEach(reading -> view.number(reading.key(), sample.value(reading)));
        Pool pool = sample.pool();
        return view.text("pool_url", pool == null ? null : pool.url())
                .text("pool_worker", pool == null ? null : pool.worker());
    }

    /** A message and what became of it. */
    public JsonObject notification(OutboxEntry entry) {
        boolean pending = entry.status() == OutboxEntry.Status.PENDING;
        return JsonObject.object()
                .whole("id", entry.id())
                .time("created_at", entry.createdAt())
                .text("kind", entry.kind().key())
                .whole("alert_id", entry.alert().id())
                .text("rule_name", entry.alert().ruleName())
                .text("miner_ip", names.ofNullable(entry.alert().miner()))
                .text("alert_type", entry.alert().type().key())
                .text("severity", entry.alert().severity().key())
                .text("channel", entry.destination().channel())
                .text("destination", entry.destination().toString())
                .text("status", entry.status().key())
                .whole("attempts", entry.attempts())
                .text("last_error", entry.lastError())
                .time("next_attempt_at", pending ? entry.nextAttemptAt() : null)
                .time("sent_at", entry.sentAt());
    }

    /** What a miner reports of itself, with the time for which it held. */
    public JsonObject fact(Fact fact) {
        return JsonObject.object()
                .text("miner_ip", names.of(fact.miner()))
                .text("kind", fact.kind().key())
                .whole("slot", slot(fact.slot()))
                .text("value", fact.value())
                .text("previous", fact.previous())
                .time("from", fact.from())
                .time("until", fact.until())
                .flag("announced", fact.announced());
    }

    /** A fault that a miner reported, with the time for which it held. */
    public JsonObject fault(Fact fault) {
        return JsonObject.object()
                .text("miner_ip", names.of(fault.miner()))
                .text("code", fault.value())
                .text("message", fault.message())
                .whole("slot", slot(fault.slot()))
                .time("from", fault.from())
                .time("until", fault.until());
    }

    private static @Nullable Long slot(@Nullable Integer slot) {
        return slot == null ? null : slot.longValue();
    }

    public JsonObject event(Event event) {
        return JsonObject.object()
                .whole("id", event.id())
                .time("timestamp", event.at())
                .text("level", Choices.key(event.level()))
                .text("source", event.source())
                .text("miner_ip", names.ofNullable(event.miner()))
                .text("message", event.message());
    }

    public JsonObject job(JobStatus job) {
        return JsonObject.object()
                .text("name", job.name())
                .flag("running", job.running())
                .time("last_run", job.lastRun())
                .number("last_duration_s", seconds(job.lastDuration()))
                .text("last_error", job.lastError())
                .time("last_error_at", job.lastErrorAt())
                .time("last_success_at", job.lastSuccessAt())
                .time("next_run", job.nextRun())
                .whole("runs", job.runs())
                .whole("failures", job.failures())
                .whole("failures_in_row", job.failuresInRow());
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / MILLIS_PER_SECOND;
    }
}
