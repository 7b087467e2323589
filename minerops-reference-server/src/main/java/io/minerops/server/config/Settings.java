package io.minerops.server.config;

import static io.minerops.server.config.Kinds.baseUrl;
import static io.minerops.server.config.Kinds.choice;
import static io.minerops.server.config.Kinds.days;
import static io.minerops.server.config.Kinds.flag;
import static io.minerops.server.config.Kinds.list;
import static io.minerops.server.config.Kinds.mailAddress;
import static io.minerops.server.config.Kinds.minutes;
import static io.minerops.server.config.Kinds.number;
import static io.minerops.server.config.Kinds.seconds;
import static io.minerops.server.config.Kinds.secret;
import static io.minerops.server.config.Kinds.serviceKey;
import static io.minerops.server.config.Kinds.tariff;
import static io.minerops.server.config.Kinds.text;
import static io.minerops.server.config.Kinds.wholeNumber;
import static io.minerops.server.config.Setting.setting;

import io.minerops.api.Secret;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.profit.Tariff;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.Threshold;
import io.minerops.notify.SmtpPreset;
import io.minerops.notify.SmtpSecurity;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Every setting there is, in the order of {@code --help}; the one source of names, defaults and meanings. */
final class Settings {
    private static final String SMTP_PRESETS = String.join(
            ", ", Arrays.stream(SmtpPreset.values()).map(SmtpPreset::key).toList());

