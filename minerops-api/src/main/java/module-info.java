/** Types and service provider interfaces that all of MinerOps shares. */
@SuppressWarnings("module") // a qualified export names modules that are compiled later
module io.minerops.api {
    requires static transitive org.jspecify;

    exports io.minerops.api;
    exports io.minerops.api.alert;
    exports io.minerops.api.event;
    exports io.minerops.api.miner;
    exports io.minerops.api.notify;
    exports io.minerops.api.profit;
    exports io.minerops.api.store;
    exports io.minerops.api.internal to
            io.minerops.blocks,
            io.minerops.core,
            io.minerops.notify,
            io.minerops.postgres,
            io.minerops.rules,
            io.minerops.sqlite,
            io.minerops.tariff,
            io.minerops.testkit;
}
