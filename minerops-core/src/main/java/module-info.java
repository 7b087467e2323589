/** Polling, alerts, discovery, control and profitability; {@link io.minerops.core.MinerOps} is the entry point. */
@SuppressWarnings("module") // a qualified export names a module that is compiled later
module io.minerops.core {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive io.minerops.api;
    requires transitive java.net.http;
    requires com.github.benmanes.caffeine;
    requires jdk.management;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.minerops.core;
    exports io.minerops.core.alert;
    exports io.minerops.core.alert.type;
    exports io.minerops.core.backtest;
    exports io.minerops.core.certify;
    exports io.minerops.core.curtail;
    exports io.minerops.core.device;
    exports io.minerops.core.device.family;
    exports io.minerops.core.device.reply;
    exports io.minerops.core.discovery;
    exports io.minerops.core.discovery.mdns;
    exports io.minerops.core.health;
    exports io.minerops.core.job;
    exports io.minerops.core.market;
    exports io.minerops.core.network;
    exports io.minerops.core.profit;
    exports io.minerops.core.service;
    exports io.minerops.core.statement;
    exports io.minerops.core.trend;
    exports io.minerops.core.work;
    exports io.minerops.core.alert.internal.change to
            io.minerops.rules;

    uses io.minerops.core.alert.type.RuleTypeDefinition;
}
