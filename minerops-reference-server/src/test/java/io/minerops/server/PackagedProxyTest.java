package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Proxy configurations that the project ships. */
class PackagedProxyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void each_sets_or_clears_every_header_that_a_trusted_proxy_is_believed_for() throws IOException {
        List<Path> files = files();

        assertThat(files).contains(ROOT.resolve("packaging/nginx/minerops.conf"));
        for (Path file : files) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .containsPattern("(?m)^\\s*proxy_set_header X-Forwarded-For +\\$")
                    .containsPattern("(?m)^\\s*proxy_set_header X-Forwarded-Proto +\\$")
                    .containsPattern("(?m)^\\s*proxy_set_header Forwarded +\"\";");
        }
    }

    /** Those that pass requests on by nginx, in the packaging and in the documents. */
    private static List<Path> files() throws IOException {
        try (Stream<Path> packaging = Files.walk(ROOT.resolve("packaging"));
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(packaging, docs)
                    .filter(Files::isRegularFile)
                    .filter(PackagedProxyTest::passesOn)
                    .toList();
        }
    }

    private static boolean passesOn(Path file) {
        try {
            return Files.size(file) < 200_000
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("proxy_pass ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
