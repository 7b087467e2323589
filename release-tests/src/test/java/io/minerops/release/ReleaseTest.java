package io.minerops.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a release sends to Maven Central, built twice and uploaded to a portal on loopback. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ReleaseTest {
    private static final List<String> OF_A_JAR =
            List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json", ".pom");

    /** The second build is for the comparison alone, and need not build the server again. */
    private static final List<String> LIBRARIES_ONLY =
            List.of("-pl", "minerops-bom,.," + String.join(",", StagedRelease.libraries()));

    /** What the validator of the bill of materials says of the schema that it brings along. */
    private static final String SCHEMA_NOTICE = "[WARNING] Unknown keyword ";

    private static StagedRelease first;
    private static StagedRelease second;

    @BeforeAll
    static void build() throws Exception {
        first = StagedRelease.shared();
        second = StagedRelease.build(Path.of("target/release-2").toAbsolutePath(), LIBRARIES_ONLY);
    }

    static List<String> libraries() {
        return StagedRelease.libraries();
    }

    @Test
    void publishes_the_libraries_with_their_parents_and_nothing_else() throws IOException {
        assertThat(first.files().keySet().stream()
                        .map(path -> path.substring(0, path.indexOf('/')))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(libraries().stream(), Stream.of("minerops-bom", "minerops-parent"))
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void has_sources_javadoc_and_bill_of_materials_beside_each_jar(String library) {
        assertThat(OF_A_JAR)
                .allSatisfy(ending -> assertThat(first.file(library, ending)).isNotEmptyFile());
    }

    @Test
    void signs_every_file_with_the_key_it_was_given() throws IOException {
        List<Path> files = first.files().values().stream()
                .filter(file -> OF_A_JAR.stream().anyMatch(file.toString()::endsWith))
                .toList();
        assertThat(files).hasSizeGreaterThan(libraries().size() * OF_A_JAR.size());
        assertThat(files)
                .allSatisfy(file -> assertThat(
                                first.key().signed(file, file.resolveSibling(file.getFileName() + ".asc")))
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void carries_the_licence_in_every_jar(String library) throws IOException {
        for (String ending : List.of(".jar", "-sources.jar")) {
            try (JarFile jar = new JarFile(first.file(library, ending).toFile())) {
                assertThat(jar.getEntry("META-INF/LICENSE"))
                        .as("the licence in %s%s", library, ending)
                        .isNotNull();
            }
        }
    }

    @Test
    void gives_in_the_root_pom_what_central_requires() throws IOException {
        assertThat(first.file("minerops-bom", ".pom"))
                .content()
                .contains("<url>", "<licenses>", "<developers>", "<scm ", "<description>", "<name>");
    }

    @Test
    void lets_the_bom_bring_no_version_but_those_of_the_libraries() throws IOException {
        String bom = Files.readString(first.file("minerops-bom", ".pom"));
        String managed = bom.substring(bom.indexOf("<dependencyManagement>"), bom.indexOf("</dependencyManagement>"));
        assertThat(managed.split("<groupId>")).hasSize(libraries().size() + 1);
        assertThat(managed.split("<groupId>io.minerops</groupId>"))
                .hasSize(libraries().size() + 1);
    }

    @Test
    void builds_without_a_warning() {
        assertThat(first.output()
                        .lines()
                        .filter(line -> line.startsWith("[WARNING]"))
                        .filter(line -> !line.startsWith(SCHEMA_NOTICE)))
                .isEmpty();
    }

    @Test
    void gives_the_same_bytes_when_it_is_built_again() throws IOException {
        Map<String, Path> again = second.files();
        assertThat(again.keySet()).isEqualTo(first.files().keySet());
        assertThat(first.files().entrySet().stream()
                        .filter(file -> OF_A_JAR.stream().anyMatch(file.getKey()::endsWith))
                        .filter(file -> !sameBytes(file.getValue(), again.get(file.getKey())))
                        .map(Map.Entry::getKey))
                .isEmpty();
    }

    private static boolean sameBytes(Path one, Path other) {
        try {
            return Arrays.equals(Files.readAllBytes(one), Files.readAllBytes(other));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
