package io.minerops.server.certify;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys of signers: their text, and their fingerprint, which is the SHA-256 of their X.509 encoding in hex. */
final class PublicKeys {
    static final String ALGORITHM = "Ed25519";

    private static final int FINGERPRINT_DIGITS = 64;
    private static final long MAX_KEY_FILE_BYTES = 64 * 1024;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{" + FINGERPRINT_DIGITS + "}");

    private PublicKeys() {}

    static String fingerprint(PublicKey key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The X.509 encoding in base 64. */
    static String text(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** The key of a {@link #text}; empty where it is none. */
    static Optional<PublicKey> ofText(String text) {
        try {
            byte[] encoded = Base64.getDecoder().decode(text);
            return Optional.of(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** The key in lines of PEM, as other programs read it. */
    static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + text(key) + "\n-----END PUBLIC KEY-----\n";
    }

    /** The first public key among lines of PEM; empty where there is none. */
    static Optional<PublicKey> ofPem(String lines) {
        Matcher found = PEM.matcher(lines);
        return found.find() ? ofText(found.group(1).replaceAll("\\s", "")) : Optional.empty();
    }

    /**
     * The fingerprint that a user expects: as typed, or that of a key in a file.
     *
     * @throws InvalidArgumentException ({@code key}) if it is neither a fingerprint nor a file with a public key
     */
    static String expected(String fingerprintOrFile) {
        String bare = fingerprintOrFile.replaceAll("[\\s:]", "").toLowerCase(Locale.ROOT);
        if (FINGERPRINT.matcher(bare).matches()) {
            return bare;
        }
        Path file = Path.of(fingerprintOrFile);
        if (!Files.isRegularFile(file)) {
            throw new InvalidArgumentException(
                    "key",
                    "--key must be a fingerprint of " + FINGERPRINT_DIGITS
                            + " hex digits or a file with a public key, not " + Check.quote(fingerprintOrFile));
        }
        return ofPem(read(file))
                .map(PublicKeys::fingerprint)
                .orElseThrow(() -> new InvalidArgumentException(
                        "key", "--key " + file + " has no Ed25519 public key in PEM (BEGIN PUBLIC KEY)"));
    }

    static String read(Path file) {
        try {
            if (Files.size(file) > MAX_KEY_FILE_BYTES) {
                throw new IOException("it is too large for a key");
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key " + file + ": " + e.getMessage(), e);
        }
    }
}
