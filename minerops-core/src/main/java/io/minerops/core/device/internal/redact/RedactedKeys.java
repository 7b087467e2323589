package io.minerops.core.device.internal.redact;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which keys of replies hold what must not be shown, by the names that firmwares give them. */
final class RedactedKeys {
    /** What a value is, from the least to the most secret. */
    enum Kind {
        /** Nothing that needs to be hidden. */
        OPEN,
        /** A hardware address: its last half identifies the device. */
        MAC,
        /** Who or which: an account at a pool, a serial number, the name of a network. */
        IDENTITY,
        /** What lets others in. */
        SECRET
    }

    private static final List<String> SECRET_PARTS = List.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "token",
            "secret",
            "psk",
            "cookie",
            "authorization",
            "apikey",
            "privatekey",
            "salt",
            "sessionid",
            "sessionkey",
            "credential");
    private static final List<String> IDENTITY_PARTS = List.of("serial", "ssid", "wallet", "email", "uuid");
    private static final List<String> IDENTITY_ENDS =
            List.of("user", "username", "worker", "workername", "account", "sn");
    private static final Set<String> IDENTITIES = Set.of("dna", "hdna", "user", "worker", "owner");

    private RedactedKeys() {}

    /** What the value under a key is. */
    static Kind kind(CharSequence key) {
        String name = plain(key);
        if (name.equals("key")
                || name.equals("session")
                || name.endsWith("pass")
                || SECRET_PARTS.stream().anyMatch(name::contains)) {
            return Kind.SECRET;
        } else if (IDENTITIES.contains(name)
                || IDENTITY_PARTS.stream().anyMatch(name::contains)
                || IDENTITY_ENDS.stream().anyMatch(name::endsWith)) {
            return Kind.IDENTITY;
        }
        return name.contains("mac") && !name.contains("machine") ? Kind.MAC : Kind.OPEN;
    }

    /** Letters and digits alone, lower case, without the number of a pool or a board at the end. */
    private static String plain(CharSequence key) {
        StringBuilder kept = new StringBuilder(key.length());
        key.chars().filter(Character::isLetterOrDigit).forEach(letter -> kept.append((char) letter));
        int end = kept.length();
        while (end > 0 && Character.isDigit(kept.charAt(end - 1))) {
            end--;
        }
        return kept.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
