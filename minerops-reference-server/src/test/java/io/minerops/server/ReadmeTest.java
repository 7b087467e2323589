package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void the_embedding_example_is_the_one_that_compiles() throws IOException {
        List<String> source = Files.readAllLines(Path.of("src/test/java/io/minerops/server/EmbeddingExample.java"));
        int first = source.indexOf("        // spotless:off") + 1;
        int last = source.indexOf("        // spotless:on");
        String example = String.join(
                "\n",
                source.subList(first, last).stream()
                        .map(line -> line.substring("        ".length()))
                        .toList());

        assertThat(readme()).contains("```java\n" + example + "\n```");
    }

    @Test
    void every_setting_is_told() throws IOException {
        String readme = readme();

        assertThat(Configuration.help())
                .filteredOn(row -> !row.name().equals("ALLOW_ANONYMOUS"))
                .allSatisfy(row -> assertThat(readme).contains("`" + row.name() + "`"));
    }

    @Test
    void continuous_integration_runs_the_test_command() throws IOException {
        assertThat(readme()).contains("./mvnw -B -ntp verify");
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("./mvnw -B -ntp verify");
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
