/** The store in an SQLite file: {@link io.minerops.sqlite.SqliteStore}. */
module io.minerops.sqlite {
    requires transitive io.minerops.api;
    requires com.zaxxer.hikari;
    requires io.minerops.blocks;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static org.jspecify;

    exports io.minerops.sqlite;
}
