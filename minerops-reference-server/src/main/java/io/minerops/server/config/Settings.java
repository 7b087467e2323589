package io.minerops.server.config;

import static io.minerops.server.config.Setting.setting;
import static io.minerops.server.config.SettingTypes.choice;
import static io.minerops.server.config.SettingTypes.days;
import static io.minerops.server.config.SettingTypes.flag;
import static io.minerops.server.config.SettingTypes.hours;
import static io.minerops.server.config.SettingTypes.httpUrl;
import static io.minerops.server.config.SettingTypes.list;
import static io.minerops.server.config.SettingTypes.mailAddress;
import static io.minerops.server.config.SettingTypes.minutes;
import static io.minerops.server.config.SettingTypes.number;
import static io.minerops.server.config.SettingTypes.payoutScheme;
import static io.minerops.server.config.SettingTypes.seconds;
import static io.minerops.server.config.SettingTypes.secret;
import static io.minerops.server.config.SettingTypes.serviceKey;
import static io.minerops.server.config.SettingTypes.shareOrMeasured;
import static io.minerops.server.config.SettingTypes.tariff;
import static io.minerops.server.config.SettingTypes.text;
import static io.minerops.server.config.SettingTypes.wholeNumber;

import io.minerops.api.Secret;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.Tariff;
import io.minerops.core.MinerOpsBuilder;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.discovery.DiscoverySettings;
import io.minerops.core.profit.HashrateInput;
import io.minerops.core.profit.PayoutScheme;
import io.minerops.notify.mail.SmtpPreset;
import io.minerops.notify.mail.SmtpSecurity;
import io.minerops.server.config.ServerConfig.NamedWebhook;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every setting, in the order of {@code --help}: the single source of names, defaults and help texts. */
final class Settings {
    private static final String SMTP_PRESETS = String.join(
            ", ", Arrays.stream(SmtpPreset.values()).map(SmtpPreset::key).toList());

