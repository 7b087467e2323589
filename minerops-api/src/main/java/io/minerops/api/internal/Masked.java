package io.minerops.api.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts without what may be a secret in them, for messages, logs and replies: the user and password of an address, its
 * path, the values of its query and its fragment, the values of names such as {@code password}, and bearer tokens. It
 * hides too much rather than too little, and masking a masked text changes nothing.
 */
public final class Masked {
    /** The replacement of a secret. */
    public static final String MASK = "***";

    /** With one slash too, as a path leaves it; the letter of a drive is none. Begins only where no such character stands before it, so that a long word is looked at once. */
    private static final String SCHEME = "(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]++:(?:[A-Za-z0-9+.-]++:){0,3}//?";

    private static final String NAMES =
            "pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|apikey|key|auth|sig|signature|credentials?";

    /** A comma ends an address only where another one begins; elsewhere it may be part of a secret. */
    private static final Pattern NEXT_OF_LIST = Pattern.compile("(?<=,)(?=\\s{0,8}" + SCHEME + ")");

    private static final Masked VALUE = new Masked("\\x00");
    private static final Masked SENTENCE = new Masked("\\s\"'<>");

    private final Pattern user;
    private final Pattern address;
    private final Pattern query;
    private final Pattern bareUser;
    private final Pattern named;
    private final Pattern bearer;

    /** Patterns for texts in which an address ends at the end, or at one of these characters. */
    private Masked(String ends) {
        user = Pattern.compile("(" + SCHEME + ")[^" + ends + "]*@");
        address = Pattern.compile("(" + SCHEME + ")([^,/?#\\\\" + ends + "]*)([/?#\\\\][^" + ends + "]*)?");
        query = Pattern.compile("([?&;][^=?&;" + ends + "]+)=[^&;" + ends + "]*");
        bareUser = Pattern.compile("(?<![^\\s,@/:\"'<>])[^\\s,@/:\"'<>]+:(?!//)[^@" + ends + "]*@");
        named = Pattern.compile("(?i)(\\b(?:[a-z0-9]+[_-]){0,5}(?:" + NAMES + "))(\\s*=\\s*)[^&;" + ends + "]+");
        bearer = Pattern.compile("(?i)\\b(bearer\\s+)[^\\s\"',<>]+");
    }

    /**
     * A value, such as that of a setting, as it may be shown.
     *
     * @param text one value, or several with commas between them; blanks and quotes may be part of a secret
     */
    public static String value(String text) {
        return VALUE.mask(text);
    }

    /** A sentence that may hold values, as it may be shown; a value in it ends at a blank or a quotation mark. */
    public static String sentence(String text) {
        return SENTENCE.mask(text);
    }

    private String mask(String text) {
        String shown = user.matcher(text).replaceAll("$1" + MASK + "@");
        shown = NEXT_OF_LIST.splitAsStream(shown).map(this::withoutTails).collect(Collectors.joining());
        shown = bareUser.matcher(shown).replaceAll(MASK + "@");
        shown = query.matcher(shown).replaceAll("$1=" + MASK);
        shown = named.matcher(shown).replaceAll("$1$2" + MASK);
        return bearer.matcher(shown).replaceAll("$1" + MASK);
    }

    /** What follows a host may be a token, as the paths of webhooks are. */
    private String withoutTails(String text) {
        return address.matcher(text).replaceAll(found -> {
            String tail = found.group(3) == null ? "" : found.group(3);
            boolean nothing = tail.isEmpty() || tail.equals("/") || tail.equals("/,");
            String shown = nothing ? tail : "/" + MASK + (tail.endsWith(",") ? "," : "");
            return Matcher.quoteReplacement(found.group(1) + found.group(2) + shown);
        });
    }
}
