package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build takes from elsewhere is named by its content, so that it cannot be exchanged. */
class PinnedTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern USES = Pattern.compile("\\buses:\\s*(\\S+)(.*)");
    private static final Pattern FROM = Pattern.compile("(?i)^FROM\\s+(\\S+)(?:\\s+AS\\s+(\\S+))?\\s*$");

    @Test
    void the_maven_wrapper_checks_what_it_downloads() throws IOException {
        assertThat(Files.readString(ROOT.resolve(".mvn/wrapper/maven-wrapper.properties")))
                .containsPattern("(?m)^distributionSha256Sum=[0-9a-f]{64}$")
                // the script is all there is of the wrapper, so there is no jar of it to check
                .contains("distributionType=only-script");
    }

    @Test
    void every_action_is_pinned_to_a_commit_and_names_its_version() throws IOException {
        List<String> used = new ArrayList<>();
        try (Stream<Path> workflows = Files.list(ROOT.resolve(".github/workflows"))) {
            for (Path workflow : workflows.toList()) {
                for (String line : Files.readAllLines(workflow)) {
                    Matcher uses = USES.matcher(line);
                    if (uses.find()) {
                        used.add(line.strip());
                        assertThat(uses.group(1)).as(line).matches("[^@]+@[0-9a-f]{40}");
                        assertThat(uses.group(2)).as(line).matches("\\s+# v\\d+(\\.\\d+)*");
                    }
                }
            }
        }
        assertThat(used).isNotEmpty();
    }

    @Test
    void every_image_is_pinned_to_a_digest() throws IOException {
        List<String> images = new ArrayList<>();
        Set<String> stages = new HashSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("packaging/Dockerfile"))) {
            Matcher from = FROM.matcher(line);
            if (from.matches()) {
                if (!stages.contains(from.group(1))) {
                    images.add(from.group(1));
                }
                stages.add(String.valueOf(from.group(2)));
            }
        }
        assertThat(images).isNotEmpty().allSatisfy(image -> assertThat(image).matches("[^@]+@sha256:[0-9a-f]{64}"));
    }
}