    static final Setting<String> HOST =
            setting("MINEROPS_HOST", "127.0.0.1", "address to listen on", text("an address or a host name"));
    static final Setting<Integer> PORT =
            setting("MINEROPS_PORT", "5050", "port to listen on; 0: any free port", wholeNumber(0, 65_535));
    static final Setting<String> DB = setting(
                    "MINEROPS_DB",
                    "data/metrics.db",
                    "database: a SQLite file, or a PostgreSQL database",
                    text("the path of a SQLite file, or jdbc:postgresql://HOST:PORT/DATABASE"))
            // a database address may hold a password
            .asSecret();
    static final Setting<String> DB_USER =
            setting("MINEROPS_DB_USER", null, "user name at a PostgreSQL database", text("any text"));
    static final Setting<Secret> DB_PASSWORD = setting(
                    "MINEROPS_DB_PASSWORD", null, "password at a PostgreSQL database", secret())
            .asSecret();
    static final Setting<String> DB_SCHEMA = setting(
            "MINEROPS_DB_SCHEMA",
            "minerops",
            "schema of a PostgreSQL database",
            text("up to 63 lower-case letters, digits and _"));
    static final Setting<Integer> DB_CONNECTIONS = setting(
            "MINEROPS_DB_CONNECTIONS", "8", "maximum connections to a PostgreSQL database", wholeNumber(2, 100));
    static final Setting<String> INSTANCE = setting(
            "MINEROPS_INSTANCE",
            null,
            "name of this server among those that share a PostgreSQL database; default: the host name",
            text("a name of up to 100 characters"));
    static final Setting<String> RANGE = setting(
            "MINER_IP_RANGE",
            null,
            "miners to poll: CIDRs, a.b.c.d-e ranges and addresses, each with an optional :port or range of ports",
            text("CIDRs, ranges and addresses such as 192.168.1.0/24, 10.0.0.5-20, 10.0.0.7:4029"));
    static final Setting<Duration> POLL = setting(
            "POLL_INTERVAL",
            Long.toString(MinerOpsBuilder.DEFAULT_POLL_INTERVAL.toSeconds()),
            "seconds between polls",
            seconds());
    static final Setting<Duration> ALERT = setting(
            "ALERT_INTERVAL",
            Long.toString(MinerOpsBuilder.DEFAULT_ALERT_INTERVAL.toSeconds()),
            "seconds between alert checks",
            seconds());
    static final Setting<Duration> PROFITABILITY = setting(
            "PROFITABILITY_INTERVAL",
            Long.toString(MinerOpsBuilder.DEFAULT_PROFITABILITY_INTERVAL.toSeconds()),
            "seconds between profitability snapshots",
            seconds());
    static final Setting<Boolean> ALERT_AFTER_POLL =
            setting("ALERT_AFTER_POLL", "false", "also check alerts after every poll", flag());
    static final Setting<Integer> CGMINER_PORT = setting(
            "CGMINER_PORT",
            Integer.toString(MinerAddress.DEFAULT_PORT),
            "default port of a miner",
            wholeNumber(1, 65_535));
    static final Setting<Duration> CGMINER_TIMEOUT = setting(
            "CGMINER_TIMEOUT",
            "5",
            "timeout of one exchange with a miner; a reading takes one to four exchanges",
            seconds());
    static final Setting<Boolean> MINER_CONTROL = setting(
            "MINER_CONTROL",
            "false",
            "allow operate tokens to restart miners and switch their pools and LEDs; requires such a token",
            flag());
    static final Setting<Integer> SCAN_RATE = setting(
            "SCAN_RATE",
            Integer.toString(DiscoverySettings.DEFAULT_CONNECTIONS_PER_SECOND),
            "connections per second of a discovery",
            wholeNumber(1, 100_000));
    static final Setting<Boolean> SCAN_ALLOW_PUBLIC = setting(
            "SCAN_ALLOW_PUBLIC",
            "false",
            "allow discoveries outside private, loopback and link-local networks",
            flag());
    static final Setting<Double> TEMPERATURE =
            threshold("TEMP_THRESHOLD", RuleType.TEMP, "temp_c", "threshold of the default temperature rule");
    static final Setting<Double> HASHRATE_DROP = threshold(
            "HASHRATE_DROP_THRESHOLD",
            RuleType.HASHRATE,
            "drop_threshold",
            "default hashrate rule: share of the baseline below which an alert is raised");
    static final Setting<Duration> COOLDOWN = setting(
            "ALERT_COOLDOWN_MINUTES",
            Long.toString(AlertRule.DEFAULT_COOLDOWN.toMinutes()),
            "cooldown of the default rules, minutes",
            minutes());
    static final Setting<String> RULES_FILE = setting(
            "RULES_FILE",
            null,
            "rule file (YAML or JSON) that is applied at each start, instead of the default rules",
            text("the path of a file"));
    static final Setting<String> SMTP_SERVER = setting(
            "SMTP_SERVER",
            null,
            "mail server: a host or a preset (" + SMTP_PRESETS + ")",
            text("a host name, an address or a preset: " + SMTP_PRESETS));
    static final Setting<Integer> SMTP_PORT = setting(
            "SMTP_PORT", "587", "port of the mail server; default with SMTP_SECURITY=tls: 465", wholeNumber(1, 65_535));
    static final Setting<SmtpSecurity> SMTP_SECURITY = setting(
            "SMTP_SECURITY", "starttls", "encryption of the connection to the mail server", choice(SmtpSecurity.class));
    static final Setting<String> SMTP_USER =
            setting("SMTP_USER", null, "user name at the mail server", text("any text"));
    static final Setting<Secret> SMTP_PASSWORD = setting("SMTP_PASSWORD", null, "password at the mail server", secret())
            .asSecret();
    static final Setting<List<String>> SMTP_FROM =
            setting("SMTP_FROM", null, "sender; default: SMTP_USER, else the first recipient", list(mailAddress()));
    static final Setting<List<String>> ALERT_EMAIL =
            setting("ALERT_EMAIL", null, "recipients of alert e-mails", list(mailAddress()));
    static final Setting<List<String>> WEBHOOK_ALLOW = setting(
            "WEBHOOK_ALLOW",
            null,
            "private or loopback destinations that webhooks may reach",
            list(text("CIDRs or hosts, comma-separated")));
    static final Setting<List<NamedWebhook>> WEBHOOK_CHANNELS = setting(
                    "WEBHOOK_CHANNELS",
                    null,
                    "named webhooks that the channels of rules can choose",
                    list(SettingTypes.namedWebhook()))
            .asSecret();
    static final Setting<Secret> ESCALATION_WEBHOOK = setting(
                    "ESCALATION_WEBHOOK_URL",
                    null,
                    "webhook for escalations of unacknowledged alerts; default: the alert's own recipients",
                    secret())
            .asSecret();
    static final Setting<WebhookFormat> ESCALATION_FORMAT = setting(
            "ESCALATION_WEBHOOK_FORMAT", "generic", "format of ESCALATION_WEBHOOK_URL", choice(WebhookFormat.class));
    static final Setting<Tariff> POWER_COST = setting(
            "DEFAULT_POWER_COST",
            String.format(Locale.ROOT, "%.2f", MinerOpsBuilder.DEFAULT_TARIFF.usdPerKwh()),
            "electricity price, USD per kWh",
            tariff());
    static final Setting<String> TARIFF_FILE = setting(
            "TARIFF_FILE",
            null,
            "tariffs by the hour (JSON) and the miners that have them, instead of DEFAULT_POWER_COST",
            text("the path of a file"));
    static final Setting<Double> POOL_FEE =
            setting("POOL_FEE_PCT", "0", "pool fee, %", number("%, 0 to 100", value -> value >= 0 && value <= 100));
    static final Setting<PayoutScheme> PAYOUT_SCHEME = setting(
            "PAYOUT_SCHEME",
            PayoutScheme.FPPS.key(),
            "how the pool pays; with pps the miners get no transaction fees",
            payoutScheme());
    static final Setting<Optional<Double>> REJECTED = setting(
            "REJECTED_SHARE_PCT",
            "0",
            "share of the work that the pool rejects or that comes too late, %; measured: by the counters of the miners",
            shareOrMeasured());
    static final Setting<Double> UPTIME = setting(
            "UPTIME_PCT",
            "100",
            "share of the time in which miners run, %, for profitability",
            number("%, above 0 and at most 100", value -> value > 0 && value <= 100));
    static final Setting<HashrateInput> HASHRATE_INPUT = setting(
            "PROFITABILITY_HASHRATE",
            "claimed",
            "hashrate that counts as production: what miners claim now, their average since the start, or what accepted shares"
                    + " prove since then",
            choice(HashrateInput.class));
    static final Setting<Double> BLOCK_FEES = setting(
            "NETWORK_FEES_BTC_PER_BLOCK",
            "0",
            "transaction fees per block, BTC, where no source gives the mean of the last 144",
            number("BTC, 0 to 1000", value -> value >= 0 && value <= 1_000));
    static final Setting<ZoneId> STATEMENT_ZONE =
            setting("STATEMENT_ZONE", "UTC", "time zone of the days and months of statements", SettingTypes.zone());
    static final Setting<List<String>> STATEMENT_MAIL_TO = setting(
            "STATEMENT_MAIL_TO",
            null,
            "recipients of the statement of each month, mailed once within an hour or two of its end; default: none",
            list(mailAddress()));
    static final Setting<Integer> MAX_EVENT_STREAMS = setting(
            "MAX_EVENT_STREAMS",
            "64",
            "concurrent event streams (live pages); further pages poll",
            wholeNumber(0, 1_000));
    static final Setting<Integer> MAX_EVENT_STREAMS_PER_CLIENT = setting(
            "MAX_EVENT_STREAMS_PER_CLIENT",
            "32",
            "concurrent event streams per client address; more get 429",
            wholeNumber(1, 1_000));
    static final Setting<Duration> METRICS_RETENTION = setting(
            "METRICS_RETENTION_DAYS",
            Long.toString(MinerOpsBuilder.DEFAULT_METRICS_RETENTION.toDays()),
            "retention of samples, days",
            days());
    static final Setting<Duration> ROLLUP_RETENTION = setting(
            "ROLLUP_RETENTION_DAYS",
            Long.toString(MinerOpsBuilder.DEFAULT_ROLLUP_RETENTION.toDays()),
            "retention of profitability snapshots and of hourly roll-ups, days",
            days());
    static final Setting<Duration> FACTS_RETENTION = setting(
            "FACTS_RETENTION_DAYS",
            Long.toString(MinerOpsBuilder.DEFAULT_FACT_RETENTION.toDays()),
            "retention of facts about miners (firmware, pool, serial numbers) and of their faults after their end,"
                    + " days",
            days());
    static final Setting<Duration> DAILY_RETENTION =
            setting("DAILY_RETENTION_DAYS", null, "retention of daily roll-ups, days; default: for ever", days());
    static final Setting<String> BACKUP_DIR = setting(
            "BACKUP_DIR",
            null,
            "folder of scheduled backups of the database, which must exist; default: none are made",
            text("the path of a folder"));
    static final Setting<Duration> BACKUP_INTERVAL = setting(
            "BACKUP_INTERVAL_HOURS",
            Long.toString(MinerOpsBuilder.DEFAULT_BACKUP_INTERVAL.toHours()),
            "hours between two backups",
            hours());
    static final Setting<Integer> BACKUP_KEEP = setting(
            "BACKUP_KEEP", "7", "scheduled backups that are kept; older ones are deleted", wholeNumber(1, 10_000));
    static final Setting<URI> REMOTE_WRITE_URL = setting(
                    "REMOTE_WRITE_URL",
                    null,
                    "Prometheus remote-write receiver that gets the samples of each poll; default: none are sent",
                    httpUrl())
            // an address may hold a key
            .asSecret();
    static final Setting<String> REMOTE_WRITE_USER = setting(
            "REMOTE_WRITE_USER",
            null,
            "user at that receiver, with REMOTE_WRITE_TOKEN as the password; default: the token is a bearer token",
            text("a user name"));
    static final Setting<Secret> REMOTE_WRITE_TOKEN = setting(
                    "REMOTE_WRITE_TOKEN", null, "token or password at that receiver", serviceKey())
            .asSecret();
    static final Setting<URI> CURTAILMENT_WEBHOOK_URL = setting(
                    "CURTAILMENT_WEBHOOK_URL",
                    null,
                    "address that gets the curtailment plan of the next 24 hours when it changes; default: none is sent",
                    httpUrl())
            // an address may hold a key
            .asSecret();
    static final Setting<Duration> CURTAILMENT_MIN_RUN = setting(
            "CURTAILMENT_MIN_RUN_MINUTES", "0", "minimum run time of that plan after a start, minutes", minutes());
    static final Setting<Duration> CURTAILMENT_MIN_STOP =
            setting("CURTAILMENT_MIN_STOP_MINUTES", "0", "minimum stop time of that plan, minutes", minutes());
    static final Setting<Duration> CURTAILMENT_RESTART = setting(
            "CURTAILMENT_RESTART_MINUTES",
            "0",
            "time after a start in which a miner draws power and does not hash, in that plan, minutes",
            minutes());
    static final Setting<String> CERTIFICATE_KEY = setting(
            "CERTIFICATE_KEY_FILE",
            "minerops-certificate.key",
            "file of the Ed25519 key that signs certificates, made at first use for its owner alone",
            text("the path of a file"));
    static final Setting<LogLevel> LOG_LEVEL =
            setting("LOG_LEVEL", "INFO", "minimum level that is logged", choice(LogLevel.class));
    static final Setting<String> LOG_DIR =
            setting("LOG_DIR", "logs", "folder of app.log", text("the path of a folder"));
    static final Setting<LogFormat> LOG_FORMAT =
            setting("LOG_FORMAT", "text", "format of app.log", choice(LogFormat.class));
    static final Setting<Integer> LOG_RETENTION =
            setting("LOG_RETENTION_DAYS", "7", "retention of log files, days", wholeNumber(1, 3_650));

