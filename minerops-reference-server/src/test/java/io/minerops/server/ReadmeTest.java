package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    void the_coordinates_are_modules_of_this_build() throws IOException {
        List<String> artifacts = Pattern.compile("<artifactId>([a-z-]+)<|io\\.minerops:([a-z-]+)")
                .matcher(readme())
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .distinct()
                .toList();

        assertThat(artifacts)
                .contains("minerops-core", "minerops-bom")
                .allSatisfy(artifact ->
                        assertThat(ROOT.resolve(artifact).resolve("pom.xml")).isRegularFile());
    }

    @Test
    void every_step_from_socket_to_slack_is_a_file() throws IOException {
        List<String> steps = Files.readString(ROOT.resolve("docs/architecture.md"))
                .lines()
                .filter(line -> line.matches("\\d+\\. .*"))
                .toList();
        Set<String> sources;
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources = files.filter(path -> path.toString().contains("src/main/java"))
                    .map(path -> path.getFileName().toString())
                    .collect(Collectors.toSet());
        }

        assertThat(steps).hasSizeGreaterThan(20).allSatisfy(step -> {
            List<String> named = Pattern.compile("`(\\w+\\.java)`")
                    .matcher(step)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(named).isNotEmpty().isSubsetOf(sources);
        });
    }

    @Test
    void every_link_to_a_file_leads_to_one() throws IOException {
        List<String> broken = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            for (Path file : Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList()) {
                Pattern.compile("]\\(([^)#:]+)[)#]")
                        .matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .filter(link -> Files.notExists(file.resolveSibling(link)))
                        .forEach(link -> broken.add(file + ": " + link));
            }
        }

        assertThat(broken).isEmpty();
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
