package io.minerops.server.config;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.alert.Webhook;
import io.minerops.core.discovery.MinerRange;
import io.minerops.notify.mail.SmtpPreset;
import io.minerops.notify.mail.SmtpSecurity;
import io.minerops.notify.webhook.WebhookTargets;
import io.minerops.postgres.PostgresOptions;
import io.minerops.server.config.ServerConfig.Mail;
import io.minerops.server.config.ServerConfig.NamedWebhook;
import io.minerops.server.remotewrite.RemoteWriteTarget;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration from the environment and, where one is named, from a file. A name that the environment holds
 * wins over the file, so that one start can differ without touching the file. An empty value counts as absent.
 */
public final class Configuration {
    /** The port of mail that is encrypted from the first byte (RFC 8314). */
    private static final int SUBMISSIONS_PORT = 465;

    private final SettingValues values;

    private Configuration(SettingValues values) {
        this.values = values;
    }

    /**
     * The configuration.
     *
     * @param environment names and values; names that are no settings are passed over
     * @param file a file of {@code NAME=value} lines, in which every name must be a setting's; null for none
     * @throws ConfigurationException with every problem there is
     */
    public static ServerConfig read(Map<String, String> environment, @Nullable Path file) {
        return of(SettingSources.of(environment, file));
    }

    static ServerConfig of(SettingSources sources) {
        return new Configuration(new SettingValues(sources.texts(), sources.problems())).build();
    }

    /**
     * The port of {@code MINEROPS_PORT} alone, for a command that has all other settings of its own.
     *
     * @param environment names and values
     * @return the port, or the default where none is set
     * @throws ConfigurationException where the value cannot be one
     */
    public static int port(Map<String, String> environment) {
        SettingSources sources = SettingSources.of(environment, null);
        SettingValues values = new SettingValues(sources.texts(), sources.problems());
        int port = values.get(Settings.PORT);
        return values.orProblems(() -> port);
    }

    /** One row per setting for {@code --help}. */
    public static List<HelpRow> help() {
        return Settings.ALL.stream()
                .map(setting ->
                        new HelpRow(setting.name(), setting.shownDefault(), setting.accepted(), setting.meaning()))
                .toList();
    }

    /**
     * A setting as {@code --help} shows it.
     *
     * @param name its name
     * @param standard its default; a dash where it has none
     * @param accepted the accepted values
     * @param meaning one clause
     */
    public record HelpRow(String name, String standard, String accepted, String meaning) {}

    private ServerConfig build() {
        HttpConfig http = HttpPart.read(values);
        @Nullable DatabaseConfig database = database();
        ServerConfig.Miners miners = miners();
        ServerConfig.Jobs jobs = ServerConfig.Jobs.read(values);
        ServerConfig.RuleDefaults ruleDefaults = ServerConfig.RuleDefaults.read(values);
        @Nullable Path rulesFile = values.says(Settings.RULES_FILE) ? values.path(Settings.RULES_FILE) : null;
        @Nullable Mail mail = mail();
        WebhookTargets webhookTargets = webhookTargets();
        List<NamedWebhook> webhookChannels = webhookChannels(webhookTargets);
        @Nullable Webhook escalation = escalation();
        ServerConfig.Economics economics = ServerConfig.Economics.read(values);
        ServerConfig.Statements statements = ServerConfig.Statements.read(values);
        MarketConfig market = MarketConfig.read(values);
        ServerConfig.Retention retention = ServerConfig.Retention.read(values);
        ServerConfig.@Nullable Backups backups = ServerConfig.Backups.read(values);
        @Nullable RemoteWriteTarget remoteWrite = remoteWrite();
        ServerConfig.@Nullable Curtailment curtailment = ServerConfig.Curtailment.read(values);
        @Nullable Path certificateKey = values.path(Settings.CERTIFICATE_KEY);
        ServerConfig.Logs logs = ServerConfig.Logs.read(values);
        return values.orProblems(() -> new ServerConfig(
                http,
                database == null ? new DatabaseConfig.SqliteFile(Path.of("")) : database,
                jobs,
                miners,
                ruleDefaults,
                rulesFile,
                mail,
                webhookTargets,
                webhookChannels,
                escalation,
                economics,
                statements,
                market,
                retention,
                backups,
                remoteWrite,
                curtailment,
                certificateKey == null ? Path.of("") : certificateKey,
                logs,
                values.get(Settings.MAX_EVENT_STREAMS),
                values.get(Settings.MAX_EVENT_STREAMS_PER_CLIENT)));
    }

