package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void the_embedding_example_is_the_one_that_the_tests_run() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/minerops/server/EmbeddingExample.java"));
        String example = source.substring(source.indexOf("import "));

        assertThat(readme()).contains("```java\n" + example + "```");
        assertThat(readme().split("```java", -1)).as("one Java program").hasSize(2);
    }

    @Test
    void every_setting_is_told_with_its_default() throws IOException {
        Map<String, String> told = settings();

        assertThat(Configuration.help())
                .filteredOn(row -> !row.name().equals("ALLOW_ANONYMOUS"))
                .allSatisfy(row -> assertThat(told).containsEntry(row.name(), row.standard()));
        assertThat(told.keySet())
                .isSubsetOf(Configuration.help().stream()
                        .map(Configuration.HelpRow::name)
                        .toList());
    }

    /** The defaults by name of the table of settings; a row may tell several, with one default for all or one for each. */
    private static Map<String, String> settings() throws IOException {
        String table = readme().replaceFirst("(?s).*\n## Configuration\n", "").replaceFirst("(?s)\n## .*", "");
        Map<String, String> defaults = new HashMap<>();
        for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
            String[] cells = row.split(" \\| ", -1);
            List<String> names = Pattern.compile("`([A-Z0-9_]+)`")
                    .matcher(cells[0])
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            String[] told = cells[1].replace("`", "").split(", ", -1);
            for (int i = 0; i < names.size(); i++) {
                defaults.put(names.get(i), told[told.length == 1 ? 0 : i]);
            }
        }
        return defaults;
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
