package io.minerops.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The projects of {@code examples/}, built by Maven against the repository that a release was uploaded to. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ExamplesTest {
    private static final Path EXAMPLES = ReleaseTree.ROOT.resolve("examples");
    private static final Path FOLDER = Path.of("target/examples").toAbsolutePath();
    private static final Pattern MODULE = Pattern.compile("<module>([a-z0-9-]+)</module>");
    private static final Pattern SUITE = Pattern.compile("<testsuite [^>]*\\btests=\"(\\d+)\"[^>]*>");

    /** The staged repository first; what else an example needs is taken from Maven Central. */
    private static final String SETTINGS = "<settings><profiles><profile><id>staged</id><repositories><repository>"
            + "<id>staged</id><url>%s</url></repository></repositories></profile></profiles>"
            + "<activeProfiles><activeProfile>staged</activeProfile></activeProfiles></settings>";

    private static Path sources;

    @BeforeAll
    static void build() throws Exception {
        StagedRelease release = StagedRelease.shared();
        sources = release.folder().resolve("sources/examples");
        Files.createDirectories(FOLDER);
        Path artifacts = FOLDER.resolve("repository");
        // the artifacts of an earlier run have the same version
        StagedRelease.deleteAll(artifacts.resolve("io/minerops"));
        Path settings = Files.writeString(
                FOLDER.resolve("settings.xml"),
                SETTINGS.formatted(release.root().toUri()));
        NestedMaven.run(
                sources,
                FOLDER.resolve("maven.log"),
                Map.of(),
                List.of(
                        "-gs",
                        settings.toString(),
                        "-Dmaven.repo.local=" + artifacts,
                        "-Dmaven.repo.local.tail=" + System.getProperty("minerops.local.repository"),
                        "-Dmaven.repo.local.tail.ignoreAvailability=true",
                        "-Dminerops.version=" + ReleaseTree.version(),
                        "--fail-at-end",
                        "test"));
    }

    static List<String> examples() throws IOException {
        return modules(Files.readString(EXAMPLES.resolve("pom.xml")));
    }

    private static List<String> modules(String pom) {
        return MODULE.matcher(pom).results().map(found -> found.group(1)).toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void compiles_and_passes_its_tests_against_the_release(String example) throws IOException {
        Path reports = sources.resolve(example).resolve("target/surefire-reports");
        assertThat(reports)
                .as("the tests of %s ran; see %s", example, FOLDER.resolve("maven.log"))
                .isDirectory();
        try (Stream<Path> files = Files.list(reports)) {
            List<Path> suites =
                    files.filter(file -> file.toString().endsWith(".xml")).toList();
            assertThat(suites).isNotEmpty().allSatisfy(ExamplesTest::passed);
        }
    }

    private static void passed(Path suite) throws IOException {
        String report = Files.readString(suite);
        Matcher counts = SUITE.matcher(report);
        assertThat(counts.find()).as("%s is a report", suite).isTrue();
        assertThat(Integer.parseInt(counts.group(1))).isPositive();
        assertThat(report).doesNotContain("<failure", "<error", "<skipped");
    }

    @Test
    void every_folder_is_built() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            assertThat(folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                            .map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(modules(Files.readString(EXAMPLES.resolve("pom.xml"))));
        }
    }
}
