/** Metrics of MinerOps for any Micrometer registry. */
@SuppressWarnings("requires-transitive-automatic") // Micrometer has no module descriptor
module io.minerops.micrometer {
    requires transitive io.minerops.core;
    requires transitive micrometer.core;
    requires io.minerops.api;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.minerops.micrometer;
}
