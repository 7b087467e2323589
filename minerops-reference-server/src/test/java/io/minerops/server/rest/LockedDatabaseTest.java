package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.store.HistoryQuery;
import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another program writes to the database file for longer than a step waits. */
class LockedDatabaseTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2);

    @Test
    void polls_go_on_and_are_stored_when_the_lock_is_gone() throws SQLException {
        SERVER.awaitStart();
        Instant during;
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + SERVER.database());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            during = SERVER.server().ops().pollNow().at();

            Answer ready = SERVER.client().get("/readyz");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.text()).contains("poll-buffer").contains("1 polls (2 samples) wait to be stored");
            assertThat(SERVER.server().ops().fleet().latest().epochMillis(0)).isEqualTo(during.toEpochMilli());
            statement.execute("ROLLBACK");
        }

        SERVER.server().ops().pollNow();

        List<Instant> stored = new ArrayList<>();
        HistoryQuery moment = new HistoryQuery(null, during, during.plusMillis(1), null, 10);
        SERVER.server().ops().store().metrics().history(moment, (at, sample) -> stored.add(at));
        assertThat(stored).containsExactly(during, during);
    }
}
