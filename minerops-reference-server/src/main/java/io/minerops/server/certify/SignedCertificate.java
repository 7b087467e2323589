package io.minerops.server.certify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.internal.Check;
import io.minerops.core.certify.Certificate;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A certificate file: {@code {"certificate": {…}, "signature": "…"}} in {@linkplain CanonicalJson canonical form} with a line
 * feed at its end. The signature is of the canonical form of the certificate, which has the public key of its signer.
 */
final class SignedCertificate {
    private static final String CERTIFICATE = "certificate";
    private static final String SIGNATURE = "signature";
    private static final String SIGNER = "signer";
    private static final String PUBLIC_KEY = "public_key";
    private static final String FINGERPRINT = "fingerprint";

    private SignedCertificate() {}

    /**
     * What is known of a certificate file.
     *
     * @param problem what is wrong; null where it is as it was signed, and by the expected key where there is one
     * @param certificate what it says; null where it is wrong
     * @param fingerprint of the signer; null where it is wrong
     */
    record Verification(
            @Nullable String problem,
            @Nullable JsonNode certificate,
            @Nullable String fingerprint) {
        private static Verification wrong(String problem) {
            return new Verification(problem, null, null);
        }
    }

    /** The bytes of the file. */
    static byte[] sign(Certificate certificate, Issue issue, SigningKey key) {
        ObjectNode content = CertificateJson.of(certificate, issue);
        content.putObject(SIGNER)
                .put("algorithm", PublicKeys.ALGORITHM)
                .put(PUBLIC_KEY, PublicKeys.text(key.publicKey()))
                .put(FINGERPRINT, PublicKeys.fingerprint(key.publicKey()));
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.set(CERTIFICATE, content);
        file.put(SIGNATURE, Base64.getEncoder().encodeToString(key.sign(CanonicalJson.bytes(content))));
        return withLineFeed(CanonicalJson.bytes(file));
    }

    /**
     * Whether a file is a certificate as it was signed.
     *
     * @param expected the fingerprint of the key that must have signed it; null for any
     */
    static Verification verify(byte[] file, @Nullable String expected) {
        JsonNode root;
        try {
            root = CanonicalJson.read(file);
        } catch (IOException e) {
            return Verification.wrong("not a certificate: " + e.getMessage());
        }
        JsonNode content = root.path(CERTIFICATE);
        if (!content.isObject()
                || !CertificateJson.FORMAT.equals(content.path("format").textValue())) {
            return Verification.wrong("not a certificate: it has no certificate of format " + CertificateJson.FORMAT);
        }
        JsonNode version = content.path("version");
        if (!version.isInt() || version.intValue() != CertificateJson.VERSION) {
            return Verification.wrong("unknown version " + Check.quote(version.asText(""))
                    + ": this program knows version " + CertificateJson.VERSION);
        }
        if (!isCanonical(root, file) || root.size() != 2) {
            return Verification.wrong(
                    "changed since it was signed: the file is not in the form in which it was written");
        }
        return verifySignature(content, root.path(SIGNATURE), expected);
    }

    private static Verification verifySignature(JsonNode content, JsonNode signature, @Nullable String expected) {
        JsonNode signer = content.path(SIGNER);
        Optional<PublicKey> key = PublicKeys.ofText(signer.path(PUBLIC_KEY).asText(""));
        if (key.isEmpty()) {
            return Verification.wrong("changed since it was signed: its public key is not an Ed25519 key");
        }
        String fingerprint = PublicKeys.fingerprint(key.get());
        if (!fingerprint.equals(signer.path(FINGERPRINT).textValue())) {
            return Verification.wrong("changed since it was signed: the fingerprint is not that of its public key");
        }
        byte[] bytes = decode(signature.asText(""));
        if (bytes == null || !SigningKey.verifies(key.get(), CanonicalJson.bytes(content), bytes)) {
            return Verification.wrong("changed since it was signed: the signature is not that of this content");
        }
        return expected != null && !expected.equals(fingerprint)
                ? Verification.wrong("signed with another key: its fingerprint is " + fingerprint + ", not " + expected)
                : new Verification(null, content, fingerprint);
    }

    private static byte @Nullable [] decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            // one text for one signature
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isCanonical(JsonNode root, byte[] file) {
        try {
            return Arrays.equals(file, withLineFeed(CanonicalJson.bytes(root)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] withLineFeed(byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
