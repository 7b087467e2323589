package io.minerops.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A text that must not be shown. Only {@link #reveal()} gives it; {@code toString} is a row of asterisks. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a secret text. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The text itself, for the one call that must send it. */
    public String reveal() {
        return value;
    }

    /** Compares in a time that does not depend on where the texts differ. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
