package io.minerops.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.Secret;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.core.profit.PayoutScheme;
import io.minerops.core.profit.PayoutTerms;
import io.minerops.server.access.TokenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    @Test
    void without_any_setting_the_defaults_hold() {
        ServerConfig config = Configuration.read(Map.of(), null);

        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(5050);
        assertThat(config.database()).isEqualTo(new DatabaseConfig.SqliteFile(Path.of("data/metrics.db")));
        assertThat(config.jobs().pollInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.jobs().alertInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.jobs().profitabilityInterval()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.miners().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.economics().tariff().usdPerKwh()).isEqualTo(0.10);
        assertThat(config.mail()).isNull();
    }

    @Test
    void an_address_of_postgresql_chooses_that_database_with_its_user_and_schema() {
        ServerConfig config = Configuration.read(
                Map.of(
                        "MINEROPS_DB", "jdbc:postgresql://db.example.net:5433/farm?sslmode=require",
                        "MINEROPS_DB_USER", "minerops",
                        "MINEROPS_DB_PASSWORD", "hunter2",
                        "MINEROPS_DB_SCHEMA", "site_a",
                        "MINEROPS_DB_CONNECTIONS", "20"),
                null);

        assertThat(config.database()).isInstanceOfSatisfying(DatabaseConfig.Postgres.class, postgres -> {
            assertThat(postgres.options().url())
                    .isEqualTo("jdbc:postgresql://db.example.net:5433/farm?sslmode=require");
            assertThat(postgres.options().user()).isEqualTo("minerops");
            assertThat(postgres.options().password()).isEqualTo(Secret.of("hunter2"));
            assertThat(postgres.options().schema()).isEqualTo("site_a");
            assertThat(postgres.options().connections()).isEqualTo(20);
        });
        assertThat(config.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            MINEROPS_PORT            | 70000
            MINEROPS_PORT            | http
            MINEROPS_DB              | jdbc:mysql://db/x
            MINEROPS_DB              | jdbc:postgresql://db:port/x
            MINER_IP_RANGE           | 192.168.1.0/33
            MINER_IP_RANGE           | 10.0.0.9-3
            POLL_INTERVAL            | 0
            POLL_INTERVAL            | soon
            ALERT_INTERVAL           | -5
            PROFITABILITY_INTERVAL   | NaN
            ALERT_AFTER_POLL         | maybe
            CGMINER_PORT             | 0
            CGMINER_TIMEOUT          | 1e9
            MINER_CONTROL            | perhaps
            MINER_CONTROL            | true
            TEMP_THRESHOLD           | 0
            HASHRATE_DROP_THRESHOLD  | 1.5
            ALERT_COOLDOWN_MINUTES   | -1
            SMTP_PORT                | 0
            SMTP_SECURITY            | ssl
            SMTP_SERVER              | mail.example.com
            SMTP_USER                | somebody
            SMTP_FROM                | nobody
            WEBHOOK_ALLOW            | 10.0.0.0/99
            DEFAULT_POWER_COST       | -1
            POOL_FEE_PCT             | 101
            PAYOUT_SCHEME            | lottery
            REJECTED_SHARE_PCT       | 100.1
            REJECTED_SHARE_PCT       | guessed
            UPTIME_PCT               | 0
            UPTIME_PCT               | 101
            NETWORK_FEES_BTC_PER_BLOCK | -0.1
            COINGECKO_URL            | ftp://example.com
            MEMPOOL_URL              | example.com
            CORS_ORIGINS             | https://example.com/path
            RATE_LIMIT_PER_MINUTE    | -1
            MAX_BODY_BYTES           | 1
            METRICS_RETENTION_DAYS   | 0
            ROLLUP_RETENTION_DAYS    | forever
            FACTS_RETENTION_DAYS     | -1
            BACKUP_INTERVAL_HOURS    | 0
            BACKUP_KEEP              | 0
            LOG_LEVEL                | LOUD
            LOG_FORMAT               | xml
            LOG_RETENTION_DAYS       | 0
            MINEROPS_HOST            | 0.0.0.0
            """)
    void a_value_that_cannot_be_used_is_a_problem_that_names_its_setting(String name, String value) {
        assertThat(problems(Map.of(name, value))).singleElement().asString().contains(name);
    }

    @Test
    void the_payout_is_that_of_the_settings() {
        PayoutTerms set = Configuration.read(
                        Map.of(
                                "PAYOUT_SCHEME",
                                "pps+",
                                "POOL_FEE_PCT",
                                "2",
                                "REJECTED_SHARE_PCT",
                                "measured",
                                "UPTIME_PCT",
                                "97.5"),
                        null)
                .economics()
                .payout();

        assertThat(set).isEqualTo(new PayoutTerms(PayoutScheme.PPS_PLUS, 2, null, 97.5));
        assertThat(Configuration.read(Map.of(), null).economics().payout()).isEqualTo(PayoutTerms.FULL);
    }

    @Test
    void every_problem_is_listed_at_once() {
        assertThat(problems(Map.of("MINEROPS_PORT", "x", "POLL_INTERVAL", "y", "LOG_LEVEL", "z")))
                .hasSize(3);
    }

    @Test
    void a_secret_is_never_shown() {
        Map<String, String> settings = Map.of(
                "API_TOKEN", "s3cr3t with blanks", "SMTP_PASSWORD", "hunter22", "COINGECKO_URL", "http://u:hunter22@h");

        assertThat(problems(settings))
                .allSatisfy(
                        problem -> assertThat(problem).doesNotContain("s3cr3t").doesNotContain("hunter22"));
        assertThat(Configuration.read(Map.of("API_TOKEN", "s3cr3t-0123456789abcdefgh"), null)
                        .toString())
                .doesNotContain("s3cr3t");
    }

    @Test
    void a_node_has_exactly_one_login() {
        Map<String, String> node = new HashMap<>(Map.of("BITCOIN_NODE_URL", "http://127.0.0.1:8332"));
        assertThat(problems(node)).singleElement().asString().contains("BITCOIN_NODE_URL", "has no login");

        node.put("BITCOIN_NODE_COOKIE", "/data/.cookie");
        node.put("BITCOIN_NODE_USER", "rpc");
        node.put("BITCOIN_NODE_PASSWORD", "hunter2");
        assertThat(problems(node)).singleElement().asString().contains("BITCOIN_NODE_URL", "has two logins");

        node.remove("BITCOIN_NODE_URL");
        node.remove("BITCOIN_NODE_USER");
        node.remove("BITCOIN_NODE_PASSWORD");
        assertThat(problems(node))
                .singleElement()
                .asString()
                .contains("BITCOIN_NODE_COOKIE", "BITCOIN_NODE_URL is absent");
    }

    @Test
    void a_median_needs_three_sources_that_can_be_used() {
        assertThat(problems(Map.of("PRICE_METHOD", "median")))
                .singleElement()
                .asString()
                .contains("PRICE_SOURCES", "names 2 sources that can be used", "three or more");
        assertThat(problems(Map.of("PRICE_SOURCES", "coincap")))
                .singleElement()
                .asString()
                .contains("PRICE_SOURCES", "names 0 sources that can be used");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            MINEROPS_PORT          | http://u:hunter2@h/
            MINEROPS_PORT          | https://h/?token=hunter2
            MINER_IP_RANGE         | https://admin:hunter2@10.0.0.1/
            MINER_IP_RANGE         | 10.0.0.1, admin:hunter2@10.0.0.2
            POLL_INTERVAL          | https://h/hunter2
            LOG_LEVEL              | password=hunter2
            SMTP_SERVER            | smtp://me:hunter2@smtp.example.com?x=hunter2
            SMTP_FROM              | me:hunter2@smtp.example.com boss
            ALERT_EMAIL            | https://hooks.example.com/services/hunter2
            WEBHOOK_ALLOW          | https://hooks.example.com/services/T0/hunter2
            ESCALATION_WEBHOOK_URL | ftp://hooks.example.com/hunter2
            COINGECKO_URL          | https://mirror.example.com/v3?x_cg_pro_api_key=hunter2
            COINCAP_URL            | https://hunter2@mirror.example.com
            MEMPOOL_URL            | mirror.example.com?key=hunter2
            KRAKEN_URL             | https://u:hunter2@mirror.example.com
            BITCOIN_NODE_URL       | http://user:hunter2@127.0.0.1:8332
            BITCOIN_NODE_PASSWORD  | hunter2
            PRICE_SOURCES          | https://mirror.example.com/?key=hunter2
            BLOCKCHAIN_INFO_URL    | https://mirror.example.com/#hunter2
            CORS_ORIGINS           | https://ops.example.com/?key=hunter2
            TRUSTED_PROXIES        | http://u:hunter2@10.0.0.1
            MINEROPS_HOST          | https://u:hunter2@h
            MINEROPS_DB            | jdbc:postgresql://db/x?password=hunter2
            API_TOKEN              | hunter2
            """)
    void no_problem_shows_a_secret_wherever_it_stands(String name, String value) {
        Map<String, String> settings = new HashMap<>(Map.of(name, value));
        if (name.equals("SMTP_SERVER")) {
            settings.put("SMTP_PORT", value);
        }

        assertThat(problems(settings))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).doesNotContain("hunter2"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "x",
                "hunter2",
                "0123456789abcdef0123456",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "abcabcabcabcabcabcabcabcabcabc",
                "123412341234123412341234",
                "0123456789abcdef 0123456789",
                "0123456789abcdef0123456é"
            })
    void a_token_that_could_be_guessed_is_refused_whichever_setting_holds_it(String token) {
        assertThat(problems(Map.of("API_TOKEN", token)))
                .singleElement()
                .asString()
                .startsWith("API_TOKEN: value (not shown)")
                .contains("24 to 1024", "openssl rand -hex 32");
        assertThat(problems(Map.of("API_READ_TOKEN", token)))
                .singleElement()
                .asString()
                .startsWith("API_READ_TOKEN: value (not shown)")
                .contains("24 to 1024");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0123456789abcdef01234567",
                "h/1sZbRkqkTMM2o9YDFYoUBH3n3Jg0aHkEvYBzpXJ5s=",
                "3f786850e387550fdab836ed7e6dc881de23001b0123456789abcdef01234567"
            })
    void a_token_as_it_is_usually_made_is_accepted(String token) {
        assertThat(Configuration.read(Map.of("API_TOKEN", token), null)
                        .http()
                        .access()
                        .token())
                .isNotNull();
    }

    @Test
    void a_token_that_stands_in_the_settings_and_in_the_file_is_refused(@TempDir Path folder) throws IOException {
        String token = "0123456789abcdef01234567";
        Path file = TokenFiles.write(folder.resolve("tokens"), "operate alice " + token + "\n");

        assertThat(problems(Map.of("API_READ_TOKEN", token, "API_TOKENS_FILE", file.toString())))
                .singleElement()
                .asString()
                .startsWith("API_TOKENS_FILE: " + file + " holds the token of API_READ_TOKEN too, as alice")
                .doesNotContain(token);
    }

    @Test
    void the_demo_and_the_server_read_the_port_from_one_setting() {
        assertThat(Configuration.port(Map.of())).isEqualTo(5050);
        assertThat(Configuration.port(Map.of("MINEROPS_PORT", " "))).isEqualTo(5050);
        assertThat(Configuration.port(Map.of("MINEROPS_PORT", "6060"))).isEqualTo(6060);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Configuration.port(Map.of("MINEROPS_PORT", "http")))
                .withMessageContaining("MINEROPS_PORT: value \"http\" is not accepted");
    }

    @Test
    void beyond_loopback_a_token_or_a_clear_word_is_needed() {
        assertThat(Configuration.read(Map.of("MINEROPS_HOST", "0.0.0.0", "API_TOKEN", "0123456789abcdef01234567"), null)
                        .http()
                        .host())
                .isEqualTo("0.0.0.0");
        assertThat(Configuration.read(Map.of("MINEROPS_HOST", "0.0.0.0", "ALLOW_ANONYMOUS", "true"), null)
                        .http()
                        .host())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void a_file_of_tokens_is_as_good_as_one_token(@TempDir Path folder) throws IOException {
        Path file = TokenFiles.write(folder.resolve("tokens"), "operate alice 0123456789abcdef01234567\n");
        ServerConfig config = Configuration.read(
                Map.of("MINEROPS_HOST", "0.0.0.0", "API_TOKENS_FILE", file.toString(), "MINER_CONTROL", "true"), null);

        assertThat(config.http().access().tokensFile()).isEqualTo(file);
        assertThat(config.miners().control()).isTrue();
    }

    @Test
    void a_file_of_tokens_that_cannot_be_used_stops_the_start(@TempDir Path folder) throws IOException {
        Path file = TokenFiles.write(folder.resolve("tokens"), "operate alice short\nsecret-without-a-name\n");

        assertThat(problems(Map.of("API_TOKENS_FILE", file.toString())))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem)
                        .startsWith("API_TOKENS_FILE: " + file + " line ")
                        .doesNotContain("secret-without"));
    }

    @Test
    void miners_are_controlled_only_where_a_token_is_needed_for_it() {
        assertThat(Configuration.read(Map.of(), null).miners().control()).isFalse();
        assertThat(Configuration.read(Map.of("MINER_CONTROL", "true", "API_TOKEN", "0123456789abcdef01234567"), null)
                        .miners()
                        .control())
                .isTrue();
    }

    @Test
    void a_preset_stands_for_its_mail_server() {
        ServerConfig config = Configuration.read(
                Map.of(
                        "SMTP_SERVER", "gmail",
                        "SMTP_USER", "me@gmail.com",
                        "SMTP_PASSWORD", "app-password",
                        "ALERT_EMAIL", "ops@example.com, boss@example.com"),
                null);

        assertThat(config.mail()).isNotNull().satisfies(mail -> {
            assertThat(mail.server()).isEqualTo("smtp.gmail.com");
            assertThat(mail.port()).isEqualTo(587);
            assertThat(mail.from()).isEqualTo("me@gmail.com");
            assertThat(mail.to()).containsExactly("ops@example.com", "boss@example.com");
        });
    }

    @Test
    void a_webhook_channel_has_a_name_a_format_and_an_address() {
        ServerConfig config = Configuration.read(
                Map.of(
                        "WEBHOOK_CHANNELS",
                        "noc-slack = slack:https://hooks.example.com/T0p-Secret, pager=generic:https://pager.example.com/x"),
                null);

        assertThat(config.webhookChannels())
                .containsExactly(
                        new ServerConfig.NamedWebhook(
                                "noc-slack", Webhook.of("https://hooks.example.com/T0p-Secret", WebhookFormat.SLACK)),
                        new ServerConfig.NamedWebhook(
                                "pager", Webhook.of("https://pager.example.com/x", WebhookFormat.GENERIC)));
        assertThat(config.channelNames()).containsExactly("noc-slack", "pager");
        assertThat(config.toString()).doesNotContain("T0p-Secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/T0p-Secret",
                "noc=https://hooks.example.com/T0p-Secret",
                "email=slack:https://hooks.example.com/T0p-Secret",
                "noc=telegram:https://hooks.example.com/T0p-Secret",
                "noc=slack:https://10.0.0.1/T0p-Secret",
                "noc=slack:https://a.example/T0p-Secret,noc=slack:https://b.example/T0p-Secret"
            })
    void a_webhook_channel_that_cannot_be_used_is_a_problem_that_shows_no_secret(String text) {
        assertThat(problems(Map.of("WEBHOOK_CHANNELS", text)))
                .singleElement()
                .asString()
                .contains("WEBHOOK_CHANNELS")
                .doesNotContain("T0p-Secret");
    }

    @Test
    void an_escalation_has_an_address_and_a_format() {
        ServerConfig config = Configuration.read(
                Map.of(
                        "ESCALATION_WEBHOOK_URL", "https://hooks.example.com/T0p-Secret",
                        "ESCALATION_WEBHOOK_FORMAT", "slack"),
                null);

        assertThat(config.escalation())
                .isEqualTo(Webhook.of("https://hooks.example.com/T0p-Secret", WebhookFormat.SLACK));
        assertThat(config.toString()).doesNotContain("T0p-Secret");
    }

    @Test
    void an_escalation_that_cannot_be_reached_is_a_problem_that_shows_no_secret() {
        assertThat(problems(Map.of("ESCALATION_WEBHOOK_URL", "ftp://hooks.example.com/T0p-Secret")))
                .singleElement()
                .asString()
                .contains("ESCALATION_WEBHOOK_URL")
                .doesNotContain("T0p-Secret");
        assertThat(problems(Map.of("ESCALATION_WEBHOOK_FORMAT", "slack")))
                .singleElement()
                .asString()
                .contains("ESCALATION_WEBHOOK_FORMAT");
    }

    @Test
    void a_file_gives_the_same_names_and_the_environment_wins(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("minerops.env"),
                "# comment\nexport POLL_INTERVAL=7 # seconds\nMINER_IP_RANGE=\"10.0.0.1, 10.0.0.2\"\nLOG_LEVEL=DEBUG\n");

        ServerConfig config = Configuration.read(Map.of("LOG_LEVEL", "WARN"), file);

        assertThat(config.jobs().pollInterval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.miners().range().addresses()).hasSize(2);
        assertThat(config.logs().level()).isEqualTo(LogLevel.WARN);
    }

    @Test
    void a_misspelt_name_in_a_file_is_a_problem_that_offers_the_right_one(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("minerops.env"), "POL_INTERVAL=7\n");

        assertThat(problems(Map.of(), file)).singleElement().asString().contains("POLL_INTERVAL");
    }

    @Test
    void a_file_that_is_not_there_is_a_problem(@TempDir Path folder) {
        assertThat(problems(Map.of(), folder.resolve("none")))
                .singleElement()
                .asString()
                .contains("none");
    }

    private static List<String> problems(Map<String, String> settings) {
        return problems(settings, null);
    }

    private static List<String> problems(Map<String, String> settings, @Nullable Path file) {
        List<List<String>> problems = new ArrayList<>();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Configuration.read(settings, file))
                .satisfies(refusal -> problems.add(refusal.problems()));
        return problems.get(0);
    }
}
