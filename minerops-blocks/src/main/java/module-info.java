/** The stored form of samples: ticks, sealed blocks and roll-ups as bytes. For the stores of MinerOps alone. */
@SuppressWarnings("module") // a qualified export names modules that are compiled later
module io.minerops.blocks {
    requires io.minerops.api;
    requires transitive java.sql;
    requires static org.jspecify;

    exports io.minerops.blocks to
            io.minerops.postgres,
            io.minerops.sqlite;
    exports io.minerops.blocks.copy to
            io.minerops.postgres,
            io.minerops.sqlite;
    exports io.minerops.blocks.jdbc to
            io.minerops.postgres,
            io.minerops.sqlite;
}
