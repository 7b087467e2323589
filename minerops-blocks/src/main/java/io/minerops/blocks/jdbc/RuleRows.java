package io.minerops.blocks.jdbc;

import io.minerops.api.Secret;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.miner.MinerAddress;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A rule, and the webhook of rules and destinations, as columns. */
public final class RuleRows {
    public static final String COLUMNS =
            "id, created_at, updated_at, name, description, type, enabled, thresholds, severity,"
                    + " cooldown_ms, notify_email, notify_webhook, webhook_url, webhook_format, miner, model_filter,"
                    + " tags_filter, options, channels";

    /** How many {@link #COLUMNS} there are. */
    public static final int COUNT = COLUMNS.split(",", -1).length;

    private RuleRows() {}

    public static Binder bind(Binder row, AlertRule rule) throws SQLException {
        MinerAddress miner = rule.miner();
        row.number(rule.id())
                .time(rule.createdAt())
                .time(rule.updatedAt())
                .text(rule.name())
                .text(rule.description())
                .text(rule.type().key())
                .flag(rule.enabled())
                .text(LineCodec.of(rule.thresholds().asMap()))
                .text(rule.severity().key())
                .number(rule.cooldown().toMillis())
                .flag(rule.notifyEmail())
                .flag(rule.notifyWebhook());
        bind(row, rule.webhook());
        return row.text(miner == null ? null : miner.toString())
                .text(rule.modelFilter())
                .text(LineCodec.of(rule.tagsFilter()))
                .text(LineCodec.ofWords(rule.options()))
                .text(LineCodec.of(rule.channels()));
    }

    public static AlertRule read(Row row) throws SQLException {
        AlertRule.Builder rule = AlertRule.builder("?", RuleType.OFFLINE)
                .id(row.number())
                .createdAt(row.time())
                .updatedAt(row.time())
                .name(row.text())
                .description(row.textOrNull())
                .type(new RuleType(row.text()))
                .enabled(row.flag())
                .thresholds(Thresholds.of(LineCodec.numbers(row.text())))
                .severity(EnumCodec.read(Severity.class, row.text()))
                .cooldown(Duration.ofMillis(row.number()))
                .notifyEmail(row.flag())
                .notifyWebhook(row.flag())
                .webhook(webhook(row))
                .miner(miner(row.textOrNull()))
                .modelFilter(row.textOrNull())
                .tagsFilter(LineCodec.list(row.text()))
                .options(LineCodec.words(row.text()))
                .channels(LineCodec.list(row.text()));
        return rule.build();
    }

    /** Two columns: the address and the format. */
    public static Binder bind(Binder row, @Nullable Webhook webhook) throws SQLException {
        return row.text(webhook == null ? null : webhook.url().reveal())
                .text(webhook == null ? null : webhook.format().key());
    }

    public static @Nullable Webhook webhook(Row row) throws SQLException {
        String url = row.textOrNull();
        String format = row.textOrNull();
        return url == null || format == null
                ? null
                : new Webhook(Secret.of(url), EnumCodec.read(WebhookFormat.class, format));
    }

    public static @Nullable MinerAddress miner(@Nullable String address) {
        return address == null ? null : MinerAddress.parse(address);
    }
}