    static final Setting<String> HOST =
            setting("MINEROPS_HOST", "127.0.0.1", "address to listen on", text("an address or a host name"));
    static final Setting<Integer> PORT =
            setting("MINEROPS_PORT", "5050", "port to listen on; 0 takes any free one", wholeNumber(0, 65_535));
    static final Setting<String> DB = setting(
                    "MINEROPS_DB", "data/metrics.db", "SQLite file", text("the path of a SQLite file"))
            // a database address may hold a password
            .asSecret();
    static final Setting<String> RANGE = setting(
            "MINER_IP_RANGE",
            null,
            "CIDRs, a.b.c.d-e ranges, single addresses, each with an optional :port; comma-separated",
            text("CIDRs, ranges and addresses such as 192.168.1.0/24, 10.0.0.5-20, 10.0.0.7:4029"));
    static final Setting<Duration> POLL = setting("POLL_INTERVAL", "30", "seconds between two polls", seconds());
    static final Setting<Duration> ALERT =
            setting("ALERT_INTERVAL", "120", "seconds between two alert checks", seconds());
    static final Setting<Duration> PROFITABILITY =
            setting("PROFITABILITY_INTERVAL", "900", "seconds between two profitability snapshots", seconds());
    static final Setting<Boolean> ALERT_AFTER_POLL =
            setting("ALERT_AFTER_POLL", "false", "check alerts after every poll too, not only on the schedule", flag());
    static final Setting<Integer> CGMINER_PORT =
            setting("CGMINER_PORT", "4028", "port of a miner that names none", wholeNumber(1, 65_535));
    static final Setting<Duration> CGMINER_TIMEOUT =
            setting("CGMINER_TIMEOUT", "5", "seconds for one exchange with a miner", seconds());
    static final Setting<Boolean> MINER_CONTROL = setting(
            "MINER_CONTROL", "false", "let API_TOKEN restart miners, switch their pools and their LEDs", flag());
    static final Setting<Integer> SCAN_RATE =
            setting("SCAN_RATE", "500", "connections per second of a search for miners", wholeNumber(1, 100_000));
    static final Setting<Boolean> SCAN_ALLOW_PUBLIC = setting(
            "SCAN_ALLOW_PUBLIC",
            "false",
            "let a search for miners ask addresses beyond private networks, loopback and link-local ones",
            flag());
    static final Setting<Double> TEMPERATURE =
            threshold("TEMP_THRESHOLD", RuleType.TEMP, "temp_c", "°C of the default temperature rule");
    static final Setting<Double> HASHRATE_DROP = threshold(
            "HASHRATE_DROP_THRESHOLD",
            RuleType.HASHRATE,
            "drop_threshold",
            "share of its baseline below which a hashrate is a drop");
    static final Setting<Duration> COOLDOWN =
            setting("ALERT_COOLDOWN_MINUTES", "30", "minutes between two alerts of the default rules", minutes());
    static final Setting<String> RULES_FILE = setting(
            "RULES_FILE",
            null,
            "rules, YAML or JSON, that are applied at each start; then no default rules are made",
            text("the path of a file"));
    static final Setting<String> SMTP_SERVER = setting(
            "SMTP_SERVER",
            null,
            "mail server: a host or a preset (" + SMTP_PRESETS + ")",
            text("a host name, an address or a preset: " + SMTP_PRESETS));
    static final Setting<Integer> SMTP_PORT =
            setting("SMTP_PORT", "587", "its port; 465 where absent and SMTP_SECURITY is tls", wholeNumber(1, 65_535));
    static final Setting<SmtpSecurity> SMTP_SECURITY =
            setting("SMTP_SECURITY", "starttls", "starttls, tls or none", choice(SmtpSecurity.class));
    static final Setting<String> SMTP_USER =
            setting("SMTP_USER", null, "user name at the mail server", text("any text"));
    static final Setting<Secret> SMTP_PASSWORD = setting("SMTP_PASSWORD", null, "password at the mail server", secret())
            .asSecret();
    static final Setting<List<String>> SMTP_FROM =
            setting("SMTP_FROM", null, "sender; SMTP_USER or the first recipient where absent", list(mailAddress()));
    static final Setting<List<String>> ALERT_EMAIL =
            setting("ALERT_EMAIL", null, "recipients, comma-separated", list(mailAddress()));
    static final Setting<List<String>> WEBHOOK_ALLOW = setting(
            "WEBHOOK_ALLOW",
            null,
            "CIDRs or hosts that webhooks may reach although private or loopback",
            list(text("CIDRs or hosts, comma-separated")));
    static final Setting<Secret> ESCALATION_WEBHOOK = setting(
                    "ESCALATION_WEBHOOK_URL",
                    null,
                    "webhook that is told when nobody takes an alert; those who were told of it where absent",
                    secret())
            .asSecret();
    static final Setting<WebhookFormat> ESCALATION_FORMAT = setting(
            "ESCALATION_WEBHOOK_FORMAT",
            "generic",
            "its format: generic, slack, discord or teams",
            choice(WebhookFormat.class));
    static final Setting<Tariff> POWER_COST = setting("DEFAULT_POWER_COST", "0.10", "USD per kWh", tariff());
    static final Setting<Double> POOL_FEE = setting(
            "POOL_FEE_PCT", "0", "the pool's fee, %", number("%, 0 to 100", value -> value >= 0 && value <= 100));
    static final Setting<Double> BLOCK_FEES = setting(
            "NETWORK_FEES_BTC_PER_BLOCK",
            "0",
            "transaction fees in a block, BTC",
            number("BTC, 0 to 1000", value -> value >= 0 && value <= 1_000));
    static final Setting<URI> COINGECKO =
            setting("COINGECKO_URL", null, "base address of CoinGecko where not the public host", baseUrl());
    static final Setting<URI> COINCAP =
            setting("COINCAP_URL", null, "base address of CoinCap where not the public host", baseUrl());
    static final Setting<Secret> COINCAP_KEY = setting(
                    "COINCAP_API_KEY", null, "key of CoinCap, which is not asked without one", serviceKey())
            .asSecret();
    static final Setting<URI> BLOCKCHAIN_INFO = setting(
            "BLOCKCHAIN_INFO_URL", null, "base address of blockchain.info where not the public host", baseUrl());
    static final Setting<URI> MEMPOOL =
            setting("MEMPOOL_URL", null, "base address of mempool.space where not the public host", baseUrl());
    static final Setting<Integer> MAX_EVENT_STREAMS = setting(
            "MAX_EVENT_STREAMS",
            "64",
            "pages that are told of changes at once at a time; others ask at intervals",
            wholeNumber(0, 1_000));
    static final Setting<Integer> MAX_EVENT_STREAMS_PER_CLIENT = setting(
            "MAX_EVENT_STREAMS_PER_CLIENT",
            "32",
            "event streams of one client address at a time; more are answered 429",
            wholeNumber(1, 1_000));
    static final Setting<Duration> METRICS_RETENTION =
            setting("METRICS_RETENTION_DAYS", "30", "days that samples are kept", days());
    static final Setting<Duration> ROLLUP_RETENTION =
            setting("ROLLUP_RETENTION_DAYS", "730", "days that profitability snapshots are kept", days());
    static final Setting<LogLevel> LOG_LEVEL =
            setting("LOG_LEVEL", "INFO", "least grave level that is logged", choice(LogLevel.class));
    static final Setting<String> LOG_DIR =
            setting("LOG_DIR", "logs", "folder of app.log", text("the path of a folder"));
    static final Setting<LogFormat> LOG_FORMAT =
            setting("LOG_FORMAT", "text", "form of app.log: text or json", choice(LogFormat.class));
    static final Setting<Integer> LOG_RETENTION =
            setting("LOG_RETENTION_DAYS", "7", "days that logs are kept", wholeNumber(1, 3_650));

    /** All of them. */
    static final List<Setting<?>> ALL = List.of(
            HOST,
            PORT,
            DB,
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
            ESCALATION_WEBHOOK,
            ESCALATION_FORMAT,
            POWER_COST,
            POOL_FEE,
            BLOCK_FEES,
            COINGECKO,
            COINCAP,
            COINCAP_KEY,
            BLOCKCHAIN_INFO,
            MEMPOOL,
            HttpSettings.TLS_CERT,
            HttpSettings.TLS_KEY,
            HttpSettings.TRUSTED_PROXIES,
            HttpSettings.TOKEN,
            HttpSettings.READ_TOKEN,
            HttpSettings.TOKENS_FILE,
            HttpSettings.SESSION_IDLE,
            HttpSettings.SESSION_LONGEST,
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
            LOG_LEVEL,
            LOG_DIR,
            LOG_FORMAT,
            LOG_RETENTION);

    private Settings() {}

    /** The names of all of them. */
    static List<String> names() {
        return ALL.stream().<String>map(Setting::name).toList();
    }

    /** A limit of a default rule, with the default and the range of the threshold of its type. */
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
