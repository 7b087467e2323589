package io.minerops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.minerops.api.Secret;
import io.minerops.api.StoreException;
import io.minerops.api.StoreException.Reason;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real server refuses has its reason. */
class StoreFaultsTest {
    private final PostgresOptions options = TestServer.empty();

    @BeforeEach
    void makeTheSchema() {
        PostgresStore.open(options).close();
    }

    /** The same database, with a setting of the server for its connections. */
    private PostgresOptions with(String setting) {
        return TestServer.at(options.url() + "?options=-c%20" + setting, options.schema());
    }

    private static StoreException failure(ThrowingCallable step) {
        StoreException failure = catchThrowableOfType(StoreException.class, step);
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void a_server_that_is_read_only_such_as_a_standby_is_named_as_such() {
        StoreException failure = failure(() -> PostgresStore.open(with("default_transaction_read_only=on")));

        assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY);
        assertThat(failure).hasMessageContaining("read-only transaction");
    }

    @Test
    void a_user_who_may_not_write_is_named_as_such() throws Exception {
        String user = "reader_of_" + options.schema();
        TestServer.execute(options, "CREATE ROLE " + user + " LOGIN PASSWORD 'x'");
        TestServer.execute(options, "GRANT USAGE ON SCHEMA " + options.schema() + " TO " + user);

        StoreException failure = failure(() -> PostgresStore.open(options.withUser(user, Secret.of("x"))));

        assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY);
        assertThat(failure).hasMessageContaining("grant the user the right");
    }

    @Test
    void a_lock_that_another_program_holds_for_too_long_is_named_as_such() throws Exception {
        try (PostgresStore store = PostgresStore.open(with("lock_timeout=100"));
                Connection other = DriverManager.getConnection(
                        options.url() + "?currentSchema=" + options.schema(), "postgres", "postgres");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE versions IN ACCESS EXCLUSIVE MODE");

            StoreException failure = failure(store::ping);

            assertThat(failure.reason()).isEqualTo(Reason.LOCKED);
            other.rollback();
            store.ping();
        }
    }
}