    /** All of them. */
    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            DB,
            DB_USER,
            DB_PASSWORD,
            DB_SCHEMA,
            DB_CONNECTIONS,
            INSTANCE,
            RANGE,
            POLL,
            ALERT,
            PROFITABILITY,
            ALERT_AFTER_POLL,
            CGMINER_PORT,
            CGMINER_TIMEOUT,
            MINER_CONTROL,
            SCAN_RATE,
            SCAN_ALLOW_PUBLIC,
            TEMPERATURE,
            HASHRATE_DROP,
            COOLDOWN,
            RULES_FILE,
            SMTP_SERVER,
            SMTP_PORT,
            SMTP_SECURITY,
            SMTP_USER,
            SMTP_PASSWORD,
            SMTP_FROM,
            ALERT_EMAIL,
            WEBHOOK_ALLOW,
            WEBHOOK_CHANNELS,
            ESCALATION_WEBHOOK,
            ESCALATION_FORMAT,
            POWER_COST,
            TARIFF_FILE,
            POOL_FEE,
            PAYOUT_SCHEME,
            REJECTED,
            UPTIME,
            HASHRATE_INPUT,
            BLOCK_FEES,
            STATEMENT_ZONE,
            STATEMENT_MAIL_TO,
            MarketSettings.PRICE_SOURCES,
            MarketSettings.PRICE_METHOD,
            MarketSettings.COINGECKO,
            MarketSettings.COINGECKO_KEY,
            MarketSettings.COINCAP,
            MarketSettings.COINCAP_KEY,
            MarketSettings.KRAKEN,
            MarketSettings.COINBASE,
            MarketSettings.BLOCKCHAIN_INFO,
            MarketSettings.MEMPOOL,
            MarketSettings.NODE,
            MarketSettings.NODE_COOKIE,
            MarketSettings.NODE_USER,
            MarketSettings.NODE_PASSWORD,
            MarketSettings.CACHE_FILE,
            HttpSettings.TLS_CERT,
            HttpSettings.TLS_KEY,
            HttpSettings.TRUSTED_PROXIES,
            HttpSettings.TOKEN,
            HttpSettings.READ_TOKEN,
            HttpSettings.TOKENS_FILE,
            HttpSettings.SESSION_IDLE,
            HttpSettings.MAX_SESSION,
            HttpSettings.ALLOW_ANONYMOUS,
            HttpSettings.CORS_ORIGINS,
            HttpSettings.ALLOWED_HOSTS,
            HttpSettings.RATE_LIMIT,
            HttpSettings.MAX_BODY,
            HttpSettings.MAX_HEADER,
            HttpSettings.MAX_URL,
            HttpSettings.REQUEST_TIMEOUT,
            HttpSettings.MAX_CONNECTIONS,
            HttpSettings.MAX_CONNECTIONS_PER_CLIENT,
            HttpSettings.MAX_CONCURRENT,
            HttpSettings.MAX_CONCURRENT_PER_CLIENT,
            MAX_EVENT_STREAMS,
            MAX_EVENT_STREAMS_PER_CLIENT,
            METRICS_RETENTION,
            ROLLUP_RETENTION,
            DAILY_RETENTION,
            FACTS_RETENTION,
            BACKUP_DIR,
            BACKUP_INTERVAL,
            BACKUP_KEEP,
            REMOTE_WRITE_URL,
            REMOTE_WRITE_USER,
            REMOTE_WRITE_TOKEN,
            CURTAILMENT_WEBHOOK_URL,
            CURTAILMENT_MIN_RUN,
            CURTAILMENT_MIN_STOP,
            CURTAILMENT_RESTART,
            CERTIFICATE_KEY,
            LOG_LEVEL,
            LOG_DIR,
            LOG_FORMAT,
            LOG_RETENTION);

    private Settings() {}

    /** The names of all of them. */
    static List<String> names() {
        return ALL.stream().<String>map(Setting::name).toList();
    }

    /** A threshold of a default rule, with the default and the range of the threshold of its type. */
    private static Setting<Double> threshold(String name, RuleType type, String key, String meaning) {
        Threshold threshold = RuleTypes.standard().threshold(type, key);
        return setting(
                name,
                threshold.otherwise(),
                meaning,
                number(
                        threshold.unit() + ", from " + threshold.min() + " to " + threshold.max(),
                        value -> value >= threshold.min() && value <= threshold.max()));
    }
}
