package io.minerops.notify.webhook;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs bodies as the Standard Webhooks specification says: HMAC-SHA256 over {@code id.timestamp.body}. */
final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final SecretKeySpec key;

    /** Signs with the Base64 key of a {@code whsec_…} secret, or with the bytes of any other text. */
    WebhookSignature(Secret secret) {
        byte[] bytes = key(secret.reveal());
        if (bytes.length < 16) {
            throw refused("a secret of at least 16 bytes");
        }
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** The value of the header {@code webhook-signature}. */
    String of(String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] key(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            // the cause would repeat a part of the secret
            throw refused("Base64 after " + PREFIX);
        }
    }

    private static InvalidArgumentException refused(String accepted) {
        return new InvalidArgumentException("webhook_signing_secret", "webhook_signing_secret must hold " + accepted);
    }
}
