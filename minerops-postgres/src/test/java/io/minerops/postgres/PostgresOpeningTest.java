package io.minerops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.Secret;
import io.minerops.api.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PostgresOpeningTest {
    private final PostgresOptions options = TestServer.empty();

    @Test
    void a_schema_of_a_newer_version_is_refused() throws Exception {
        PostgresStore.open(options).close();
        TestServer.execute(options, "UPDATE schema_version SET version = 999");

        assertThatThrownBy(() -> PostgresStore.open(options))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("its schema has version 999")
                .hasMessageContaining("use the program that wrote it");
        assertThat(TestServer.column(options, "SELECT version FROM schema_version"))
                .containsExactly("999");
    }

    @Test
    void a_schema_of_another_program_is_refused() throws Exception {
        TestServer.execute(options, "CREATE SCHEMA " + options.schema());
        TestServer.execute(options, "CREATE TABLE theirs (id integer)");

        assertThatThrownBy(() -> PostgresStore.open(options)).hasMessageContaining("tables of another program");
    }

    @Test
    void instances_that_start_at_the_same_time_share_one_schema() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<PostgresStore>> opened = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                opened.add(threads.submit(() -> PostgresStore.open(options)));
            }
            for (Future<PostgresStore> each : opened) {
                try (PostgresStore store = each.get()) {
                    store.ping();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(TestServer.column(options, "SELECT version FROM schema_version"))
                .containsExactly("6");
    }

    @Test
    void a_start_forgets_the_leases_that_ended_a_day_ago_and_their_tokens_do_not_come_again() throws Exception {
        long before;
        try (PostgresStore store = PostgresStore.open(options)) {
            before = store.lease()
                    .acquire("instance gone", Duration.ofMinutes(1))
                    .orElseThrow();
            store.lease()
                    .acquire("instance of yesterday", Duration.ofMinutes(1))
                    .orElseThrow();
        }
        TestServer.execute(
                options, "UPDATE leases SET until = now() - interval '25 hours' WHERE job = 'instance gone'");
        TestServer.execute(
                options, "UPDATE leases SET until = now() - interval '23 hours' WHERE job = 'instance of yesterday'");

        try (PostgresStore store = PostgresStore.open(options)) {
            assertThat(TestServer.column(options, "SELECT job FROM leases WHERE job LIKE 'instance%'"))
                    .containsExactly("instance of yesterday");
            assertThat(store.lease()
                            .acquire("instance gone", Duration.ofMinutes(1))
                            .orElseThrow())
                    .isGreaterThan(before);
        }
    }

    @Test
    void a_password_with_special_characters_logs_in_and_no_other_does() throws Exception {
        String password = "p&a=s?s/w:o@r'd \"%20\\ü";
        String user = "user_of_" + options.schema();
        TestServer.execute(options, "CREATE ROLE " + user + " LOGIN PASSWORD '" + password.replace("'", "''") + "'");
        TestServer.execute(options, "CREATE SCHEMA " + options.schema() + " AUTHORIZATION " + user);
        TestServer.requirePassword(user);

        try (PostgresStore store = PostgresStore.open(options.withUser(user, Secret.of(password)))) {
            store.ping();
            assertThat(store.toString()).doesNotContain(password).contains(options.schema());
        }
        assertThatThrownBy(() -> PostgresStore.open(options.withUser(user, Secret.of("hunter2"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("check user and password")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_server_that_is_not_there_is_reported_with_its_address() {
        PostgresOptions nowhere = PostgresOptions.of("jdbc:postgresql://localhost:1/minerops?connectTimeout=1")
                .withUser("me", Secret.of("hunter2"));

        assertThatThrownBy(() -> PostgresStore.open(nowhere))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("open failed on jdbc:postgresql://localhost:1/minerops (schema minerops)")
                .hasMessageContaining("cannot be reached")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_database_that_does_not_exist_is_reported() {
        PostgresOptions missing = PostgresOptions.of(TestServer.url().replace("/postgres", "/missing"))
                .withUser("postgres", Secret.of("postgres"));

        assertThatThrownBy(() -> PostgresStore.open(missing)).hasMessageContaining("create the database first");
    }
}
