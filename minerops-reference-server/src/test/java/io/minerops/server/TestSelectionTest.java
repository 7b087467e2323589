package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests that a POM selects by name exist: a pattern that matches nothing would leave them out in silence. */
class TestSelectionTest {
    private static final Pattern INCLUDE = Pattern.compile("<include>(\\*\\*/\\S+\\.java)</include>");

    static List<Path> modules() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void each_pattern_of_a_module_selects_a_test(Path module) throws IOException {
        List<String> patterns = INCLUDE.matcher(Files.readString(module.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(patterns)
                .allSatisfy(pattern -> assertThat(selected(module, pattern))
                        .as(module + " " + pattern)
                        .isTrue());
    }

    private static boolean selected(Path module, String pattern) throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        try (Stream<Path> tests = Files.walk(module.resolve("src/test/java"))) {
            return tests.anyMatch(matcher::matches);
        }
    }
}