    private @Nullable DatabaseConfig database() {
        String text = values.get(Settings.DB).strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:postgresql:")) {
            return postgres(text);
        }
        if (lower.startsWith("jdbc:")) {
            values.problem(Settings.DB, "it is the JDBC address of another database", Settings.DB.accepted());
            return null;
        }
        @Nullable Path path = values.path(Settings.DB);
        return path == null ? null : new DatabaseConfig.SqliteFile(path);
    }

    private @Nullable DatabaseConfig postgres(String url) {
        if (values.says(Settings.BACKUP_DIR)) {
            values.problem(
                    Settings.BACKUP_DIR, "backups are of a SQLite file; back up PostgreSQL with pg_dump", "no value");
        }
        try {
            return new DatabaseConfig.Postgres(PostgresOptions.of(url)
                    .withUser(values.find(Settings.DB_USER), values.find(Settings.DB_PASSWORD))
                    .withSchema(values.get(Settings.DB_SCHEMA))
                    .withConnections(values.get(Settings.DB_CONNECTIONS))
                    .withInstance(instance()));
        } catch (InvalidArgumentException e) {
            Setting<?> setting = switch (e.argument()) {
                case "schema" -> Settings.DB_SCHEMA;
                case "instance" -> Settings.INSTANCE;
                default -> Settings.DB;
            };
            values.problem(setting, String.valueOf(e.getMessage()), setting.accepted());
            return null;
        }
    }

    private String instance() {
        String given = values.find(Settings.INSTANCE);
        try {
            return given == null ? InetAddress.getLocalHost().getHostName() : given;
        } catch (UnknownHostException e) {
            // a host that does not know its own name; the suffix of the store makes it distinct
            return "minerops";
        }
    }

    private ServerConfig.Miners miners() {
        int port = values.get(Settings.CGMINER_PORT);
        String text = values.find(Settings.RANGE);
        MinerRange range = MinerRange.none();
        if (text != null) {
            try {
                range = MinerRange.parse(text, port);
            } catch (InvalidArgumentException e) {
                values.problem(Settings.RANGE, String.valueOf(e.getMessage()), Settings.RANGE.accepted());
            }
        }
        boolean control = values.get(Settings.MINER_CONTROL);
        if (control && !HttpPart.requestsToken(values)) {
            values.problem(
                    Settings.MINER_CONTROL,
                    "is true and API_TOKEN is absent: everybody who can connect could restart miners",
                    "true together with API_TOKEN or API_TOKENS_FILE, or false");
        }
        return new ServerConfig.Miners(
                range,
                port,
                values.get(Settings.CGMINER_TIMEOUT),
                control,
                new ServerConfig.Scan(values.get(Settings.SCAN_RATE), values.get(Settings.SCAN_ALLOW_PUBLIC)));
    }

    private WebhookTargets webhookTargets() {
        try {
            return WebhookTargets.allowing(values.list(Settings.WEBHOOK_ALLOW));
        } catch (InvalidArgumentException e) {
            values.problem(Settings.WEBHOOK_ALLOW, String.valueOf(e.getMessage()), Settings.WEBHOOK_ALLOW.accepted());
            return WebhookTargets.publicOnly();
        }
    }

    private List<NamedWebhook> webhookChannels(WebhookTargets targets) {
        List<NamedWebhook> channels = values.list(Settings.WEBHOOK_CHANNELS);
        Set<String> names = new HashSet<>();
        for (NamedWebhook channel : channels) {
            if (!names.add(channel.name())) {
                values.problem(
                        Settings.WEBHOOK_CHANNELS,
                        "channel " + channel.name() + " is given twice",
                        Settings.WEBHOOK_CHANNELS.accepted());
            }
            targets.refusal(channel.webhook())
                    .ifPresent(refusal -> values.problem(
                            Settings.WEBHOOK_CHANNELS,
                            "channel " + channel.name() + " cannot be posted to: " + refusal,
                            "public hosts over https, and those of WEBHOOK_ALLOW"));
        }
        return channels;
    }

    private @Nullable Webhook escalation() {
        Secret url = values.find(Settings.ESCALATION_WEBHOOK);
        if (url == null) {
            if (values.says(Settings.ESCALATION_FORMAT)) {
                values.problem(
                        Settings.ESCALATION_FORMAT, "is set, but ESCALATION_WEBHOOK_URL is absent", "both, or neither");
            }
            return null;
        }
        try {
            return new Webhook(url, values.get(Settings.ESCALATION_FORMAT));
        } catch (InvalidArgumentException e) {
            // the message names no part of the address, which is a secret
            values.problem(
                    Settings.ESCALATION_WEBHOOK, String.valueOf(e.getMessage()), "an absolute http or https address");
            return null;
        }
    }

    private @Nullable RemoteWriteTarget remoteWrite() {
        URI url = values.find(Settings.REMOTE_WRITE_URL);
        Secret token = values.find(Settings.REMOTE_WRITE_TOKEN);
        if (values.says(Settings.REMOTE_WRITE_TOKEN) && !values.says(Settings.REMOTE_WRITE_URL)) {
            values.problem(Settings.REMOTE_WRITE_TOKEN, "is set, but REMOTE_WRITE_URL is absent", "both, or neither");
        }
        if (values.says(Settings.REMOTE_WRITE_USER) && !values.says(Settings.REMOTE_WRITE_TOKEN)) {
            values.problem(Settings.REMOTE_WRITE_USER, "is set, but REMOTE_WRITE_TOKEN is absent", "both, or neither");
        }
        return url == null ? null : new RemoteWriteTarget(url, values.find(Settings.REMOTE_WRITE_USER), token);
    }

    private @Nullable Mail mail() {
        String server = values.find(Settings.SMTP_SERVER);
        SmtpSecurity security = values.get(Settings.SMTP_SECURITY);
        int port = security == SmtpSecurity.TLS && !values.says(Settings.SMTP_PORT)
                ? SUBMISSIONS_PORT
                : values.get(Settings.SMTP_PORT);
        String user = values.find(Settings.SMTP_USER);
        Secret password = values.find(Settings.SMTP_PASSWORD);
        List<String> to = values.list(Settings.ALERT_EMAIL);
        List<String> from = values.list(Settings.SMTP_FROM);
        if (from.size() > 1) {
            values.problem(Settings.SMTP_FROM, "names " + from.size() + " addresses", "one mail address");
        }
        if (values.says(Settings.SMTP_USER) != values.says(Settings.SMTP_PASSWORD)) {
            values.problem(Settings.SMTP_USER, "needs SMTP_PASSWORD, and SMTP_PASSWORD needs it", "both, or neither");
        }
        if (security == SmtpSecurity.NONE && values.says(Settings.SMTP_PASSWORD)) {
            values.problem(
                    Settings.SMTP_SECURITY,
                    "none would send SMTP_PASSWORD in the clear",
                    "starttls or tls with a login");
        }
        if (server == null) {
            if (values.says(Settings.ALERT_EMAIL)) {
                values.problem(Settings.ALERT_EMAIL, "names recipients, but SMTP_SERVER is absent", "both, or neither");
            }
            return null;
        }
        if (!values.says(Settings.ALERT_EMAIL)) {
            values.problem(Settings.SMTP_SERVER, "is set, but ALERT_EMAIL names no recipient", "both, or neither");
        }
        if (to.isEmpty()) {
            return null;
        }
        String host = host(server);
        return new Mail(host, port, security, user, password, sender(from, user, to), to);
    }

    /** The host of a preset, or the text itself. */
    private static String host(String server) {
        return Arrays.stream(SmtpPreset.values())
                .filter(preset -> preset.key().equalsIgnoreCase(server))
                .findFirst()
                .map(SmtpPreset::host)
                .orElse(server);
    }

    private static String sender(List<String> from, @Nullable String user, List<String> to) {
        if (!from.isEmpty()) {
            return from.get(0);
        }
        return user != null && user.indexOf('@') > 0 ? user : to.get(0);
    }
}
