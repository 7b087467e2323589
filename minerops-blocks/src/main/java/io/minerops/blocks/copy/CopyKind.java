package io.minerops.blocks.copy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A kind of rows that every store keeps, in the order in which they are copied: rows come after those that they refer to.
 * Numbers are whole or with fraction as in the store's own table; times are ms since the epoch.
 */
public enum CopyKind {
    /** Numbers of addresses. */
    ADDRESSES("id", "address"),
    /** Numbers of pools. */
    POOLS("id", "url, worker"),
    /** Numbers of readings. */
    READINGS("id", "key"),
    /** The registry. */
    MINERS(
            "miner",
            "hostname, vendor, model, firmware_version, mac, location, tags, nominal_ths, nominal_efficiency_j_per_th,"
                    + " power_cap_w, power_price_usd_per_kwh, notes, registered_at, serial, hostname_given, site, owner"),
    /** Moves from one address to another. */
    MOVES("number", "from_address, to_address"),
    /** Rules. */
    RULES(
            "id",
            "created_at, updated_at, name, description, type, enabled, thresholds, severity, cooldown_ms, notify_email,"
                    + " notify_webhook, webhook_url, webhook_format, miner, model_filter, tags_filter, options, channels"),
    /** Silences. */
    SILENCES("id", "created_at, starts_at, ends_at, miner, tag, model_filter, rule_id, author, comment"),
    /** Alerts, open ones and those of the past. */
    ALERTS(
            "id",
            "created_at, updated_at, rule_id, rule_name, miner, type, severity, status, silenced, message, details,"
                    + " acknowledged_at, acknowledged_by, resolved_at, resolution_note, notified_at,"
                    + " notification_status, cost_usd, cost_since, cost_counted_ms, cost_basis, cost_complete"),
    /** What alerts cost on each day. */
    ALERT_COSTS("alert_id, day", "usd, billed_usd, counted_ms"),
    /** Who received the message of an alert's beginning. */
    ALERT_DESTINATIONS("id", "alert_id, channel, webhook_url, webhook_format"),
    /** What the engine remembers of rules and miners. */
    CONDITIONS("rule_id, miner", "pending_since, clear_since, raised_at, reminded_at, recent_raises, escalations"),
    /** Learned hashrates. */
    BASELINES("miner", "samples, mean_ths, learned_at"),
    /** Events. */
    EVENTS("id", "at, level, source, miner, message"),
    /** Facts with dates, faults among them. */
    FACTS("id", "miner, kind, slot, value, previous, message, began, ended, announced"),
    /** Hash boards. */
    BOARDS("miner, at, slot", "serial, readings"),
    /** Profitability; miner 0 is the fleet. */
    SNAPSHOTS(
            "at, miner",
            "miner_count, power_estimated, btc_price_usd, network_difficulty, hashrate_ths, power_w,"
                    + " power_cost_usd_per_kwh, daily_power_kwh, daily_power_cost_usd, estimated_btc_per_day,"
                    + " estimated_revenue_usd_per_day, daily_profit_usd, profit_margin_pct, break_even_btc_price,"
                    + " efficiency_j_per_th, hashprice_usd_per_ph_day"),
    /** The latest sample of each miner, as a frame of one row. */
    LATEST("miner", "written, poll_at, data"),
    /** Polls that are not sealed, as frames: one for each time. */
    TICKS("at", "written, data"),
    /** Sealed blocks, byte by byte. */
    BLOCKS("hour, miner", "data"),
    /** Roll-ups of hours. */
    ROLLUP_HOUR("hour, slice", "data"),
    /** Roll-ups of days. */
    ROLLUP_DAY("day, slice", "data");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> key;

    @SuppressWarnings("ImmutableEnumChecker") // made by Stream.toList
    private final List<String> columns;

    CopyKind(String key, String others) {
        this.key = List.of(key.split(", "));
        columns =
                Stream.concat(this.key.stream(), Stream.of(others.split(", "))).toList();
    }

    /** The table's name in every store. */
    public String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The columns by which rows are ordered and found; whole numbers, none below -1. */
    public List<String> key() {
        return key;
    }

    /** All columns, those of the key first. */
    public List<String> columns() {
        return columns;
    }

    /** The rows behind a key in the order of their keys, where the table has exactly these columns. */
    public String select() {
        String keys = String.join(", ", key);
        return "SELECT " + String.join(", ", columns) + " FROM " + table() + " WHERE (" + keys + ") > ("
                + String.join(", ", key.stream().map(name -> "?").toList()) + ") ORDER BY " + keys;
    }

    /** Adds a row, where the table has these columns. */
    public String insert() {
        return "INSERT INTO " + table() + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", columns.stream().map(name -> "?").toList()) + ")";
    }
}
