package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.minerops.api.notify.Notifier;
import io.minerops.core.MinerOps;
import io.minerops.notify.mail.EmailNotifier;
import io.minerops.notify.mail.SmtpSecurity;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the README, run as it is printed there, against a simulated fleet and a real mail server. */
class EmbeddingExampleTest {
    private static final int HOT = 1;

    private final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final FleetSimulator fleet =
            FleetSimulator.builder().miners(3).seed(11).build();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        mails.start();
        fleet.start();
    }

    @AfterEach
    void stop() {
        fleet.close();
        mails.stop();
    }

    private MinerOps watch() {
        Notifier mail = EmailNotifier.builder()
                .host("127.0.0.1")
                .port(mails.getSmtp().getPort())
                .security(SmtpSecurity.NONE)
                .from("minerops@example.com")
                .to("ops@example.com")
                .build();
        return EmbeddingExample.watch(folder.resolve("metrics.db"), fleet.range(), mail);
    }

    @Test
    void a_hot_miner_is_mailed_about_when_it_gets_hot_and_when_it_is_well_again() throws Exception {
        fleet.trouble(HOT, Trouble.HOT);
        try (MinerOps ops = watch()) {
            ops.start();
            ops.pollNow();
            ops.checkAlertsNow();
            await().atMost(Duration.ofSeconds(30)).until(() -> mails.getReceivedMessages().length == 1);
            assertThat(mails.getReceivedMessages()[0].getSubject())
                    .contains(fleet.addresses().get(HOT).toString());

            fleet.heal(HOT);
            ops.pollNow();
            ops.checkAlertsNow();
            await().atMost(Duration.ofSeconds(30)).until(() -> mails.getReceivedMessages().length == 2);
        }
    }

    @Test
    void a_second_start_keeps_the_rules_that_the_first_one_created() {
        long version;
        try (MinerOps first = watch()) {
            version = first.store().rules().version();
            assertThat(first.store().rules().all()).hasSize(4);
        }
        try (MinerOps second = watch()) {
            assertThat(second.store().rules().version()).isEqualTo(version);
        }
    }
}
