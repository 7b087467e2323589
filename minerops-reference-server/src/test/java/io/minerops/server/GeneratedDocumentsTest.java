package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.type.Threshold;
import io.minerops.rules.RuleSchema;
import io.minerops.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The parts of {@code docs/} that are made from definitions. After a change of these, write them with
 *
 * <pre>{@code
 * ./mvnw test -pl minerops-reference-server -am -Dtest=GeneratedDocumentsTest \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Ddocuments=write
 * }</pre>
 */
class GeneratedDocumentsTest {
    private static final Path DOCUMENTS = Path.of("..", "docs");
    private static final boolean WRITE = "write".equals(System.getProperty("documents"));
    private static final RuleTypes TYPES = RuleTypes.standard();

    /**
     * A part of a document.
     *
     * @param file the document
     * @param name what stands in the comments around it; empty for the whole document
     * @param text what it has to be
     */
    private record Part(String file, String name, String text) {
        /** The document with this part as it has to be. */
        String in(String document) {
            if (name.isEmpty()) {
                return text;
            }
            String begin = "<!-- generated: " + name + " -->\n";
            int from = document.indexOf(begin) + begin.length();
            int to = document.indexOf("<!-- end -->", from);
            assertThat(document).as("%s has the part %s", file, name).contains(begin);
            return document.substring(0, from) + text + document.substring(to);
        }

        @Override
        public String toString() {
            return file + " " + name;
        }
    }

    static Stream<Part> parts() {
        return Stream.of(
                new Part("rules.schema.json", "", RuleSchema.of(TYPES)),
                new Part("configuration.md", "settings", settings()),
                new Part("rule-types.md", "thresholds of every type", commonThresholds()),
                new Part("rule-types.md", "types", types()));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void every_part_is_what_the_definitions_say(Part part) throws IOException {
        Path file = DOCUMENTS.resolve(part.file());
        String written = Files.readString(file);
        String due = part.in(written);
        if (WRITE) {
            Files.writeString(file, due);
        } else {
            assertThat(written)
                    .as("docs/%s: write it as the Javadoc of this test says", part)
                    .isEqualTo(due);
        }
    }

    private static String settings() {
        return "| name | default | accepted | meaning |\n| --- | --- | --- | --- |\n"
                + Configuration.help().stream()
                        .map(row -> "| `%s` | %s | %s | %s |\n"
                                .formatted(row.name(), row.standard(), row.accepted(), row.meaning()))
                        .collect(Collectors.joining());
    }

    private static String commonThresholds() {
        return RuleTypes.commonThresholds().stream()
                .map(threshold -> "- `%s` (%s; default: %s): %s\n"
                        .formatted(threshold.name(), threshold.unit(), threshold.otherwise(), threshold.help()))
                .collect(Collectors.joining());
    }

    private static String types() {
        return "| type | raises at | thresholds, with what applies by default, and options |\n| --- | --- | --- |\n"
                + TYPES.known().stream()
                        .map(type -> "| `%s` | %s | %s |\n".formatted(type, TYPES.summary(type), thresholds(type)))
                        .collect(Collectors.joining());
    }

    private static String thresholds(RuleType type) {
        Set<String> readings = Reading.all().stream().map(Reading::key).collect(Collectors.toSet());
        List<Threshold> common = RuleTypes.commonThresholds();
        return Stream.concat(
                        TYPES.thresholds(type).stream()
                                .filter(threshold ->
                                        !common.contains(threshold) && !readings.contains(threshold.name()))
                                .map(threshold -> "`" + threshold.name() + "` " + threshold.otherwise()),
                        TYPES.options(type).stream()
                                .map(option -> "option `" + option.name() + "` " + option.otherwise()))
                .collect(Collectors.joining(", "));
    }
}
