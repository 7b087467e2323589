package io.minerops.server.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a token must be like, wherever it is read: in a setting, or in a file of tokens. */
public final class BearerToken {
    /** The fewest characters: 24 of base64 are 18 random bytes. */
    public static final int MIN_LENGTH = 24;

    /** The most characters. */
    public static final int MAX_LENGTH = 1_024;

    /** The fewest different characters: a random token has more, a word that is repeated has not. */
    public static final int MIN_DIFFERENT = 5;

    /** What is accepted, for messages. */
    public static final String ACCEPTED = MIN_LENGTH + " to " + MAX_LENGTH
            + " visible ASCII characters without blanks, at least " + MIN_DIFFERENT
            + " different ones, such as openssl rand -hex 32 gives";

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]*");

    private BearerToken() {}

    /**
     * Why a text cannot be a token.
     *
     * @return what is wrong, without the text, as it follows "a token"; null where it is accepted
     */
    public static @Nullable String fault(String text) {
        if (!VISIBLE.matcher(text).matches()) {
            return "with other than visible ASCII characters";
        }
        if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
            return "of " + text.length() + " characters";
        }
        long different = text.chars().distinct().count();
        return different < MIN_DIFFERENT ? "of " + different + " different characters" : null;
    }
}
