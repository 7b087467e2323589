/** Alert rules as YAML and JSON files, and tests of rules. */
module io.minerops.rules {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive io.minerops.core;
    requires io.minerops.api;
    requires org.snakeyaml.engine;
    requires static org.jspecify;
    requires static transitive org.junit.jupiter.api;

    exports io.minerops.rules;
    exports io.minerops.rules.junit;
    exports io.minerops.rules.test;
}
