package io.minerops.notify.webhook;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.notify.Notifier;
import io.minerops.notify.LoopbackHook;
import io.minerops.notify.mail.EmailNotifier;
import io.minerops.notify.mail.SmtpSecurity;
import io.minerops.testkit.contract.NotifierContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contract of a notifier, over mail and each kind of webhook. */
class NotifierContractTest {
    @Nested
    class Mail extends NotifierContract {
        private GreenMail server = newServer();

        @Override
        protected Notifier notifier() {
            server = newServer();
            server.start();
            return EmailNotifier.builder()
                    .host("localhost")
                    .port(server.getSmtp().getPort())
                    .security(SmtpSecurity.NONE)
                    .from("minerops@example.com")
                    .to("ops@example.com")
                    .build();
        }

        private static GreenMail newServer() {
            return new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
        }

        @Override
        protected Destination destination() {
            return Destination.email();
        }

        @Override
        protected void stopService() {
            server.stop();
        }

        @AfterEach
        void stop() {
            server.stop();
        }
    }

    public abstract static class Post extends NotifierContract {
        private final WebhookFormat format;
        private LoopbackHook hook = new LoopbackHook();

        Post(WebhookFormat format) {
            this.format = format;
        }

        @Override
        protected Notifier notifier() {
            hook = new LoopbackHook();
            return WebhookNotifier.builder()
                    .targets(WebhookTargets.allowing(List.of("127.0.0.0/8")))
                    .build();
        }

        @Override
        protected Destination destination() {
            return hook.destination(format);
        }

        @Override
        protected void stopService() {
            hook.close();
        }

        @AfterEach
        void stop() {
            hook.close();
        }
    }

    @Nested
    class GenericPost extends Post {
        GenericPost() {
            super(WebhookFormat.GENERIC);
        }
    }

    @Nested
    class SlackPost extends Post {
        SlackPost() {
            super(WebhookFormat.SLACK);
        }
    }

    @Nested
    class DiscordPost extends Post {
        DiscordPost() {
            super(WebhookFormat.DISCORD);
        }
    }

    @Nested
    class TeamsPost extends Post {
        TeamsPost() {
            super(WebhookFormat.TEAMS);
        }
    }
}
