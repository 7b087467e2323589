package io.minerops.sqlite.internal.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metadata that has a native image carry the migrations, which are resources. */
class NativeImageTest {
    private static final Pattern INCLUDE = Pattern.compile("\"pattern\": \"([^\"]+)\"");

    @Test
    void every_migration_is_carried_into_a_native_image() throws IOException, URISyntaxException {
        String folder = NativeImageTest.class.getPackageName().replace('.', '/') + "/migrations/";

        assertThat(migrations())
                .hasSizeGreaterThan(4)
                .allSatisfy(file -> assertThat(folder + file).matches(included()));
    }

    private static List<String> migrations() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(Migrations.class.getResource("migrations/"), "the folder of migrations");
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String included() throws IOException {
        try (InputStream config = Objects.requireNonNull(
                Migrations.class.getResourceAsStream(
                        "/META-INF/native-image/io.minerops/minerops-sqlite/resource-config.json"),
                "the metadata")) {
            Matcher include = INCLUDE.matcher(new String(config.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(include.find()).isTrue();
            return include.group(1).replace("\\\\", "\\");
        }
    }
}
