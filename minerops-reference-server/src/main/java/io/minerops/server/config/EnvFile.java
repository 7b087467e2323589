package io.minerops.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a file of {@code NAME=value} lines: {@code #} begins a comment at the start of a line or after a blank,
 * {@code export} before a name is allowed, a value may stand in single or double quotes and is otherwise trimmed.
 */
final class EnvFile {
    /** The largest file that is read, bytes. */
    static final long MAX_BYTES = 256 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern TRAILING_COMMENT = Pattern.compile("\\s#.*$");

    private EnvFile() {}

    /** The file's names and values in its order; unreadable lines are added to the problems. */
    static Map<String, String> read(Path file, List<String> problems) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add("--config: " + file + " is larger than " + MAX_BYTES + " bytes");
                return Map.of();
            }
            return parse(Files.readAllLines(file, StandardCharsets.UTF_8), file, problems);
        } catch (CharacterCodingException e) {
            problems.add("--config: " + file + " is not UTF-8 text");
        } catch (IOException e) {
            problems.add(
                    "--config: " + file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return Map.of();
    }

    private static Map<String, String> parse(List<String> lines, Path file, List<String> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String name = equals < 0 ? line : line.substring(0, equals).strip();
            if (name.startsWith("export ")) {
                name = name.substring("export ".length()).strip();
            }
            String where = file + " line " + number;
            if (equals < 0 || !NAME.matcher(name).matches()) {
                problems.add("--config: " + where + " is not of the form NAME=value");
            } else if (values.putIfAbsent(
                            name, unquoted(line.substring(equals + 1).strip()))
                    != null) {
                problems.add(name + ": " + where + " gives it a second time; accepted: once");
            }
        }
        return values;
    }

    private static String unquoted(String value) {
        if (!value.isEmpty() && (value.charAt(0) == '"' || value.charAt(0) == '\'')) {
            int end = value.indexOf(value.charAt(0), 1);
            if (end > 0) {
                return value.substring(1, end);
            }
        }
        return value.startsWith("#")
                ? ""
                : TRAILING_COMMENT.matcher(value).replaceFirst("").strip();
    }
}
