package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.RunningServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who polls what, on the page of a server that shares a database. */
class InstancesPanelTest {
    private static final EmbeddedPostgres POSTGRES = postgres();

    /** The first, so that it is called at the end: requests wait for a database that is gone. */
    @RegisterExtension
    @Order(1)
    static final AfterAllCallback STOP = context -> POSTGRES.close();

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2)
            .with("MINEROPS_DB", "jdbc:postgresql://localhost:" + POSTGRES.getPort() + "/postgres")
            .with("MINEROPS_DB_USER", "postgres")
            .with("MINEROPS_DB_PASSWORD", "postgres")
            .with("MINEROPS_INSTANCE", "mine-a")
            .with("POLL_INTERVAL", "1")
            .with("ALERT_INTERVAL", "1");

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void each_instance_is_shown_with_its_miners_and_its_jobs() {
        BROWSER.eventually(() -> {
            BROWSER.open("/dashboard/operation");
            assertThat(BROWSER.texts("#instance-rows th"))
                    .singleElement()
                    .asString()
                    .startsWith("mine-a-");
            assertThat(BROWSER.text("#instance-rows td[data-label='State']")).isEqualTo("this server");
            assertThat(BROWSER.text("#instance-rows td[data-label='Miners']")).isEqualTo("2");
            assertThat(BROWSER.text("#instance-rows td[data-label='Jobs']")).contains("check-alerts");
        });
    }
}
