package io.minerops.server.config;

import io.minerops.api.Secret;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Webhook;
import io.minerops.api.profit.Tariff;
import io.minerops.core.curtail.CurtailmentLimits;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.profit.HashrateInput;
import io.minerops.core.profit.PayoutTerms;
import io.minerops.notify.mail.SmtpSecurity;
import io.minerops.notify.webhook.WebhookTargets;
import io.minerops.server.remotewrite.RemoteWriteTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, read and checked. Secrets are {@link Secret}s, so that printing it shows none.
 *
 * @param http where and for whom the server listens
 * @param database the SQLite file
 * @param jobs how often what is done
 * @param miners where miners are and how long one exchange may last
 * @param ruleDefaults the limits of the default rules
 * @param rulesFile rules that are applied at the start; null for none
 * @param mail where mail is handed in; null where none is sent
 * @param webhookTargets which hosts webhooks may reach
 * @param webhookChannels the channels that rules can name beside e-mail, each with a name of its own
 * @param escalation recipients of unacknowledged alerts; null for the recipients of the first message
 * @param economics what energy and the pool cost
 * @param statements time zone and recipients of statements
 * @param market sources of prices and difficulty
 * @param retention how long history is kept
 * @param backups scheduled backups of the database; null for none
 * @param remoteWrite where the samples of each poll are sent; null for nowhere
 * @param curtailment where curtailment plans are sent, and their limits; null for nowhere
 * @param certificateKey the file of the key that signs certificates
 * @param logs how the server logs
 * @param maxEventStreams maximum event streams
 * @param maxEventStreamsPerClient how many of these streams one client address may have
 */
