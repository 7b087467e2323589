package io.minerops.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that is refused.
 *
 * @param name its name
 * @param text its text
 * @param expected what is wrong, each as {@code line:column: message}, as the comments at its end say
 * @param schemaAccepts whether the schema cannot see it
 */
record BadFile(String name, String text, List<String> expected, boolean schemaAccepts) {
    static Stream<BadFile> in(String folder) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources").resolve(folder))) {
            return files.sorted().map(BadFile::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BadFile read(Path file) {
        try {
            String text = Files.readString(file);
            List<String> expected = text.lines()
                    .filter(line -> line.startsWith("# expect "))
                    .map(line -> line.substring("# expect ".length()))
                    .toList();
            return new BadFile(file.getFileName().toString(), text, expected, text.contains("\n# schema accepts"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problems of a refusal in the form of {@link #expected}. */
    static List<String> reported(RuleFileException refusal) {
        return refusal.problems().stream()
                .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
