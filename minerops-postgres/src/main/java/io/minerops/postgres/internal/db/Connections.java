package io.minerops.postgres.internal.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.minerops.api.Secret;
import org.postgresql.ds.PGSimpleDataSource;

/** The connections of a store. */
final class Connections {
    private static final long WAIT_MS = 10_000;
    private static final int CONNECT_SECONDS = 5;
    /** A server that was lost without a word fails a step after so long. */
    private static final int SOCKET_SECONDS = 120;
    /** An instance that is suspended within a transaction that writes holds its locks no longer than this. */
    private static final String MAX_IDLE = "SET idle_in_transaction_session_timeout = '5s'";

    private Connections() {}

    static HikariDataSource pool(ConnectionSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        source.setApplicationName("minerops");
        source.setCurrentSchema(settings.schema());
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setTcpKeepAlive(true);
        if (settings.user() != null) {
            source.setUser(settings.user());
        }
        Secret password = settings.password();
        if (password != null) {
            source.setPassword(password.reveal());
        }
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("minerops-postgres");
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setConnectionInitSql(MAX_IDLE);
        config.setConnectionTimeout(WAIT_MS);
        // the first step says what is wrong, with its own words
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
