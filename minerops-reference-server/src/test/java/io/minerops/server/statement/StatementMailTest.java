package io.minerops.server.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.core.MinerOps;
import io.minerops.core.job.Job;
import io.minerops.core.market.MarketSources;
import io.minerops.server.config.ConfigurationException;
import io.minerops.server.config.LoadedSettings;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.support.FreePort;
import io.minerops.server.wiring.ChannelWiring;
import io.minerops.sqlite.SqliteStore;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statement of a month as a mail over a real socket, from a real file. */
class StatementMailTest {
    private static final Instant END = Instant.parse("2026-05-31T22:00:00Z");
    private static final MinerAddress MINER = MinerAddress.of("10.0.0.1");

    private final InstantSource clock = () -> END.plus(Duration.ofHours(2));
    private final int port = FreePort.find();
    private final GreenMail mails = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        mails.start();
        try (SqliteStore store = SqliteStore.open(folder.resolve("metrics.db"))) {
            store.miners()
                    .put(Miner.builder(MINER, END.minus(Duration.ofDays(31)))
                            .owner("Meridian <b>")
                            .nominalThs(110.0)
                            .build());
            for (int minute = 0; minute < 600; minute++) {
                Instant at = END.minus(Duration.ofHours(20)).plusSeconds(minute * 60L);
                store.metrics()
                        .append(Poll.of(
                                at,
                                List.of(MetricSample.builder(MINER, at)
                                        .set(Reading.HASHRATE_THS, 100)
                                        .set(Reading.POWER_W, 3_000)
                                        .build())));
            }
        }
    }

    @AfterEach
    void stop() {
        mails.stop();
    }

    private ServerConfig config() {
        return LoadedSettings.read(
                        Map.of(
                                "SMTP_SERVER", "127.0.0.1",
                                "SMTP_PORT", Integer.toString(port),
                                "SMTP_SECURITY", "none",
                                "ALERT_EMAIL", "ops@example.com",
                                "STATEMENT_MAIL_TO", "owner@example.com, books@example.com",
                                "STATEMENT_ZONE", "Europe/Berlin"),
                        null)
                .config();
    }

    private MinerOps ops() {
        ServerConfig config = config();
        return MinerOps.builder()
                .store(SqliteStore.open(folder.resolve("metrics.db")))
                .priceSource(MarketSources.fixedPrice(90_000, clock))
                .difficultySource(MarketSources.fixedDifficulty(1.5e14, clock))
                .clock(clock)
                .statementNotifier(
                        ChannelWiring.statements(config, clock).orElseThrow(),
                        config.statements().zone())
                .build();
    }

    @Test
    void is_mailed_once_over_a_restart_to_the_recipients_of_the_settings() throws Exception {
        try (MinerOps ops = ops()) {
            ops.run(Job.SEND_STATEMENT);
            ops.run(Job.SEND_STATEMENT);
        }
        try (MinerOps again = ops()) {
            again.run(Job.SEND_STATEMENT);
        }

        assertThat(mails.getReceivedMessages()).hasSize(2);
        var mail = mails.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[MinerOps] Statement of 2026-05");
        assertThat(mail.getAllRecipients())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("owner@example.com", "books@example.com");
        assertThat(mail.getMessageID()).isEqualTo("<minerops-statement-2026-05-Europe-Berlin@example.com>");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("Energy: 30.0 kWh", "Power cost: 3.00 USD", "Owner Meridian <b>: ");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("Owner Meridian &lt;b&gt;");
    }

    @Test
    void recipients_without_a_mail_server_are_a_problem_of_the_settings() {
        assertThatThrownBy(() -> LoadedSettings.read(Map.of("STATEMENT_MAIL_TO", "owner@example.com"), null))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.problems())
                                .anySatisfy(problem -> assertThat(problem).contains("STATEMENT_MAIL_TO")));
    }
}
