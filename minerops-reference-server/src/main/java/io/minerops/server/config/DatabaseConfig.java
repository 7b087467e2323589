package io.minerops.server.config;

import io.minerops.postgres.PostgresOptions;
import java.nio.file.Path;

/** Where everything is kept. */
public sealed interface DatabaseConfig {
    /**
     * A SQLite file.
     *
     * @param path which is made where there is none
     */
    record SqliteFile(Path path) implements DatabaseConfig {}

    /**
     * A PostgreSQL database.
     *
     * @param options where it is and who logs in
     */
    record Postgres(PostgresOptions options) implements DatabaseConfig {}
}
