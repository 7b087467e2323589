package io.minerops.server;

import static io.minerops.notify.mail.SmtpPreset.GMAIL;

import io.minerops.api.notify.Notifier;
import io.minerops.core.MinerOps;
import io.minerops.core.alert.DefaultRules;
import io.minerops.core.discovery.MinerRange;
import io.minerops.notify.mail.EmailNotifier;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;

/** Watches the miners of a network, and mails when an alert is raised or resolved, until Enter is pressed. */
public final class EmbeddingExample {
    public static void main(String... args) throws IOException {
        String user = args[0];
        String appPassword = args[1];
        Notifier mail = EmailNotifier.preset(GMAIL, user, appPassword).to("ops@example.com");
        try (MinerOps ops = watch(Path.of("metrics.db"), "192.168.1.0/24", mail)) {
            ops.start();
            System.in.read();
        }
    }

    static MinerOps watch(Path database, String range, Notifier mail) {
        return MinerOps.builder()
                .store(SqliteStore.open(database))
                .miners(MinerRange.parse(range))
                .rulesIfNone(DefaultRules.standard())
                .notifier(mail)
                .build();
    }
}
