package io.minerops.server.access;

import io.minerops.api.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A token by its digest: whose it is and what it allows. The token's own text is not kept. */
public final class AccessToken {
    private final String name;
    private final Role right;
    private final byte[] digest;

    private AccessToken(String name, Role right, byte[] digest) {
        this.name = name;
        this.right = right;
        this.digest = digest;
    }

    /** A token of that name. */
    public static AccessToken of(String name, Role right, Secret token) {
        return new AccessToken(name, right, digest(token.reveal()));
    }

    /** Whose it is: the name of its line, or of its setting. */
    public String name() {
        return name;
    }

    /** What it allows. */
    public Role right() {
        return right;
    }

    /** Compares by digests of one length, in a time that does not depend on where they differ. */
    boolean matches(byte[] candidate) {
        return MessageDigest.isEqual(digest, candidate);
    }

    /** Whether it is that text. */
    public boolean is(Secret text) {
        return matches(digest(text.reveal()));
    }

    /** Whether the other is the same text under the same name; what it allows may be another. */
    boolean sameAs(AccessToken other) {
        return name.equals(other.name) && MessageDigest.isEqual(digest, other.digest);
    }

    /** A code of a text that only those who know the token can make (HMAC-SHA-256), as URL-safe text. */
    String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(digest, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** SHA-256: tokens are long and random, so that a faster or slower digest makes no difference to who guesses. */
    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