public record ServerConfig(
        HttpConfig http,
        DatabaseConfig database,
        Jobs jobs,
        Miners miners,
        RuleDefaults ruleDefaults,
        @Nullable Path rulesFile,
        @Nullable Mail mail,
        WebhookTargets webhookTargets,
        List<NamedWebhook> webhookChannels,
        @Nullable Webhook escalation,
        Economics economics,
        Statements statements,
        MarketConfig market,
        Retention retention,
        @Nullable Backups backups,
        @Nullable RemoteWriteTarget remoteWrite,
        @Nullable Curtailment curtailment,
        Path certificateKey,
        Logs logs,
        int maxEventStreams,
        int maxEventStreamsPerClient) {

    /** How often what is done. */
    public record Jobs(
            Duration pollInterval, Duration alertInterval, Duration profitabilityInterval, boolean alertAfterPoll) {
        static Jobs read(SettingValues values) {
            return new Jobs(
                    values.get(Settings.POLL),
                    values.get(Settings.ALERT),
                    values.get(Settings.PROFITABILITY),
                    values.get(Settings.ALERT_AFTER_POLL));
        }
    }

    /**
     * Where miners are.
     *
     * @param range the addresses to poll beside those of the registry
     * @param port the port of an address that names none
     * @param timeout the longest that one exchange may last
     * @param control whether they may be controlled
     * @param scan limits of a discovery
     */
    public record Miners(MinerRange range, int port, Duration timeout, boolean control, Scan scan) {}

    /**
     * Limits of a discovery.
     *
     * @param connectionsPerSecond the most connections begun in a second
     * @param allowPublic whether any address is allowed
     */
    public record Scan(int connectionsPerSecond, boolean allowPublic) {}

    /** The limits of the default rules: °C, share of the baseline, and the time between two alerts. */
    public record RuleDefaults(double temperatureC, double hashrateDrop, Duration cooldown) {
        static RuleDefaults read(SettingValues values) {
            return new RuleDefaults(
                    values.get(Settings.TEMPERATURE),
                    values.get(Settings.HASHRATE_DROP),
                    values.get(Settings.COOLDOWN));
        }
    }

    /**
     * Where mail is handed in.
     *
     * @param user null, with the password, if the server requires neither
     */
    public record Mail(
            String server,
            int port,
            SmtpSecurity security,
            @Nullable String user,
            @Nullable Secret password,
            String from,
            List<String> to) {}

    /** A channel that rules can name, which posts to a webhook of its own. */
    public record NamedWebhook(String name, Webhook webhook) {}

    /** The channels that rules can name. */
    public List<String> channelNames() {
        List<String> names = new ArrayList<>();
        if (mail != null) {
            names.add(Destination.EMAIL);
        }
        webhookChannels.forEach(channel -> names.add(channel.name()));
        return names;
    }

    /** What energy costs and work is paid: tariff, file of tariffs, payout, BTC of fees in a block; the hashrate that counts. */
    public record Economics(
            Tariff tariff,
            @Nullable Path tariffFile,
            PayoutTerms payout,
            double feesBtcPerBlock,
            HashrateInput hashrate) {
        static Economics read(SettingValues values) {
            return new Economics(
                    values.get(Settings.POWER_COST),
                    values.says(Settings.TARIFF_FILE) ? values.path(Settings.TARIFF_FILE) : null,
                    new PayoutTerms(
                            values.get(Settings.PAYOUT_SCHEME),
                            values.get(Settings.POOL_FEE),
                            values.get(Settings.REJECTED).orElse(null),
                            values.get(Settings.UPTIME)),
                    values.get(Settings.BLOCK_FEES),
                    values.get(Settings.HASHRATE_INPUT));
        }
    }

    /** The time zone of the days and months of statements, and the recipients of that of each month; empty for none. */
    public record Statements(ZoneId zone, List<String> mailTo) {
        static Statements read(SettingValues values) {
            List<String> to = values.list(Settings.STATEMENT_MAIL_TO);
            if (!to.isEmpty() && !values.says(Settings.SMTP_SERVER)) {
                values.problem(
                        Settings.STATEMENT_MAIL_TO, "names recipients, but SMTP_SERVER is absent", "both, or neither");
            }
            return new Statements(values.get(Settings.STATEMENT_ZONE), to);
        }
    }

    /** How long samples, profitability snapshots and facts that ended are kept; {@code daily} is null for ever. */
    public record Retention(
            Duration metrics,
            Duration rollups,
            Duration facts,
            @Nullable Duration daily) {
        static Retention read(SettingValues values) {
            return new Retention(
                    values.get(Settings.METRICS_RETENTION),
                    values.get(Settings.ROLLUP_RETENTION),
                    values.get(Settings.FACTS_RETENTION),
                    values.find(Settings.DAILY_RETENTION));
        }
    }

    /** Scheduled backups: the folder, the time between two, and how many are kept. */
    public record Backups(Path folder, Duration interval, int keep) {
        static @Nullable Backups read(SettingValues values) {
            Path folder = values.path(Settings.BACKUP_DIR);
            Duration interval = values.get(Settings.BACKUP_INTERVAL);
            int keep = values.get(Settings.BACKUP_KEEP);
            return folder == null ? null : new Backups(folder, interval, keep);
        }
    }

    /** Where curtailment plans are sent, and the limits of these plans. */
    public record Curtailment(URI webhook, Duration minRun, Duration minStop, Duration restart) {
        static @Nullable Curtailment read(SettingValues values) {
            URI webhook = values.find(Settings.CURTAILMENT_WEBHOOK_URL);
            Duration minRun = values.get(Settings.CURTAILMENT_MIN_RUN);
            Duration minStop = values.get(Settings.CURTAILMENT_MIN_STOP);
            Duration restart = values.get(Settings.CURTAILMENT_RESTART);
            return webhook == null ? null : new Curtailment(webhook, minRun, minStop, restart);
        }

        /** The limits of the plans. */
        public CurtailmentLimits limits() {
            return CurtailmentLimits.NONE.withMinimumTimes(minRun, minStop).withRestart(restart);
        }

        /** Without the address, which may hold a key. */
        @Override
        public String toString() {
            return "Curtailment[" + webhook.getHost() + "]";
        }
    }

    /** How the server logs: least level, folder of {@code app.log}, form of a line, and how many days are kept. */
    public record Logs(LogLevel level, Path directory, LogFormat format, int retentionDays) {
        static Logs read(SettingValues values) {
            Path directory = values.path(Settings.LOG_DIR);
            return new Logs(
                    values.get(Settings.LOG_LEVEL),
                    directory == null ? Path.of("") : directory,
                    values.get(Settings.LOG_FORMAT),
                    values.get(Settings.LOG_RETENTION));
        }
    }
}
