/** Notifications by e-mail and chat webhooks. */
module io.minerops.notify {
    requires transitive io.minerops.api;
    requires transitive jakarta.mail;
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires org.eclipse.angus.mail;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.minerops.notify.mail;
    exports io.minerops.notify.webhook;
}
