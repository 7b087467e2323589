package io.minerops.server.access;

import io.minerops.api.Secret;
import io.minerops.api.internal.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of tokens: a line is {@code read NAME TOKEN} or {@code operate NAME TOKEN}, separated by blanks;
 * {@code #} at the start of a line begins a comment.
 */
public final class TokenFile {
    private static final int MAX_TOKENS = 1_000;
    private static final long MAX_BYTES = 256 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Map<String, Role> RIGHTS = Map.of("read", Role.READ, "operate", Role.OPERATE);

    private final Path file;
    private final List<String> faults = new ArrayList<>();
    private final List<AccessToken> tokens = new ArrayList<>();
    private boolean wasRead;
    private boolean gone;
    /** The lines that are to name a token, whether they can be used or not. */
    private int named;

    private final Map<String, Integer> lineOfName = new HashMap<>();
    private final Map<Secret, Integer> lineOfToken = new HashMap<>();

    private TokenFile(Path file) {
        this.file = file;
    }

    /**
     * A file as it is found while the server runs.
     *
     * @param tokens its tokens; empty where it holds none, or where it is gone: then all that it named are revoked
     * @param faults what is wrong with it, one clause each with the file's name; empty where nothing is
     * @param revoked whether it holds no token or is gone
     */
    record Version(List<AccessToken> tokens, List<String> faults, boolean revoked) {}

    /**
     * Reads a file that a server is using already. Other than {@link #read} it does not refuse a file that was emptied or
     * deleted: that revokes its tokens, and is a fault all the same.
     */
    static Version readAgain(Path file) {
        TokenFile reading = new TokenFile(file);
        reading.readLines();
        boolean revoked = reading.gone || (reading.wasRead && reading.named == 0);
        if (revoked && !reading.gone) {
            reading.fault("holds no token");
        }
        if (revoked) {
            reading.faults.add("its tokens are revoked");
        }
        return new Version(List.copyOf(reading.tokens), List.copyOf(reading.faults), revoked);
    }

    /**
     * The tokens of a file, one at least.
     *
     * @throws TokenFileException with every fault there is: a line that is none, a name or token that is there twice, a
     *     file that others than its owner and group may read, or none at all
     */
    public static List<AccessToken> read(Path file) {
        TokenFile reading = new TokenFile(file);
        reading.readLines();
        if (reading.faults.isEmpty() && reading.tokens.isEmpty()) {
            reading.fault("holds no token; accepted: a line such as operate alice TOKEN");
        }
        if (!reading.faults.isEmpty()) {
            throw new TokenFileException(reading.faults);
        }
        return List.copyOf(reading.tokens);
    }

    private void readLines() {
        List<String> lines = lines();
        for (int number = 1; number <= lines.size(); number++) {
            line(number, lines.get(number - 1));
        }
        if (tokens.size() > MAX_TOKENS) {
            fault("holds " + tokens.size() + " tokens; accepted: " + MAX_TOKENS + " at most");
        }
    }

    private List<String> lines() {
        try {
            if (SecretFile.isOpenToOthers(file)) {
                fault("can be read or written by others; accepted: " + SecretFile.ACCEPTED);
            }
            if (Files.size(file) > MAX_BYTES) {
                fault("is larger than " + MAX_BYTES + " bytes");
                return List.of();
            }
            List<String> lines = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString()
                    .lines()
                    .toList();
            wasRead = true;
            return lines;
        } catch (CharacterCodingException e) {
            fault("is not UTF-8 text");
        } catch (NoSuchFileException e) {
            gone = true;
            fault("is not there");
        } catch (IOException e) {
            fault("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return List.of();
    }

    private void line(int number, String line) {
        String stripped = line.strip();
        if (stripped.isEmpty() || stripped.startsWith("#")) {
            return;
        }
        named++;
        String[] words = stripped.split("[ \\t]+", -1);
        if (words.length != 3) {
            fault(
                    number,
                    "has " + words.length + (words.length == 1 ? " word" : " words") + "; accepted: read NAME TOKEN"
                            + " or operate NAME TOKEN");
            return;
        }
        Role right = RIGHTS.get(words[0]);
        String wrong = right == null
                // text in the wrong position may be a token
                ? "does not begin with a right; accepted: read or operate"
                : wrongName(words[1]);
        if (wrong == null) {
            wrong = wrongToken(words[2]);
        }
        if (wrong != null || right == null) {
            fault(number, String.valueOf(wrong));
            return;
        }
        Secret token = Secret.of(words[2]);
        once(number, lineOfName, words[1], "the name " + Check.quote(words[1]));
        once(number, lineOfToken, token, "the token");
        tokens.add(AccessToken.of(words[1], right, token));
    }

    private static @Nullable String wrongName(String name) {
        return NAME.matcher(name).matches()
                ? null
                : "has an invalid name; accepted: 1 to 64 letters, digits and . _ @ -, a letter or digit first";
    }

    private static @Nullable String wrongToken(String token) {
        String fault = BearerToken.fault(token);
        return fault == null ? null : "has a token " + fault + "; accepted: " + BearerToken.ACCEPTED;
    }

    private <K> void once(int number, Map<K, Integer> seen, K key, String what) {
        Integer first = seen.putIfAbsent(key, number);
        if (first != null) {
            fault(number, "repeats " + what + " of line " + first);
        }
    }

    private void fault(int line, String what) {
        faults.add(file + " line " + line + " " + what);
    }

    private void fault(String what) {
        faults.add(file + " " + what);
    }
}
