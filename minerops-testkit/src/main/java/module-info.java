/** Contract tests for implementations of the interfaces, a store in memory and simulated miners. */
module io.minerops.testkit {
    requires transitive io.minerops.api;
    requires com.fasterxml.jackson.databind;
    requires jdk.httpserver;
    requires org.slf4j;
    requires static org.assertj.core;
    requires static org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires static transitive org.junit.jupiter.params;

    exports io.minerops.testkit.contract;
    exports io.minerops.testkit.fixture;
    exports io.minerops.testkit.fleet;
    exports io.minerops.testkit.market;
    exports io.minerops.testkit.memory;
}
