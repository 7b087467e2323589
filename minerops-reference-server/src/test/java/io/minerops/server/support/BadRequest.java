package io.minerops.server.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that must be refused, by the files of {@code bad-requests}; their heads say how.
 *
 * @param name what is wrong with it
 * @param text what is sent, one byte per character
 * @param status the status of the answer; 0 where the connection is closed without one
 * @param field the field that the answer names; an empty text where that is not said
 * @param inEnvelope whether the answer is in the envelope
 */
public record BadRequest(String name, String text, int status, String field, boolean inEnvelope) {
    private static final String BARE = "bare";

    private static final Pattern REPEATED = Pattern.compile("<(\\d+)\\*([^>]*)>");
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");
    private static final String ANSWER = "=> ";

    /** All of a file of lines: method, target, body, status, field. */
    public static List<BadRequest> table(String file) {
        List<BadRequest> requests = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int answer = line.lastIndexOf(" " + ANSWER);
            String[] parts = line.substring(0, answer).split(" ", 3);
            String body = parts.length < 3 ? "" : unfolded(parts[2]);
            String head = unfolded(parts[0] + " " + parts[1]) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
            String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
            String length = parts[0].equals("GET") ? "" : "Content-Length: " + body.length() + "\r\n";
            requests.add(of(line, head + type + length + "\r\n" + body, line.substring(answer + 1 + ANSWER.length())));
        }
        return requests;
    }

    /** All of a file of requests line by line. */
    public static List<BadRequest> blocks(String file) {
        List<BadRequest> requests = new ArrayList<>();
        String name = "";
        StringBuilder text = new StringBuilder();
        for (String line : lines(file)) {
            if (line.startsWith("== ")) {
                name = line.substring("== ".length());
                text.setLength(0);
            } else if (line.startsWith(ANSWER)) {
                requests.add(of(name, text.toString(), line.substring(ANSWER.length())));
            } else if (line.startsWith("|")) {
                boolean open = line.endsWith("\\");
                text.append(unfolded(line.substring(1, line.length() - (open ? 1 : 0))))
                        .append(open ? "" : "\r\n");
            } else if (line.startsWith("<")) {
                text.append(unfolded(line.replace("|", "").replace(">", "\\x0d\\x0a>")));
            }
        }
        return requests;
    }

    @Override
    public String toString() {
        return name.length() <= 120 ? name : name.substring(0, 119) + "…";
    }

    private static BadRequest of(String name, String text, String answer) {
        String[] words = answer.strip().split(" ", 2);
        return new BadRequest(
                name,
                text,
                words[0].equals("closed") ? 0 : Integer.parseInt(words[0]),
                words.length < 2 || words[1].equals(BARE) ? "" : words[1],
                !answer.endsWith(BARE));
    }

    private static String unfolded(String line) {
        String repeated = REPEATED.matcher(line)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
        return BYTE.matcher(repeated)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }

    private static List<String> lines(String file) {
        try (InputStream in = BadRequest.class.getResourceAsStream("/bad-requests/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks bad-requests/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
