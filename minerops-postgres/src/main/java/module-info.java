/** The store on PostgreSQL: {@link io.minerops.postgres.PostgresStore}. */
module io.minerops.postgres {
    requires transitive io.minerops.api;
    requires com.zaxxer.hikari;
    requires io.minerops.blocks;
    requires java.sql;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.minerops.postgres;
}
