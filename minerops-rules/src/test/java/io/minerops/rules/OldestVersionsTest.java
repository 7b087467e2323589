package io.minerops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the second run of the tests, with the oldest versions that are supported, has those and no others. */
@EnabledIfSystemProperty(named = "minerops.oldest", matches = ".+")
class OldestVersionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"org.snakeyaml.engine.v2.api.Load", "com.fasterxml.jackson.databind.ObjectMapper"})
    void are_the_ones_that_are_loaded(String name) throws Exception {
        Path jar = Path.of(Class.forName(name)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(jar).startsWith(Path.of(System.getProperty("minerops.oldest")));
    }
}
