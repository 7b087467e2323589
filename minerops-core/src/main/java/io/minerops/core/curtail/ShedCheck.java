package io.minerops.core.curtail;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the file of a {@link ShedReport} is as it was written.
 *
 * @param intervals how many intervals were found unchanged before the fault, or in all
 * @param fault the first line that was changed and what is wrong with it; null where nothing was
 * @param hash the last hash; null where there is a fault
 */
public record ShedCheck(
        int intervals, @Nullable String fault, @Nullable String hash) {
    private static final Pattern LINE =
            Pattern.compile("(\\{\"(\\w+)\":[^\n]*,\"previous\":\"([0-9a-f]{64})\"),\"hash\":\"([0-9a-f]{64})\"\\}");
    private static final Pattern NUMBER = Pattern.compile("\\{\"(?:interval|intervals)\":([0-9]{1,9}),.*");
    private static final String FORMAT = "{\"format\":\"" + ShedReport.FORMAT + "\",";

    /**
     * Checks a file.
     *
     * @param file all of its bytes
     */
    public static ShedCheck of(byte[] file) {
        // one character for each byte, so that what is hashed are the bytes
        String text = new String(file, StandardCharsets.ISO_8859_1);
        String previous = ShedReport.NO_HASH;
        int begin = 0;
        int line = 0;
        boolean ended = false;
        while (begin < text.length()) {
            int feed = text.indexOf('\n', begin);
            String name = line == 0 ? "the header" : ended ? "what follows the end" : "interval " + line;
            if (feed < 0 || ended) {
                return fault(
                        line, name + " (line " + (line + 1) + ")", ended ? "is not of the report" : "has no line feed");
            }
            Matcher parts = LINE.matcher(text.substring(begin, feed));
            boolean readable = parts.matches();
            ended = readable && "intervals".equals(parts.group(2));
            String problem = readable ? problem(parts, previous, line) : "is not a line of a report";
            if (problem != null) {
                return fault(line, (ended ? "the end" : name) + " (line " + (line + 1) + ")", problem);
            }
            previous = parts.group(4);
            begin = feed + 1;
            line++;
        }
        return ended
                ? new ShedCheck(line - 2, null, previous)
                : fault(
                        line,
                        "interval " + line + " (line " + (line + 1) + ")",
                        "is missing, and the end of the report");
    }

    private static ShedCheck fault(int line, String name, String problem) {
        return new ShedCheck(Math.max(0, line - 1), name + " " + problem, null);
    }

    private static @Nullable String problem(Matcher parts, String previous, int line) {
        String hashed = parts.group(1);
        if (!ShedReport.sha256(hashed.getBytes(StandardCharsets.ISO_8859_1)).equals(parts.group(4))) {
            return "was changed: its content does not have its hash";
        }
        if (!parts.group(3).equals(previous)) {
            return "does not follow the line before: its previous hash is another one";
        }
        return line == 0
                ? (hashed.startsWith(FORMAT) ? null : "is not that of a " + ShedReport.FORMAT)
                : order(parts, line);
    }

    private static @Nullable String order(Matcher parts, int line) {
        int expected = "intervals".equals(parts.group(2)) ? line - 1 : line;
        Matcher number = NUMBER.matcher(parts.group(1));
        boolean right = number.matches() && Integer.parseInt(number.group(1)) == expected;
        return right ? null : "is out of order: number " + expected + " is due";
    }
}
