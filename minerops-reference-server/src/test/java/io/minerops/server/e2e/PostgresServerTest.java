package io.minerops.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.ReferenceServer;
import io.minerops.server.config.Configuration;
import io.minerops.server.support.Client;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server on PostgreSQL, chosen by one setting. */
class PostgresServerTest {
    @Test
    void the_server_keeps_its_registry_rules_and_events_in_postgresql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
            try (ReferenceServer server = start(url)) {
                assertThat(Client.of(server.uri()).get("/healthz").status()).isEqualTo(200);
                assertThat(Client.of(server.uri()).get("/api/summary").status()).isEqualTo(200);
            }
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement();
                    var rules = statement.executeQuery("SELECT COUNT(*) FROM minerops.rules")) {
                assertThat(rules.next()).isTrue();
                assertThat(rules.getInt(1)).isPositive();
            }
        }
    }

    private static ReferenceServer start(String url) {
        return ReferenceServer.start(Configuration.read(
                Map.of(
                        "MINEROPS_PORT", "0",
                        "MINEROPS_DB", url,
                        "MINEROPS_DB_USER", "postgres",
                        "MINEROPS_DB_PASSWORD", "postgres",
                        "COINGECKO_URL", "http://127.0.0.1:1",
                        "BLOCKCHAIN_INFO_URL", "http://127.0.0.1:1",
                        "MEMPOOL_URL", "http://127.0.0.1:1"),
                null));
    }
}
