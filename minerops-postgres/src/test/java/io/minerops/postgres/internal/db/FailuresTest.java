package io.minerops.postgres.internal.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.StoreException;
import io.minerops.api.StoreException.Reason;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each state of SQL that a server reports has its reason. */
class FailuresTest {
    private static StoreException of(SQLException e) {
        return Failures.of("append a poll", "jdbc:postgresql://db/minerops (schema minerops)", e);
    }

    @ParameterizedTest
    @CsvSource({
        "53100, DISK_FULL, the server's disk is full (why)",
        "25006, READ_ONLY, why",
        "42501, READ_ONLY, why; grant the user the right to use and create tables in the schema",
        "55P03, LOCKED, why",
        "XX001, DAMAGED, why",
        "XX002, DAMAGED, why",
        "28P01, OTHER, the database refuses the login (why); check user and password",
        "3D000, OTHER, why; create the database first",
        "53300, OTHER, 'the server has no connection left (why); lower the pool size, or raise max_connections'",
        "57P01, OTHER, the server cannot be reached (why)",
        "08006, OTHER, the server cannot be reached (why)",
        "25P03, OTHER, the server cannot be reached (why)",
        "22003, OTHER, why",
    })
    void a_state_has_its_reason_and_its_words(String state, Reason reason, String words) {
        StoreException failure = of(new SQLException("why", state));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure)
                .hasMessage("append a poll failed on jdbc:postgresql://db/minerops (schema minerops): " + words);
    }

    @Test
    void a_failure_without_a_state_has_no_reason_of_its_own() {
        assertThat(of(new SQLException("why")).reason()).isEqualTo(Reason.OTHER);
    }

    @Test
    void of_a_batch_the_statement_that_failed_counts() {
        BatchUpdateException batch = new BatchUpdateException("a batch failed", "25000", new int[0]);
        batch.setNextException(new SQLException("no space left", "53100"));

        assertThat(of(batch).reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(of(batch)).hasMessageContaining("no space left");
    }

    @Test
    void of_a_pool_without_a_connection_what_kept_it_from_one_counts() {
        SQLException pool = new SQLTransientConnectionException("no connection within 10000 ms");
        pool.initCause(new SQLException("recovery mode", "25006"));

        assertThat(of(pool).reason()).isEqualTo(Reason.READ_ONLY);
    }
}
