package io.minerops.core.alert.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the texts by which firmwares give their version, such as {@code Braiins OS 25.07} and {@code 20230803.11.REL}:
 * number by number, without regard to case and to hashes of commits.
 */
final class FirmwareVersions {
    private static final Pattern PARTS = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern COMMIT = Pattern.compile("(?=.*[a-f])(?=.*[0-9])[0-9a-f]{7,40}");
    private static final Pattern TOKENS = Pattern.compile("[0-9]+|[a-z]+");
    private static final Set<String> BEFORE_RELEASE = Set.of("alpha", "beta", "pre", "preview", "rc");

    private FirmwareVersions() {}

    /** Whether the second is older than the first, or of another firmware, so that its age is not known. */
    static boolean isDowngrade(String from, String to) {
        List<String> before = tokens(from);
        List<String> after = tokens(to);
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            String one = i < before.size() ? before.get(i) : "";
            String other = i < after.size() ? after.get(i) : "";
            if (!one.equals(other)) {
                return isOlder(one, other);
            }
        }
        return false;
    }

    private static boolean isOlder(String before, String after) {
        if (isNumber(before) && isNumber(after)) {
            // 007 is no other number than 7
            return new BigInteger(before).compareTo(new BigInteger(after)) > 0;
        } else if (after.isEmpty()) {
            return !BEFORE_RELEASE.contains(before);
        }
        return !before.isEmpty() || BEFORE_RELEASE.contains(after);
    }

    private static boolean isNumber(String token) {
        return !token.isEmpty() && Character.isDigit(token.charAt(0));
    }

    private static List<String> tokens(String version) {
        List<String> tokens = new ArrayList<>();
        Matcher parts = PARTS.matcher(version.toLowerCase(Locale.ROOT));
        while (parts.find()) {
            if (!COMMIT.matcher(parts.group()).matches()) {
                Matcher inside = TOKENS.matcher(parts.group());
                while (inside.find()) {
                    tokens.add(inside.group());
                }
            }
        }
        return tokens;
    }
}
